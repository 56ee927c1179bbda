"""Medians and ratios ours/theirs of what compare.sh has measured, after a check that the margins agree."""
import csv
import json
import pathlib
import statistics
import sys

STAGES = ("plan", "draw", "correlate", "evolve", "revalue", "aggregate", "tails", "fingerprint", "measures")


def margins(path):
    with open(path, newline="", encoding="utf-8") as file:
        return {row["account"]: row for row in csv.DictReader(file)}


def check_margins(ours, theirs):
    """Independent samples: the median account's difference against √2 half-widths of our 95 % interval of ES."""
    if ours.keys() != theirs.keys():
        sys.exit("WRONG: the accounts differ")
    differences, bounds, inside = [], [], 0
    for name, row in ours.items():
        es = float(row["es"])
        difference = float(theirs[name]["es"]) - es
        bound = 2 ** 0.5 * (float(row["es_high"]) - float(row["es_low"])) / 2
        differences.append(difference / abs(es))
        bounds.append(bound / abs(es))
        inside += abs(difference) <= bound
    size = statistics.median(abs(d) for d in differences)
    bound = statistics.median(bounds)
    print(f"  ES per account: median |difference| {size:.2%}, median signed {statistics.median(differences):+.2%}, "
          f"95 % bound for two samples {bound:.2%}, {inside / len(ours):.0%} of accounts inside")
    # The accounts share their scenarios, so that they err together: only the median is held to its bound.
    if size > bound:
        sys.exit("WRONG: the margins differ by more than sampling explains")


def line(name, ours, theirs, best=min):
    a, b = statistics.median(ours), statistics.median(theirs)
    ratio = f"{a / b:8.2f} {best(ours) / best(theirs):8.2f}" if b > 0 and min(theirs) > 0 else f"{'':8} {'':8}"
    print(f"  {name:22} {a:10.4f} {b:10.4f} {ratio}")


def main():
    work, threads, repetitions = pathlib.Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    rounds = range(1, repetitions + 1)

    def load(who):
        return [json.loads((work / f"{who}-{i}.json").read_text(encoding="utf-8")) for i in rounds]

    def process(who):
        times = [[float(x) for x in (work / f"{who}-{i}.time").read_text().split()[-3:]] for i in rounds]
        return [t[0] for t in times], [t[1] + t[2] for t in times]

    ours = load("ours")
    counts = ours[0]["counts"]
    prices = counts["instruments"] * counts["scenarios"]
    fma = counts["positions"] * counts["scenarios"]
    stages = {s: [r["timings"]["stages"][s] for r in ours] for s in STAGES}
    our_price = [x * threads * 1e9 / prices for x in stages["revalue"]]
    our_rate = [fma / (x * threads) * 1e-9 for x in stages["aggregate"]]
    print(f"{ours[0]['device']}, {ours[0]['runtime']}; {repetitions} rounds, alternately; seconds unless named")
    for who in sys.argv[4:]:
        theirs = load(who)
        print(f"{who}:")
        if who != "quantlib":
            check_margins(margins(work / "ours" / "margins.csv"), margins(work / f"{who}-margins.csv"))
        print(f"  {'median of':22} {'ours':>10} {'theirs':>10} {'ours/th.':>8} {'of best':>8}")
        if who == "quantlib":
            line("ns per price and core", our_price, [r["rates"]["ns per price and core"] for r in theirs])
            continue
        for stage in STAGES:
            values = [r["timings"]["stages"].get(stage, 0.0) for r in theirs]
            line(stage, stages[stage], values)
        engine = [r["timings"]["engine"] for r in ours]
        their_engine = [r["timings"]["engine"] for r in theirs]
        line("engine", engine, their_engine)
        line("engine less fingerprint", [e - f for e, f in zip(engine, stages["fingerprint"])], their_engine)
        (our_wall, our_processor), (their_wall, their_processor) = process("ours"), process(who)
        line("process, wall", our_wall, their_wall)
        line("process, processor", our_processor, their_processor)
        if who in ("cpp", "libmvec"):
            line("ns per price and core", our_price, [r["rates"]["ns per price and core"] for r in theirs])
            line("Gfma/s and core", our_rate, [r["rates"]["Gfma/s and core"] for r in theirs], best=max)


if __name__ == "__main__":
    main()
