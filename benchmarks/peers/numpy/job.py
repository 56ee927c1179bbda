"""Jobs S and L in NumPy and SciPy: whole arrays, in slices of scenarios, double precision."""
import argparse
import json
import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "common"))

import numpy as np
import scipy.linalg
import scipy.sparse
from scipy.special import ndtr

import clearing_set
import marginals


class Clock:
    def __init__(self):
        self.stages = {}
        self.last = time.perf_counter()

    def lap(self, stage):
        now = time.perf_counter()
        self.stages[stage] = self.stages.get(stage, 0.0) + now - self.last
        self.last = now


def black_scholes(right, log_moneyness, asset, strike, deviation):
    """A·Φ(d1) − B·Φ(d2) of a call and its mirror image of a put, A = S·exp(−qT), B = K·exp(−rT)."""
    d1 = log_moneyness / deviation + 0.5 * deviation
    d2 = d1 - deviation
    return right * (asset * ndtr(right * d1) - strike * ndtr(right * d2))


def run(book, scenarios, width):
    clock = Clock()
    start = clock.last
    random = np.random.Generator(np.random.Philox(int(book.seed)))
    lower = scipy.linalg.cholesky(book.correlation, lower=True)
    cells = 256
    nodes = np.linspace(0, 1, cells + 1)
    table = marginals.ratios(book.copula_nu, book.nu, cells)
    holdings = scipy.sparse.csr_matrix(
        (book.position_quantity, (book.position_account, book.position_instrument)), shape=(len(book.accounts), len(book.strike)))
    right = book.right[:, None]
    asset = (book.multiplier * book.level[book.underlying] * np.exp(-book.dividend_yield * book.years))[:, None]
    strike = (book.multiplier * book.strike * np.exp(-book.rate * book.years))[:, None]
    deviation = (book.volatility * np.sqrt(book.years))[:, None]
    log_moneyness = np.log(asset / strike)
    value = black_scholes(right, log_moneyness, asset, strike, deviation)
    pnl = np.empty((len(book.accounts), scenarios))
    clock.lap("plan")

    for first in range(0, scenarios, width):
        count = min(width, scenarios - first)
        z = random.standard_normal((len(book.level), count))
        mixing = np.sqrt(book.copula_nu / random.chisquare(book.copula_nu, count)) if book.copula_nu else np.ones(count)
        clock.lap("draw")
        x = lower @ z
        clock.lap("correlate")
        x *= mixing
        s = np.abs(x)
        s /= marginals.SCALE + s
        for factor in range(len(x)):
            x[factor] *= np.interp(s[factor], nodes, table[factor])
        shock = book.mean[:, None] + book.deviation[:, None] * x
        clock.lap("evolve")
        growth = np.exp(shock)
        change = black_scholes(
            right, log_moneyness + shock[book.underlying], asset * growth[book.underlying], strike,
            deviation * growth[book.volatility_factor]) - value
        clock.lap("revalue")
        pnl[:, first:first + count] = holdings @ change
        clock.lap("aggregate")

    m = clearing_set.tail_size(scenarios, book.confidence)
    whole = int(m)
    pnl.partition(whole, axis=1)
    clock.lap("tails")
    var = -pnl[:, whole]
    es = -(pnl[:, :whole].sum(axis=1) + (m - whole) * pnl[:, whole]) / m
    clock.lap("measures")
    return var, es, clock.stages, clock.last - start


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("set", help="folder of a clearing set, or an .npz")
    parser.add_argument("--scenarios", type=int)
    parser.add_argument("--width", type=int, default=500, help="scenarios in a slice")
    parser.add_argument("--margins")
    parser.add_argument("--record")
    options = parser.parse_args()
    start = time.perf_counter()
    book = clearing_set.load(options.set)
    read = time.perf_counter() - start
    var, es, stages, engine = run(book, options.scenarios or int(book.scenarios), options.width)
    if options.margins:
        clearing_set.write_margins(options.margins, book.accounts, var, es)
    record = json.dumps({"peer": "numpy", "timings": {"read": read, "engine": engine, "stages": stages}, "rates": {}})
    if options.record:
        pathlib.Path(options.record).write_text(record, encoding="utf-8")
    else:
        print(record)


if __name__ == "__main__":
    main()
