"""samples/crypto-options: coin-margined options in the shape of Deribit's book summaries, all of them synthetic, as its README describes them."""
import csv
import datetime
import json
import math
import pathlib
import shutil
import tempfile

FOLDER = pathlib.Path(__file__).resolve().parent / "crypto-options"
AS_OF = datetime.datetime(2026, 1, 16, 8, tzinfo=datetime.timezone.utc)
EXPIRIES = ["2026-01-30", "2026-02-27", "2026-03-27", "2026-06-26"]
CARRY = 0.05
# Price, volatility at the forward of 14 and of 161 days, rho of SSVI, grid of strikes.
COINS = {"BTC": (95_000, 0.46, 0.50, -0.20, 1_000), "ETH": (3_300, 0.62, 0.66, -0.12, 50)}
BEND = 1.1  # eta of SSVI
PLACES = [-2.0, -1.5, -1.0, -0.6, -0.3, 0, 0.3, 0.6, 1.0, 1.5, 2.0]  # of strikes, in deviations
DAILY = {"BTC": 0.027, "ETH": 0.036, "BTC.vol.30d0.25": 0.042, "BTC.vol.30d0.5": 0.040, "BTC.vol.30d0.75": 0.043, "BTC.vol.180d0.5": 0.018,
         "ETH.vol.30d0.25": 0.040, "ETH.vol.30d0.5": 0.038, "ETH.vol.30d0.75": 0.041, "ETH.vol.180d0.5": 0.017}
PUTS, CALLS, LATE, COINS_TOGETHER = 0.95, 0.95, 0.85, 0.80  # correlations of a coin's pivots with that of 30 days at the forward, and of the two coins
MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]


def years(expiry):
    day = datetime.datetime.fromisoformat(expiry + "T08:00:00+00:00")
    return (day - AS_OF).total_seconds() / (365 * 86_400)


def cumulative(x):
    return 0.5 * math.erfc(-x / math.sqrt(2))


def volatility(coin, k, t):
    """SSVI: total variance by the volatility at the forward, which rises with ln t."""
    _, near, far, rho, _ = COINS[coin]
    share = math.log(t / years(EXPIRIES[0])) / math.log(years(EXPIRIES[-1]) / years(EXPIRIES[0]))
    theta = (near + (far - near) * share) ** 2 * t
    x = BEND / math.sqrt(theta) * k
    return math.sqrt(theta / 2 * (1 + rho * x + math.sqrt((x + rho) ** 2 + 1 - rho * rho)) / t)


def in_coin(right, k, deviation):
    """Black's value over the forward."""
    d1 = -k / deviation + deviation / 2
    call = cumulative(d1) - math.exp(k) * cumulative(d1 - deviation)
    return call if right == "C" else call - 1 + math.exp(k)


def tick(value):
    return 0.0001 if value < 0.005 else 0.0005


def options():
    for coin, (price, _, _, _, grid) in COINS.items():
        for expiry in EXPIRIES:
            t = years(expiry)
            forward = price * math.exp(CARRY * t)
            deviation = volatility(coin, 0, t) * math.sqrt(t)
            for strike in sorted({grid * round(forward * math.exp(place * deviation) / grid) for place in PLACES}):
                for right in "CP":
                    yield coin, expiry, t, forward, strike, right


def name(coin, expiry, strike, right):
    year, month, day = expiry.split("-")
    return f"{coin}-{int(day)}{MONTHS[int(month) - 1]}{year[2:]}-{strike}-{right}"


def quotes():
    for coin, expiry, t, forward, strike, right in options():
        k = math.log(strike / forward)
        sigma = volatility(coin, k, t)
        value = in_coin(right, k, sigma * math.sqrt(t))
        step = tick(value)
        bid = math.floor(value / step) * step
        yield {
            "instrument_name": name(coin, expiry, strike, right), "base_currency": coin, "quote_currency": coin,
            "underlying_index": name(coin, expiry, 0, "C").rsplit("-", 2)[0], "underlying_price": round(forward, 4), "interest_rate": 0.0,
            "bid_price": round(bid, 4) if bid > 0 else None, "ask_price": round(bid + step, 4), "mark_price": round(value, 6), "mark_iv": round(100 * sigma, 2),
            "creation_timestamp": round(1000 * AS_OF.timestamp()),
        }


def write(path, rows):
    with open(path, "w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def model():
    """Prices and pivots; a pivot is its correlation times the coin's volatility and an independent rest."""
    share = {"BTC": {"BTC": 1}, "ETH": {"BTC": COINS_TOGETHER, "ETH": math.sqrt(1 - COINS_TOGETHER ** 2)}}
    for coin in COINS:
        level = {"BTC.v": 1} if coin == "BTC" else {"BTC.v": COINS_TOGETHER, "ETH.v": math.sqrt(1 - COINS_TOGETHER ** 2)}
        for place, part in [("30d0.25", CALLS), ("30d0.5", 1), ("30d0.75", PUTS), ("180d0.5", LATE)]:
            pivot = f"{coin}.vol.{place}"
            share[pivot] = {source: part * weight for source, weight in level.items()} | ({pivot: math.sqrt(1 - part * part)} if part < 1 else {})
    write(FOLDER / "factors.csv", [["factor", "kind", "level", "process", "variance", "marginal", "nu"]] + [
        [factor, "price" if factor in COINS else "volatility", COINS[factor][0] if factor in COINS else 1, "constant", f"{daily * daily:.6g}", "student-t", 5] for factor, daily in DAILY.items()])
    names = list(DAILY)
    write(FOLDER / "correlation.csv", [["factor", *names]] + [
        [a, *(1 if a == b else round(sum(weight * share[b].get(source, 0) for source, weight in share[a].items()), 6) for b in names)] for a in names])


def instruments():
    header = ["instrument", "type", "underlying", "currency", "multiplier", "strike", "expiry", "right", "volatility_surface", "rate"]
    rows = [[f"{coin}-PERPETUAL", "inverse-perpetual", coin, coin, 10 if coin == "BTC" else 1, "", "", "", "", ""] for coin in COINS]
    rows += [
        [name(coin, expiry, strike, right), "inverse-option", coin, coin, 1, strike, f"{expiry}T08:00:00Z", "call" if right == "C" else "put", coin, CARRY]
        for coin, expiry, _, _, strike, right in options()]
    write(FOLDER / "instruments.csv", [header, *rows])


def nearest(coin, expiry, right, deviations):
    """The option whose strike is so many deviations from the forward."""
    def distance(option):
        _, _, t, forward, strike, _ = option
        return abs(math.log(strike / forward) / (volatility(coin, 0, t) * math.sqrt(t)) - deviations)

    found = min((option for option in options() if (option[0], option[1], option[5]) == (coin, expiry, right)), key=distance)
    return name(coin, expiry, found[4], right)


def books():
    near, far = EXPIRIES[1], EXPIRIES[3]
    return {
        "COVERED-CALL": ([(nearest("BTC", near, "C", 0.6), -20)], {"BTC": 20}),
        "SHORT-STRANGLE": ([(nearest("BTC", near, "P", -1), -25), (nearest("BTC", near, "C", 1), -25)], {"BTC": 8}),
        "RISK-REVERSAL": ([(nearest("BTC", near, "P", -1), -25), (nearest("BTC", near, "C", 1), 25)], {"BTC": 6}),
        "CALENDAR": ([(nearest("ETH", near, "C", 0), -300), (nearest("ETH", far, "C", 0), 300)], {"ETH": 60}),
        "LONG-PUTS": ([(nearest("ETH", EXPIRIES[2], "P", -0.6), 400)], {}),
        "TWO-COINS": ([(nearest("BTC", EXPIRIES[2], "P", 0), -10), (nearest("ETH", EXPIRIES[2], "P", 0), 280)], {"BTC": 2, "ETH": 30}),
        "HEDGED": ([(nearest("BTC", EXPIRIES[0], "C", 0), -30), ("BTC-PERPETUAL", 142_500)], {"BTC": 5}),
    }


def make(gpumargin):
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / "book-summary.json").write_text(json.dumps({"jsonrpc": "2.0", "result": list(quotes())}, indent=0) + "\n")
    with tempfile.TemporaryDirectory() as scratch:
        gpumargin("surface", FOLDER / "book-summary.json", "--out", scratch, "--mapping", "deribit-book-summary")
        for file in ["surfaces.csv", "smiles.csv", "pivots.csv"]:
            shutil.copyfile(pathlib.Path(scratch) / file, FOLDER / file)
    model()
    instruments()
    held = books()
    write(FOLDER / "positions.csv", [["account", "instrument", "quantity"]] + [[account, *row] for account, (rows, _) in held.items() for row in rows])
    write(FOLDER / "collateral.csv", [["account", "asset", "quantity"]] + [[account, coin, amount] for account, (_, coins) in held.items() for coin, amount in coins.items()])
    (FOLDER / "policy.json").write_text(json.dumps({"version": 1, "collateral": {"valuation": "simulated"}, "minimumMargin": 1000, "roundingUnit": 100}, indent=2) + "\n")
    (FOLDER / "run.json").write_text(json.dumps({
        "asOf": AS_OF.strftime("%Y-%m-%dT%H:%M:%SZ"), "currency": "USD", "fx": {"BTC": "BTC", "ETH": "ETH"}, "copula": {"family": "student-t", "nu": 6},
        "scenarios": 10000, "seed": 20260116, "horizonDays": 1, "confidence": 0.99, "importance": "on", "arbitrage": "refuse"}, indent=2) + "\n")
