"""samples/dow30-surfaces: samples/dow30 on volatility surfaces, and what each part of them changes, as its README describes it."""
import csv
import pathlib
import shutil
import tempfile

SAMPLES = pathlib.Path(__file__).resolve().parent
DOW30, FOLDER = SAMPLES / "dow30", SAMPLES / "dow30-surfaces"
SAME = ["positions.csv", "dividends.csv", "run.json"]
DAYS, TERM_POWER, STICKINESS = "30", "0.5", "1"
PUTS = 0.9  # correlation of a volatility at the pivot of puts with that at the forward
WING = ".30d0.75"


def read(path):
    with open(path, newline="") as file:
        return list(csv.reader(file))


def write(path, rows):
    with open(path, "w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def number(value):
    return repr(int(value) if value == int(value) else value)


def correlation(rows):
    """With a further factor per volatility: PUTS times its innovation and an independent rest."""
    names = rows[0][1:]
    matrix = [[float(cell) for cell in row[1:]] for row in rows[1:]]
    parts = [(i, 1.0) for i in range(len(names))] + [(i, PUTS) for i, name in enumerate(names) if name.endswith(".vol")]
    labels = [names[i] + (WING if share < 1 else "") for i, share in parts]
    return [["factor", *labels]] + [
        [labels[a], *(number(1.0 if a == b else share * other * matrix[i][j]) for b, (j, other) in enumerate(parts))]
        for a, (i, share) in enumerate(parts)]


def surfaces(folder, tickers, pivots, term_power, stickiness):
    write(folder / "surfaces.csv", [["surface", "stickiness", "term_power"], *([name, stickiness, term_power] for name in tickers)])
    write(folder / "pivots.csv", [["surface", "factor", "days", "delta"], *([name, name + factor, DAYS, delta] for name in tickers for delta, factor in pivots)])


LEVEL = [("", ".vol")]
SKEW = [("0.25", ".vol"), ("0.5", ".vol"), ("0.75", ".vol" + WING)]


def on_surfaces(rows):
    """Instruments whose surface has the name of their underlying."""
    header = rows[0]
    factor, underlying = header.index("volatility_factor"), header.index("underlying")
    return [["volatility_surface" if cell == "volatility_factor" else cell for cell in header]] + [
        [*row[:factor], row[underlying] if row[factor] else "", *row[factor + 1:]] for row in rows[1:]]


def quotes(rows):
    """The sample's assumed volatilities as quotes of smiles."""
    at = {name: i for i, name in enumerate(rows[0])}
    found = {(row[at["underlying"]], row[at["expiry"]], float(row[at["strike"]])): row for row in rows[1:] if row[at["type"]] == "option"}
    order = {name: i for i, name in enumerate(dict.fromkeys(key[0] for key in found))}
    return [["surface", "expiry", "strike", "volatility"]] + [
        [name, expiry, found[name, expiry, strike][at["strike"]], found[name, expiry, strike][at["volatility"]]]
        for name, expiry, strike in sorted(found, key=lambda key: (order[key[0]], *key[1:]))]


def margins(gpumargin, folder):
    with tempfile.TemporaryDirectory() as out:
        gpumargin("run", folder, "--out", out)
        rows = read(pathlib.Path(out) / "margins.csv")
    at = rows[0].index("margin")
    return {row[0]: float(row[at]) for row in rows[1:]}


def effect(gpumargin, tickers, plain):
    """Margins of every account with each part alone, and with all of them."""
    columns = {}
    for part in ["parallel", "skew", "leverage", "term power", "stickiness", "all"]:
        with tempfile.TemporaryDirectory() as scratch:
            folder = pathlib.Path(scratch) / "set"
            shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("out", "*.md", "effect.csv"))
            if part not in ("leverage", "all"):
                write(folder / "correlation.csv", plain)
            if part in ("parallel", "leverage"):
                shutil.copyfile(DOW30 / "instruments.csv", folder / "instruments.csv")
            elif part != "all":
                surfaces(folder, tickers, SKEW if part == "skew" else LEVEL, TERM_POWER if part == "term power" else "", STICKINESS if part == "stickiness" else "0")
            columns[part] = margins(gpumargin, folder)
    base = columns.pop("parallel")
    write(FOLDER / "effect.csv", [["account", "parallel", *(part.replace(" ", "_") for part in columns)]] + [
        [account, round(base[account]), *(round(column[account]) - round(base[account]) for column in columns.values())] for account in sorted(base)])


def make(gpumargin):
    FOLDER.mkdir(exist_ok=True)
    for name in SAME:
        shutil.copyfile(DOW30 / name, FOLDER / name)
    factors = read(DOW30 / "factors.csv")
    volatilities = [row for row in factors if row[0].endswith(".vol")]
    tickers = [row[0][: -len(".vol")] for row in volatilities]
    write(FOLDER / "factors.csv", factors + [[row[0] + WING, *row[1:]] for row in volatilities])
    residuals = read(DOW30 / "residuals.csv")
    write(FOLDER / "residuals.csv", [[*residuals[0], *(name + WING for name in residuals[0])]] + [[*row, *(f"{float(cell):.5g}" for cell in row)] for row in residuals[1:]])
    with tempfile.TemporaryDirectory() as scratch:
        gpumargin("calibrate", DOW30 / "history.csv", "--out", scratch, "--volatility-factors", "--leverage", "equity", "--as-of", "2001-01-02T21:00:00Z")
        write(FOLDER / "correlation.csv", correlation(read(pathlib.Path(scratch) / "correlation.csv")))
    instruments = read(DOW30 / "instruments.csv")
    write(FOLDER / "instruments.csv", on_surfaces(instruments))
    write(FOLDER / "smiles.csv", quotes(instruments))
    surfaces(FOLDER, tickers, SKEW, TERM_POWER, STICKINESS)
    effect(gpumargin, tickers, correlation(read(DOW30 / "correlation.csv")))
