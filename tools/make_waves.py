#!/usr/bin/env python3
"""Writes the example waves of `doorstep plan` and the small benchmark-format instances of the tests.

    tools/make_waves.py            into examples/plan and tests/data/routing

Every number comes from fixed seeds, so running it again changes nothing.
"""

import json
import pathlib
import random

ROOT = pathlib.Path(__file__).resolve().parent.parent
RULES = {"helpers_above_kg": 20, "helpers_from_floor": 4}


def clock(minutes):
    return f"{minutes // 60:02}:{minutes % 60:02}"


def parcel(rng, kind):
    """Kilograms and litres of one bag, as people order them."""
    low, high, litres = {"meal": (0.5, 1.2, 4), "fresh": (2.5, 7.0, 15), "parcel": (0.3, 4.0, 8)}[kind]
    if kind == "parcel" and rng.random() < 0.06:
        return rng.choice([10.0, 15.0]), 20  # rice, boxed fruit
    return round(rng.uniform(low, high), 1), litres


def fumin():
    """Fumin Garden, 28 November 2022: 20 walk-up buildings, 68 entrances, 950 parcels."""
    rng = random.Random(28)
    entrances, doors = [], []
    for building in range(1, 21):
        grid = str((building - 1) // 4 + 1)
        count = 4 if building in (1, 2, 5, 6, 9, 10, 13, 14) else 3
        for entrance in range(1, count + 1):
            name = f"{building}-{entrance}"
            entrances.append({
                "id": name, "building": str(building), "grid": grid, "lift": False,
                "x": 40 + (building - 1) % 4 * 75 + (entrance - 1) * 16,
                "y": 30 + (building - 1) // 4 * 48, "duty": f"duty {name}"})
            for floor in range(1, 8):
                one = floor == 7 and name in ("19-3", "20-3")
                doors += [(name, floor, f"{floor}0{n}") for n in ((1,) if one else (1, 2))]
    windows = {"noon": ("meal", 168, 660, 690), "evening": ("meal", 118, 990, 1010),
               "fresh": ("fresh", 274, 450, 500), "parcel": ("parcel", 390, 780, 1080)}
    shares = {"noon": [35, 35, 35, 34, 29], "evening": [24, 24, 25, 25, 20],
              "fresh": [57, 57, 56, 57, 47], "parcel": [80, 80, 80, 80, 70]}
    by_grid = {g: [] for g in range(1, 6)}
    grid_of = {e["id"]: int(e["grid"]) for e in entrances}
    for door in doors:
        by_grid[grid_of[door[0]]].append(door)
    stops = []
    for g in range(1, 6):
        rng.shuffle(by_grid[g])
    for name, (kind, _, first, last) in windows.items():
        for g in range(1, 6):
            for _ in range(shares[name][g - 1]):
                entrance, floor, door = by_grid[g].pop()
                kg, litres = parcel(rng, kind)
                if (entrance, door) == ("19-3", "701"):
                    kg, litres = 25.0, 30
                stop = {"id": f"{entrance}-{door}", "entrance": entrance, "floor": floor,
                        "class": name, "kg": kg, "litres": litres,
                        "ready": clock(rng.randint(first, last))}
                stops.append(stop)
    rng.shuffle(stops)
    classes = [
        {"name": "noon", "rank": 0, "weight": 4, "service_seconds": 40, "open": "11:00", "close": "12:30"},
        {"name": "evening", "rank": 0, "weight": 4, "service_seconds": 40, "open": "16:30", "close": "18:00"},
        {"name": "fresh", "rank": 1, "weight": 2, "service_seconds": 45, "open": "08:30", "close": "12:00"},
        {"name": "parcel", "rank": 2, "weight": 1, "service_seconds": 45, "open": "14:00", "close": "21:00"}]
    carriers = []
    for i in range(68):
        early = i < 34
        carriers.append({"id": f"{'early' if early else 'late'} {i % 34 + 1}",
                         "grid": str(i % 34 % 5 + 1), "kg": 40, "litres": 160, "hands_kg": 15,
                         "start": "07:00" if early else "15:00" if i >= 51 else "13:30",
                         "end": "15:00" if early else "23:00" if i >= 51 else "21:30", "runs": 6})
    for i in range(20):
        carriers.append({"id": f"cart {i + 1}", "kg": 100, "litres": 400, "hands_kg": 15, "start": "08:00",
                         "end": "21:30", "runs": 6, "slowness_percent": 120, "cart": True,
                         "grid": str(i % 5 + 1)})
    return {"wave": "fumin 2022-11-28", "depot": {"x": 0, "y": 0, "open": "07:00", "close": "21:30"},
            "rules": RULES, "entrances": entrances, "classes": classes, "stops": stops,
            "carriers": carriers}


def qinghu():
    """Qinghu: one block of 183 households, 12 volunteers, baskets in the morning and afternoon."""
    rng = random.Random(183)
    entrances = [{"id": f"u{i + 1}", "building": f"b{i // 3 + 1}", "grid": "", "lift": i >= 6,
                  "x": 30 + i % 3 * 22, "y": 25 + i // 3 * 40, "duty": ""} for i in range(9)]
    doors = [(e["id"], floor, n) for e in entrances for floor in range(1, 12 if e["lift"] else 8)
             for n in (1, 2)]
    doors = rng.sample(doors, min(len(doors), 183))
    while len(doors) < 183:
        doors.append(rng.choice(doors))
    stops = []
    for i, (entrance, floor, n) in enumerate(doors):
        kg, litres = parcel(rng, "fresh")
        stop = {"id": f"basket {i + 1}", "entrance": entrance, "floor": floor,
                "class": "morning" if i % 2 == 0 else "afternoon", "kg": kg, "litres": litres,
                "ready": clock(rng.randint(500, 530) if i % 2 == 0 else rng.randint(830, 860))}
        if i % 37 == 5:
            stop["needs"], stop["level"] = ["protection-2"], 1
        stops.append(stop)
    classes = [{"name": "morning", "weight": 2, "open": "09:00", "close": "11:30"},
               {"name": "afternoon", "open": "14:30", "close": "17:30"}]
    carriers = [{"id": f"volunteer {i + 1}", "kg": 30, "litres": 120, "start": "08:30", "end": "18:00",
                 "runs": 8, "skills": ["protection-2"] if i < 2 else []} for i in range(12)]
    return {"wave": "qinghu", "depot": {"x": 0, "y": 0}, "rules": RULES, "entrances": entrances,
            "classes": classes, "stops": stops, "carriers": carriers}


def urban_village():
    """An urban village: 60 hand-shake buildings of six floors in narrow lanes, shops to fetch from,
    a motorcycle; the way through the lanes is what takes the time."""
    rng = random.Random(60)
    entrances = [{"id": f"lane {i // 10 + 1} no {i % 10 + 1}", "building": str(i + 1),
                  "x": 60 + i % 10 * 38 + rng.randint(-8, 8), "y": 50 + i // 10 * 55 + rng.randint(-8, 8)}
                 for i in range(60)]
    entrances.append({"id": "supermarket", "building": "shops", "x": 520, "y": 180})
    entrances.append({"id": "pharmacy", "building": "shops", "x": -120, "y": 90})
    stops = []
    for i in range(240):
        kind = rng.choice(["meal", "fresh", "parcel", "parcel"])
        kg, litres = parcel(rng, kind)
        stops.append({"id": f"bag {i + 1}", "entrance": rng.choice(entrances[:60])["id"],
                      "floor": rng.randint(1, 6), "class": kind, "kg": kg, "litres": litres,
                      "ready": clock(rng.randint(960, 990))})
    for i in range(12):
        shop = "supermarket" if i < 8 else "pharmacy"
        kind = "fresh" if i < 8 else "medicine"
        stops.append({"id": f"take {i + 1}", "entrance": shop, "floor": 1, "class": kind})
        stops.append({"id": f"bring {i + 1}", "entrance": rng.choice(entrances[:60])["id"],
                      "floor": rng.randint(1, 6), "class": kind, "kg": 3 if i < 8 else 0.2, "litres": 6,
                      "pickup_at": f"take {i + 1}"})
    classes = [{"name": "medicine", "rank": 0, "weight": 50, "open": "16:30", "close": "18:00"},
               {"name": "meal", "rank": 1, "weight": 4, "open": "16:30", "close": "18:30", "hot_minutes": 60},
               {"name": "fresh", "rank": 2, "weight": 2, "open": "16:30", "close": "20:00"},
               {"name": "parcel", "rank": 3, "weight": 1, "open": "16:30", "close": "21:00"}]
    carriers = [{"id": f"walker {i + 1}", "kg": 20, "litres": 90, "start": "16:00", "end": "21:00",
                 "runs": 10} for i in range(14)]
    carriers += [{"id": "motorcycle", "kg": 35, "litres": 140, "start": "16:00", "end": "21:00",
                  "runs": 12, "slowness_percent": 40, "range_minutes": 90}]
    return {"wave": "urban village", "depot": {"x": 0, "y": 0}, "rules": {**RULES, "detour": 1.9},
            "entrances": entrances, "classes": classes, "stops": stops, "carriers": carriers}


def write_wave(name, wave):
    rows = [f'"{key}": ' + ("[\n  " + ",\n  ".join(json.dumps(x, ensure_ascii=False) for x in value) +
                            "\n ]" if isinstance(value, list) else json.dumps(value, ensure_ascii=False))
            for key, value in wave.items()]
    path = ROOT / "examples" / "plan" / f"{name}.json"
    path.write_text("{\n " + ",\n ".join(rows) + "\n}\n")


def vrp(name, size, capacity, seed):
    rng = random.Random(seed)
    lines = [f"NAME : {name}", "COMMENT : made by tools/make_waves.py", "TYPE : CVRP",
             f"DIMENSION : {size + 1}", "EDGE_WEIGHT_TYPE : EUC_2D", f"CAPACITY : {capacity}",
             "NODE_COORD_SECTION"]
    lines += [f"{i + 1} {rng.randint(0, 1000)} {rng.randint(0, 1000)}" for i in range(size + 1)]
    lines += ["DEMAND_SECTION"] + [f"{i + 1} {0 if i == 0 else rng.randint(1, 30)}" for i in range(size + 1)]
    lines += ["DEPOT_SECTION", "1", "-1", "EOF"]
    (ROOT / "tests/data/routing" / f"{name}.vrp").write_text("\n".join(lines) + "\n")


def solomon(name, size, vehicles, capacity, width, seed):
    rng = random.Random(seed)
    lines = [name, "", "VEHICLE", "NUMBER     CAPACITY", f"  {vehicles}         {capacity}", "", "CUSTOMER",
             "CUST NO.   XCOORD.   YCOORD.   DEMAND    READY TIME   DUE DATE   SERVICE TIME", "",
             "    0   50   50   0   0   1000   0"]
    for i in range(1, size + 1):
        ready = rng.randint(0, 700)
        lines.append(f"    {i}   {rng.randint(0, 100)}   {rng.randint(0, 100)}   {rng.randint(1, 30)}   "
                     f"{ready}   {ready + width}   10")
    (ROOT / "tests/data/routing" / f"{name}.txt").write_text("\n".join(lines) + "\n")


def main():
    for folder in ("examples/plan", "tests/data/routing"):
        (ROOT / folder).mkdir(parents=True, exist_ok=True)
    write_wave("fumin", fumin())
    write_wave("qinghu", qinghu())
    write_wave("urban_village", urban_village())
    vrp("scatter60", 60, 100, 1)
    vrp("long120", 120, 400, 2)
    solomon("tight50", 50, 25, 120, 120, 3)
    solomon("wide80", 80, 25, 400, 400, 4)
    solomon("few_vehicles40", 40, 2, 60, 200, 5)


if __name__ == "__main__":
    main()
