"""Jobs S and L as a PyTorch pipeline: draw, L·z, t copula, Black–Scholes, matrix product, topk. One line of JSON a variant.

Variants of the aggregation: `tf32` and `fp32` multiply by the dense accounts × instruments matrix, `csr` by the sparse one.
Cold is the first run with everything that it loads and compiles, warm the median of the following ones; both from the
clearing set in host memory to VaR and ES in host memory. Stages are timed by events on the device, in the fastest warm run.
"""
import argparse
import json
import pathlib
import statistics
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "common"))

import numpy as np
import torch

import clearing_set
import marginals

STAGES = ("upload", "draw", "correlate", "evolve", "revalue", "aggregate", "tails", "measures")
CELLS = 256


class Clock:
    """Seconds per stage; on CUDA by events, so that the host keeps launching."""

    def __init__(self, device):
        self.cuda = device.type == "cuda"
        self.marks = [(None, self.mark())]

    def mark(self):
        if not self.cuda:
            return time.perf_counter()
        event = torch.cuda.Event(enable_timing=True)
        event.record()
        return event

    def lap(self, stage):
        self.marks.append((stage, self.mark()))

    def stages(self):
        if self.cuda:
            torch.cuda.synchronize()
        seconds = dict.fromkeys(STAGES, 0.0)
        for (_, before), (stage, after) in zip(self.marks, self.marks[1:]):
            seconds[stage] += before.elapsed_time(after) * 1e-3 if self.cuda else after - before
        return seconds


def cumulative(x):
    return 0.5 * torch.erfc(x * -0.7071067811865476)


def revalue(right, log_moneyness, asset, strike, deviation, value, shock, growth, volatility):
    """P&L per contract, [option, scenario]: A·Φ(d1) − B·Φ(d2), A = S·exp(−qT), B = K·exp(−rT)."""
    deviation = deviation * volatility
    d1 = (log_moneyness + shock) / deviation + 0.5 * deviation
    d2 = d1 - deviation
    return right * (asset * growth * cumulative(right * d1) - strike * cumulative(right * d2)) - value


def innovations(x, table):
    """Copula variate to innovation by linear interpolation of y/x over s = |x|/(c + |x|)."""
    magnitude = x.abs()
    position = (magnitude / (magnitude + marginals.SCALE) * CELLS).clamp_(max=CELLS - 1e-3)
    cell = position.long()
    left, right = table.gather(1, cell), table.gather(1, cell + 1)
    return x * torch.lerp(left, right, position - cell)


def host_tensors(book):
    """What a margin service holds in memory before a run, single precision."""
    asset = book.multiplier * book.level[book.underlying] * np.exp(-book.dividend_yield * book.years)
    strike = book.multiplier * book.strike * np.exp(-book.rate * book.years)
    deviation = book.volatility * np.sqrt(book.years)
    log_moneyness = np.log(asset / strike)
    d1 = torch.from_numpy(log_moneyness / deviation + deviation / 2)
    right = torch.from_numpy(book.right)
    value = right * (torch.from_numpy(asset) * cumulative(right * d1)
                     - torch.from_numpy(strike) * cumulative(right * (d1 - torch.from_numpy(deviation))))
    column = {"right": book.right, "log_moneyness": log_moneyness, "asset": asset, "strike": strike, "deviation": deviation,
              "value": value.numpy(), "mean": book.mean, "sigma": book.deviation}
    tensors = {name: torch.from_numpy(np.asarray(x, np.float32)[:, None].copy()) for name, x in column.items()}
    tensors["lower"] = torch.from_numpy(np.linalg.cholesky(book.correlation).astype(np.float32))
    tensors["table"] = torch.from_numpy(marginals.ratios(float(book.copula_nu), book.nu, CELLS).astype(np.float32))
    tensors["underlying"] = torch.from_numpy(book.underlying.astype(np.int64))
    tensors["volatility_factor"] = torch.from_numpy(book.volatility_factor.astype(np.int64))
    order = np.lexsort((book.position_instrument, book.position_account))
    accounts = len(book.accounts)
    rows = np.zeros(accounts + 1, np.int64)
    np.cumsum(np.bincount(book.position_account, minlength=accounts), out=rows[1:])
    tensors["rows"] = torch.from_numpy(rows)
    tensors["row"] = torch.from_numpy(book.position_account[order].astype(np.int64))
    tensors["columns"] = torch.from_numpy(book.position_instrument[order].astype(np.int64))
    tensors["quantities"] = torch.from_numpy(book.position_quantity[order].astype(np.float32))
    return tensors


def holdings(t, variant, accounts, instruments):
    if variant == "csr":
        return torch.sparse_csr_tensor(t["rows"], t["columns"], t["quantities"], size=(accounts, instruments))
    dense = torch.zeros(accounts, instruments, dtype=torch.float32, device=t["quantities"].device)
    return dense.index_put_((t["row"], t["columns"]), t["quantities"], accumulate=True)


def run(book, host, variant, scenarios, width, device, price, seed):
    clock = Clock(device)
    t = {name: x.to(device, non_blocking=True) for name, x in host.items()}
    accounts, instruments = len(book.accounts), len(book.strike)
    quantities = holdings(t, variant, accounts, instruments)
    clock.lap("upload")
    torch.manual_seed(seed)
    nu = float(book.copula_nu)
    m = clearing_set.tail_size(scenarios, book.confidence)
    whole = int(m)
    worst = None
    for first in range(0, scenarios, width):
        count = min(width, scenarios - first)
        z = torch.randn(len(book.level), count, device=device)
        mixing = torch.rsqrt(torch.distributions.Gamma(
            torch.tensor(nu / 2, device=device), torch.tensor(nu / 2, device=device)).sample((count,))) if nu else None
        clock.lap("draw")
        torch.set_float32_matmul_precision("highest")
        x = t["lower"] @ z
        clock.lap("correlate")
        if mixing is not None:
            x = x * mixing
        shock = torch.addcmul(t["mean"], t["sigma"], innovations(x, t["table"]))
        growth = shock.exp()
        clock.lap("evolve")
        change = price(
            t["right"], t["log_moneyness"], t["asset"], t["strike"], t["deviation"], t["value"],
            shock[t["underlying"]], growth[t["underlying"]], growth[t["volatility_factor"]])
        clock.lap("revalue")
        torch.set_float32_matmul_precision("high" if variant == "tf32" else "highest")
        pnl = quantities @ change
        clock.lap("aggregate")
        candidates = pnl if worst is None else torch.cat((worst, pnl), dim=1)
        keep = min(whole + 1, candidates.shape[1])
        worst = candidates.topk(keep, dim=1, largest=False, sorted=True).values
        clock.lap("tails")
    worst = worst.double()
    var = -worst[:, whole]
    es = -(worst[:, :whole].sum(dim=1) + (m - whole) * worst[:, whole]) / m
    var, es = var.cpu().numpy(), es.cpu().numpy()
    clock.lap("measures")
    return var, es, clock


def measure(book, host, variant, options, device, price):
    scenarios = options.scenarios or int(book.scenarios)
    walls, best = [], None
    for repetition in range(1 + options.repetitions):
        if device.type == "cuda":
            torch.cuda.synchronize()
        start = time.perf_counter()
        var, es, clock = run(book, host, variant, scenarios, options.width, device, price, int(book.seed) + repetition)
        walls.append(time.perf_counter() - start)
        stages = clock.stages()
        if repetition == 0 or (repetition == 1 or walls[-1] <= min(walls[1:])):
            best = stages
    if options.margins:
        clearing_set.write_margins(options.margins, book.accounts, var, es)
    fma = scenarios * float(len(book.position_quantity))
    prices = scenarios * float(len(book.strike))
    return {
        "peer": "torch", "variant": variant, "version": torch.__version__,
        "device": torch.cuda.get_device_name(device) if device.type == "cuda" else f"cpu, {torch.get_num_threads()} threads",
        "scenarios": scenarios, "width": options.width, "compiled": options.compile,
        "timings": {"engine": statistics.median(walls[1:] or walls), "cold": walls[0], "warm": walls[1:],
                    "kernels": sum(best.values()), "stages": best},
        "rates": {"prices/s": prices / max(best["revalue"], 1e-12), "useful Gfma/s": fma / max(best["aggregate"], 1e-12) * 1e-9},
        "peak device memory, GB": torch.cuda.max_memory_allocated(device) / 1e9 if device.type == "cuda" else None,
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("set", help="folder of a clearing set, or an .npz of clearing_set.py")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--scenarios", type=int, help="default: what run.json says; job L is 100000")
    parser.add_argument("--width", type=int, default=10000, help="scenarios in a slice; instruments × width × 4 bytes, several times over, must fit")
    parser.add_argument("--variants", default="tf32,fp32,csr")
    parser.add_argument("--repetitions", type=int, default=5, help="warm runs")
    parser.add_argument("--compile", action="store_true", help="fuse Black-Scholes with torch.compile (PyTorch 2)")
    parser.add_argument("--margins", help="VaR and ES of the last run")
    parser.add_argument("--record")
    options = parser.parse_args()
    if options.width < 1 or options.repetitions < 0:
        parser.error("--width is at least 1, --repetitions at least 0")
    device = torch.device(options.device)
    if device.type == "cuda" and not torch.cuda.is_available():
        print("SKIPPED: this PyTorch sees no CUDA device", file=sys.stderr)
        sys.exit(77)
    if options.compile and not hasattr(torch, "compile"):
        print("SKIPPED: --compile needs PyTorch 2", file=sys.stderr)
        sys.exit(77)

    start = time.perf_counter()
    book = clearing_set.load(options.set)
    read = time.perf_counter() - start
    start = time.perf_counter()
    host = host_tensors(book)
    plan = time.perf_counter() - start
    if device.type == "cuda":
        host = {name: x.pin_memory() for name, x in host.items()}
    price = torch.compile(revalue) if options.compile else revalue
    records = []
    with torch.no_grad():
        for variant in options.variants.split(","):
            if variant not in ("tf32", "fp32", "csr"):
                parser.error(f"unknown variant {variant}")
            try:
                record = measure(book, host, variant, options, device, price)
            except RuntimeError as error:
                print(f"SKIPPED: {variant}: {str(error).splitlines()[0]}", file=sys.stderr)
                continue
            record["timings"].update(read=read, plan=plan)
            records.append(record)
            print(json.dumps(record), flush=True)
    if options.record and records:
        fastest = min(records, key=lambda r: r["timings"]["engine"])
        pathlib.Path(options.record).write_text(json.dumps(fastest), encoding="utf-8")
    sys.exit(0 if records else 77)


if __name__ == "__main__":
    main()
