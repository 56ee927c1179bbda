#!/usr/bin/env python3
"""Makes the derived files of the samples anew, as their READMEs describe them.

    python3 samples/renew.py GPUMARGIN_DLL [SAMPLE...]

Samples: dow30 (with dow30-cleared), dow30-surfaces, crypto-options; all when left out.
Kept as they are: history.csv, dividends.csv, positions.csv, accounts.csv, policy.json, run.json but for its copula, and every column of instruments.csv but volatility.
Needed when calibrate's results or the requirement change. The tests of the samples derive the same files in C#, without this program.
"""
import csv
import json
import math
import pathlib
import shutil
import subprocess
import sys
import tempfile

import crypto
import surfaces

SAMPLES = pathlib.Path(__file__).resolve().parent
DOW30 = SAMPLES / "dow30"
CLEARED = SAMPLES / "dow30-cleared"
EXPIRIES = ["2001-01-20", "2001-03-17", "2001-07-21"]
DAYS = {"2000-12-29": [13, 52, 139], "2001-01-02": [12, 51, 138]}  # trading days to the expiries
MODEL = ["factors.csv", "correlation.csv", "residuals.csv", "run.json"]
SURPLUS = [1.02, 1.10, 1.25, 1.05, 1.50, 1.04, 1.15]  # collateral over the first day's requirement, account by account
SHARES = {
    "LONG-ONLY-03": "IBM", "LONG-ONLY-06": "GE", "MARKET-NEUTRAL-04": "KO", "PAIRS-02": "PG", "COVERED-CALLS-04": "IBM",
    "PROTECTIVE-PUTS-02": "GE", "SHORT-STRANGLES-04": "PG", "TAIL-HEDGE-02": "KO", "SHORT-ONLY-01": "MSFT",
}
SHARE, HAIRCUT = 0.4, 0.25  # of the collateral in shares; of the policy


def gpumargin(*arguments):
    subprocess.run(["dotnet", sys.argv[1], *map(str, arguments), "--quiet"], check=True)


def read(path):
    with open(path, newline="") as file:
        return list(csv.DictReader(file))


def write(path, rows, columns=None):
    with open(path, "w", newline="") as file:
        writer = csv.DictWriter(file, columns or list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def calibrate(day, folder):
    """The model of a day, from the history up to it; run.json there keeps everything but its copula."""
    with tempfile.TemporaryDirectory() as scratch:
        history = pathlib.Path(scratch) / "history.csv"
        lines = (DOW30 / "history.csv").read_bytes().splitlines(keepends=True)
        history.write_bytes(b"".join([lines[0], *(line for line in lines[1:] if line[:10].decode() <= day)]))
        gpumargin("calibrate", history, "--out", folder, "--volatility-factors", "--as-of", f"{day}T21:00:00Z")


def mean_forecast(factor, days):
    """Mean of the variance forecasts of the next days."""
    variance = float(factor["variance"])
    if factor["process"] == "constant":
        return variance
    omega = float(factor["omega"])
    persistence = float(factor["alpha"]) + float(factor["gamma"] or 0) / 2 + float(factor["beta"])
    total = 0.0
    for _ in range(days):
        total += variance
        variance = omega + persistence * variance
    return total / days


def instruments(day, path, factors):
    rows = read(path)
    for row in rows:
        if row["type"] == "option":
            factor = factors[row["underlying"]]
            m = math.log(float(row["strike"]) / float(factor["level"]))
            level = math.sqrt(252 * mean_forecast(factor, DAYS[day][EXPIRIES.index(row["expiry"])]))
            row["volatility"] = repr(round(level * (1 - 0.2 * m + 0.4 * m * m), 4))
    write(path, rows)


def liquidity(path, factors):
    write(path, [
        {
            "underlying": name, "half_spread": f"{1 / 32 / float(factor['level']):.6f}", "average_daily_volume": "5000000",
            "impact": f"{math.sqrt(float(factor['variance'])):.4f}",
        }
        for name, factor in factors.items() if factor["kind"] == "price"])


def stress(path, factors, means):
    history, residuals = read(DOW30 / "history.csv"), read(DOW30 / "residuals.csv")
    tickers = [name for name, factor in factors.items() if factor["kind"] == "price"]

    def move(ticker, day):
        return math.log(float(history[day][ticker]) / float(history[day - 2][ticker]))

    def volatility(ticker, day):
        name = ticker + ".vol"
        deviation = math.sqrt(float(factors[name]["variance"]))
        return 2 * means[name] + deviation * (float(residuals[day - 1][name]) + float(residuals[day - 2][name]))

    order = sorted(range(3, len(history)), key=lambda day: sum(move(ticker, day) for ticker in tickers))
    rows = []
    for day in sorted([*order[:3], order[-1]]):
        date = history[day]["date"]
        rows += [{"scenario": date, "factor": ticker, "shock": f"{move(ticker, day):.6f}"} for ticker in tickers]
        rows += [{"scenario": date, "factor": ticker + ".vol", "shock": f"{volatility(ticker, day):.6f}"} for ticker in tickers]
    rows += [{"scenario": "stocks -20 %", "factor": ticker, "shock": f"{math.log(0.8):.6f}"} for ticker in tickers]
    rows += [{"scenario": "stocks -20 %", "factor": ticker + ".vol", "shock": f"{math.log(1.5):.6f}"} for ticker in tickers]
    write(path, rows)


def collateral(day, levels):
    """Of the requirements that the program computes without any: each a share more, in whole thousands of cash."""
    with tempfile.TemporaryDirectory() as out:
        gpumargin("run", CLEARED / day, "--out", out)
        required = [(row["account"], float(row["requirement"])) for row in read(pathlib.Path(out) / "margins.csv") if row["requirement"]]
    rows = []
    for (account, requirement), surplus in zip([pair for pair in required if pair[1] > 0], SURPLUS * len(required)):
        value = surplus * requirement
        if account in SHARES:
            price = levels[SHARES[account]] * (1 - HAIRCUT)
            shares = 100 * math.floor(SHARE * value / price / 100)
            rows.append({"account": account, "asset": SHARES[account], "quantity": shares})
            value -= shares * price
        rows.append({"account": account, "asset": "USD", "quantity": 1000 * math.ceil(value / 1000 - 1e-9)})
    rows.append({"account": "EMPTY", "asset": "USD", "quantity": 5000})
    for other in DAYS:
        write(CLEARED / other / "collateral.csv", rows)


def dow30():
    calibrate("2001-01-02", DOW30)
    last = {row["factor"]: row for row in read(DOW30 / "factors.csv")}
    means = {factor["factor"]: factor["fit"]["parameters"]["mean"] for factor in json.loads((DOW30 / "calibration.json").read_text())["factors"]}
    instruments("2001-01-02", DOW30 / "instruments.csv", last)
    for day in DAYS:
        folder = CLEARED / day
        if day == "2001-01-02":
            for name in MODEL:
                shutil.copyfile(DOW30 / name, folder / name)
        else:
            calibrate(day, folder)
            (folder / "calibration.json").unlink()
        factors = {row["factor"]: row for row in read(folder / "factors.csv")}
        instruments(day, folder / "instruments.csv", factors)
        liquidity(folder / "liquidity.csv", factors)
        stress(folder / "stress.csv", last, means)
    collateral("2000-12-29", {row["factor"]: float(row["level"]) for row in read(CLEARED / "2000-12-29" / "factors.csv")})


def main():
    samples = {"dow30": dow30, "dow30-surfaces": lambda: surfaces.make(gpumargin), "crypto-options": lambda: crypto.make(gpumargin)}
    for name in sys.argv[2:] or samples:
        samples[name]()


main()
