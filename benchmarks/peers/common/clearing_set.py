"""The part of a clearing set that the Python peers compute: European options on price factors with volatility factors.

`python3 clearing_set.py SET FILE.npz` keeps it in one file for a machine without the set.
"""
import csv
import datetime
import json
import pathlib
import sys
from types import SimpleNamespace

import numpy as np


def instant(text):
    """Seconds since 1970 of an ISO date (16:00 UTC) or a date-time."""
    if len(text) == 10:
        text += "T16:00:00Z"
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()


def rows(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def numbers(table, column, otherwise=0.0):
    return np.array([float(row.get(column) or otherwise) for row in table])


def require(holds, message):
    if not holds:
        sys.exit(f"refused: {message}")


def read(folder):
    folder = pathlib.Path(folder)
    run = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    copula = run["copula"]
    require(run.get("horizonDays", 1) == 1, "the horizon is not one day")
    require(run.get("ageing", "none") == "none", "instruments age")

    factors = rows(folder / "factors.csv")
    require(all(f["marginal"] in ("normal", "student-t") for f in factors), "a marginal other than normal and student-t")
    require(all(f["kind"] != "rate" for f in factors), "a rate factor")
    factor_index = {f["factor"]: i for i, f in enumerate(factors)}
    with open(folder / "correlation.csv", encoding="utf-8") as file:
        require(file.readline().strip().split(",")[1:] == list(factor_index), "correlation.csv is not in the order of factors.csv")
        correlation = np.array([[float(x) for x in line.split(",")[1:]] for line in file])

    instruments = rows(folder / "instruments.csv")
    require(all(i["type"] == "option" for i in instruments), "an instrument that is no option")
    require(all(i.get("exercise") != "american" for i in instruments), "an American option")
    require(all(not i.get("rate_factor") for i in instruments), "a rate factor")
    require(all(i.get("volatility_factor") for i in instruments), "an option of constant volatility")
    instrument_index = {row["instrument"]: i for i, row in enumerate(instruments)}
    now = instant(run["asOf"])

    account_index = {}
    account, instrument, quantity = [], [], []
    with open(folder / "positions.csv", encoding="utf-8") as file:
        header = file.readline().strip().split(",")
        columns = [header.index(name) for name in ("account", "instrument", "quantity")]
        for line in file:
            cells = line.rstrip("\r\n").split(",")
            account.append(account_index.setdefault(cells[columns[0]], len(account_index)))
            instrument.append(instrument_index[cells[columns[1]]])
            quantity.append(float(cells[columns[2]]))

    return dict(
        scenarios=run.get("scenarios", 10000), seed=run.get("seed", 1), confidence=float(run.get("confidence", 0.99)),
        copula_nu=float(copula["nu"]) if copula["family"] == "student-t" else 0.0,
        level=numbers(factors, "level"), mean=numbers(factors, "mean"), deviation=np.sqrt(numbers(factors, "variance")),
        nu=np.array([float(f["nu"]) if f["marginal"] == "student-t" else 0.0 for f in factors]),
        correlation=correlation,
        underlying=np.array([factor_index[i["underlying"]] for i in instruments]),
        volatility_factor=np.array([factor_index[i["volatility_factor"]] for i in instruments]),
        right=np.array([1.0 if i["right"] == "call" else -1.0 for i in instruments]),
        multiplier=numbers(instruments, "multiplier", 1.0), strike=numbers(instruments, "strike"),
        years=np.array([(instant(i["expiry"]) - now) / (365 * 86400) for i in instruments]),
        volatility=numbers(instruments, "volatility"), rate=numbers(instruments, "rate"),
        dividend_yield=numbers(instruments, "dividend_yield"),
        accounts=np.array(list(account_index)),
        position_account=np.array(account), position_instrument=np.array(instrument), position_quantity=np.array(quantity))


def load(path):
    """A clearing set's folder or an .npz of this script, as attributes."""
    if pathlib.Path(path).is_dir():
        return SimpleNamespace(**read(path))
    with np.load(path) as kept:
        return SimpleNamespace(**{name: kept[name][()] for name in kept.files})


def tail_size(scenarios, confidence):
    """m = n·(1 − confidence), without the binary error of 1 − 0.99."""
    m = round(scenarios * (1 - float(confidence)), 6)
    require(m >= 1, "too few scenarios for the confidence")
    return m


def write_margins(path, accounts, var, es):
    with open(path, "w", encoding="utf-8") as file:
        file.write("account,var,es\n")
        for row in zip(accounts, var, es):
            file.write("%s,%.9g,%.9g\n" % row)


if __name__ == "__main__":
    np.savez_compressed(sys.argv[2], **read(sys.argv[1]))
