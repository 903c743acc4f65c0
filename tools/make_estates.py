#!/usr/bin/env python3
"""Writes waves of invented estates, from fixed seeds, into a folder.

    tools/make_estates.py FOLDER

The examples of `doorstep plan` are three and searches are easily tuned to them; these are other draws: with and
without lifts and grids, 300 to 1,500 stops, carriers of one kind or of three. Nothing is known of their optima:
they compare one variant of the search with another (docs/benchmarks/routing.md).
"""

import json
import pathlib
import random
import sys

from make_waves import RULES, clock, parcel

SHARES = {"noon": ("meal", .18, 660, 690), "evening": ("meal", .13, 990, 1010),
          "fresh": ("fresh", .29, 450, 500), "parcel": ("parcel", .40, 780, 1080)}
CLASSES = [
    {"name": "noon", "rank": 0, "weight": 4, "service_seconds": 40, "open": "11:00", "close": "12:30"},
    {"name": "evening", "rank": 0, "weight": 4, "service_seconds": 40, "open": "16:30", "close": "18:00"},
    {"name": "fresh", "rank": 1, "weight": 2, "service_seconds": 45, "open": "08:30", "close": "12:00"},
    {"name": "parcel", "rank": 2, "weight": 1, "service_seconds": 45, "open": "14:00", "close": "21:00"}]


def streets(rng, buildings, per, floors, lift_share, grids):
    """Entrances, and all doors behind them."""
    entrances, doors, columns = [], [], max(2, int(buildings ** 0.5))
    for b in range(buildings):
        lift = rng.random() < lift_share
        for e in range(per):
            name = f"{b + 1}-{e + 1}"
            entrances.append({
                "id": name, "building": str(b + 1), "grid": str(b * grids // buildings + 1) if grids else "",
                "lift": lift, "x": 35 + b % columns * rng.randint(60, 90) + e * rng.randint(12, 20),
                "y": 25 + b // columns * rng.randint(40, 60), "duty": f"d {name}"})
            top = rng.choice([18, 24, 11]) if lift else floors
            doors += [(name, floor, f"{floor}0{d}") for floor in range(1, top + 1) for d in (1, 2)]
    return entrances, doors


def estate(name, seed, buildings, per, floors, lift_share, stops, grids, carriers, kg, hands, rules):
    """kg: of all carriers alike; `hands`: of one climb."""
    rng = random.Random(seed)
    entrances, doors = streets(rng, buildings, per, floors, lift_share, grids)
    goods = []
    for i in range(stops):
        entrance, floor, door = rng.choice(doors)
        kind = rng.choices(list(SHARES), [share[1] for share in SHARES.values()])[0]
        what, _, first, last = SHARES[kind]
        weight, litres = parcel(rng, what)
        goods.append({"id": f"{entrance}-{door}-{i}", "entrance": entrance, "floor": floor, "class": kind,
                      "kg": weight, "litres": litres, "ready": clock(rng.randint(first, last))})
    people = [{"id": f"c{i}", "grid": str(i // 2 % grids + 1) if grids else "", "kg": kg, "litres": kg * 4,
               "hands_kg": hands, "start": "13:30" if i % 2 else "07:00", "end": "21:30" if i % 2 else "15:00",
               "runs": 6} for i in range(carriers)]
    return {"wave": name, "depot": {"x": 0, "y": 0, "open": "07:00", "close": "21:30"},
            "rules": {**RULES, **rules}, "entrances": entrances, "classes": CLASSES, "stops": goods,
            "carriers": people}


def mixed(wave, seed, kinds):
    """kinds: (share, kilograms, slowness, runs)."""
    rng = random.Random(seed + 99)
    for carrier in wave["carriers"]:
        dice = rng.random()
        for share, kg, slowness, runs in kinds:
            if dice < share:
                carrier.update(kg=kg, litres=kg * 4, slowness_percent=slowness, runs=runs)
                break
            dice -= share
    return wave


def estates():
    yield estate("w1", 1, 24, 3, 6, 0, 950, 4, 60, 40, 15, {})
    yield estate("w2", 2, 16, 4, 7, 0, 950, 0, 50, 30, 12, {})
    yield estate("w3", 3, 12, 2, 7, .6, 600, 0, 30, 60, 20, {})
    yield estate("w4", 4, 40, 2, 6, .2, 1500, 8, 100, 35, 15, {})
    yield estate("w5", 5, 10, 3, 5, 0, 300, 2, 20, 25, 10, {"fairness": 0})
    yield estate("w6", 6, 20, 3, 7, 0, 950, 5, 60, 50, 15,
                 {"flight_seconds": 0, "effort_seconds_per_kg_flight": 0.05, "run_seconds": 300})
    yield mixed(estate("w7", 7, 20, 3, 6, 0, 950, 3, 60, 30, 15, {}), 7,
                ((.3, 20, 90, 6), (.3, 40, 100, 6), (.4, 120, 140, 4)))
    yield mixed(estate("w8", 8, 30, 2, 7, .3, 700, 0, 50, 30, 12, {"run_seconds": 120, "fairness": 30}), 8,
                ((.2, 25, 60, 8), (.5, 25, 100, 6), (.3, 70, 110, 5)))


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for wave in estates():
        (folder / f"{wave['wave']}.json").write_text(json.dumps(wave), encoding="utf-8")


if __name__ == "__main__":
    main()
