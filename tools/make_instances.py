#!/usr/bin/env python3
"""Writes benchmark instances in the manner of the public sets, from fixed seeds, into a folder.

    tools/make_instances.py FOLDER

The public files are few and searches are easily tuned to them; these are other draws of the same kinds,
after what the papers say of them: Solomon 1987 and Gehring and Homberger 1999 (windows), Uchoa et al.
2017 (X), Arnold et al. 2019 (Belgium), Accorsi and Vigo 2024 (I). Nothing is known of their optima: they
compare one variant of the search with another (docs/benchmarks/routing.md).
"""

import math
import pathlib
import random
import sys


def clustered(rng, count, side, seeds, spread):
    """Points around seeds, the more likely the nearer (exponential in the distance / spread)."""
    centres = [(rng.uniform(0, side), rng.uniform(0, side)) for _ in range(seeds)]
    points = list(centres)
    while len(points) < count:
        at = (rng.uniform(0, side), rng.uniform(0, side))
        chance = sum(math.exp(-math.dist(at, centre) / spread) for centre in centres)
        if rng.random() < chance:
            points.append(at)
    return points[:count]


def tour(depot, points):
    """Nearest neighbour from the depot: the order that windows of a cluster follow."""
    left, at, order = list(range(len(points))), depot, []
    while left:
        best = min(left, key=lambda i: math.dist(at, points[i]))
        left.remove(best)
        order.append(best)
        at = points[best]
    return order


def solomon(name, kind, count, long_horizon, density, width, seed):
    """kind: R (scattered), C (clusters, windows along a tour of each), RC (half and half)."""
    rng = random.Random(seed)
    scale = {100: 1, 200: 1.4, 400: 2, 600: 3, 800: 4, 1000: 5}[count]
    side = 100 * scale
    service = 90 if kind == "C" else 10
    capacity = (700 if kind == "C" else 1000) if long_horizon else 200
    horizon = int((1000 if long_horizon else 230) * scale * (1.6 if count > 100 else 1))
    if kind == "C":
        horizon = int((3390 if long_horizon else 1236) * (1 + (scale - 1) / 8))
    depot = (side / 2, side / 2)
    scattered = [(rng.uniform(0, side), rng.uniform(0, side)) for _ in range(count)]
    groups = max(3, count // (33 if long_horizon else 10))
    grouped, group_of = [], []
    for i in range(count):
        if i < groups:
            grouped.append((rng.uniform(0, side), rng.uniform(0, side)))
        else:
            x, y = grouped[i % groups]
            grouped.append((x + rng.gauss(0, 4), y + rng.gauss(0, 4)))
        group_of.append(i % groups)
    points = {"R": scattered, "C": grouped, "RC": grouped[:count // 2] + scattered[count // 2:]}[kind]
    points = [(round(min(max(x, 0), side)), round(min(max(y, 0), side))) for x, y in points]
    centre = [0.0] * count
    for i, at in enumerate(points):
        travel = math.dist(depot, at)
        centre[i] = rng.uniform(travel, max(travel, horizon - travel - service))
    if kind == "C":
        for group in range(groups):
            members = [i for i in range(count) if group_of[i] == group]
            now, at = 0.0, depot
            for i in (members[j] for j in tour(depot, [points[i] for i in members])):
                now += math.dist(at, points[i])
                centre[i] = min(now, horizon - service - math.dist(points[i], depot))
                now, at = now + service, points[i]
    rows = []
    for i, at in enumerate(points):
        travel = math.ceil(math.dist(depot, at)) + 1
        latest = horizon - travel - service
        low, high = 0, latest
        if rng.random() < density:
            half = max(5, rng.gauss(width, width / 5)) / 2
            low = max(0, min(int(centre[i] - half), latest))
            high = max(min(int(centre[i] + half), latest), min(travel, latest), low)
        demand = rng.choice([10, 10, 10, 20, 20, 30, 40]) if kind != "R" else rng.randint(1, 35)
        rows.append((i + 1, *at, demand, low, high, service))
    body = "".join("%5d %6d %6d %6d %6d %6d %6d\n" % row for row in
                   [(0, round(depot[0]), round(depot[1]), 0, 0, horizon, 0), *rows])
    return (f"{name}\n\nVEHICLE\nNUMBER     CAPACITY\n {count // 4}  {capacity}\n\nCUSTOMER\n"
            "CUST NO.  XCOORD.  YCOORD.  DEMAND  READY TIME  DUE DATE  SERVICE TIME\n\n" + body)


def cvrplib(name, depot, points, demands, capacity):
    rows = "".join(f"{i + 1}\t{x}\t{y}\n" for i, (x, y) in enumerate([depot, *points]))
    loads = "".join(f"{i + 1}\t{d}\n" for i, d in enumerate([0, *demands]))
    return (f"NAME : {name}\nCOMMENT : in the manner of a public set\nTYPE : CVRP\nDIMENSION : {len(points) + 1}\n"
            f"EDGE_WEIGHT_TYPE : EUC_2D\nCAPACITY : {capacity}\nNODE_COORD_SECTION\n{rows}"
            f"DEMAND_SECTION\n{loads}DEPOT_SECTION\n1\n-1\nEOF\n")


def uchoa(name, count, depot, place, demand, per_route, seed):
    """depot: C(entre), E(dge), R(andom); place: R, C, RC; demand: U (one), (low, high), Q (by quadrant), SL."""
    rng = random.Random(seed)
    at = {"C": (500, 500), "E": (0, 0), "R": (rng.randint(0, 1000), rng.randint(0, 1000))}[depot]
    seeds = rng.randint(3, 8)
    scattered = [(rng.uniform(0, 1000), rng.uniform(0, 1000)) for _ in range(count)]
    points = scattered
    if place != "R":
        share = count if place == "C" else count // 2
        points = clustered(rng, share, 1000, seeds, 40) + scattered[share:]
    points = [(round(x), round(y)) for x, y in points]
    if demand == "U":
        demands = [1] * count
    elif demand == "Q":
        demands = [rng.randint(51, 100) if (x < 500) == (y < 500) else rng.randint(1, 50) for x, y in points]
    elif demand == "SL":
        demands = [rng.randint(50, 100) if rng.random() < 0.15 else rng.randint(1, 10) for _ in points]
    else:
        demands = [rng.randint(*demand) for _ in points]
    return cvrplib(name, at, points, demands, max(max(demands), math.ceil(per_route * sum(demands) / count)))


def towns(name, count, seed, central, capacity, shares, extent):
    """Towns of very unlike size and villages between them, as in a province."""
    rng = random.Random(seed)
    sizes = [1 / (rank + 1) ** 0.8 for rank in range(max(20, count // 100))]
    centres = [(rng.uniform(0, extent), rng.uniform(0, extent)) for _ in sizes]
    points = []
    for _ in range(count):
        if rng.random() < 0.15:
            points.append((rng.uniform(0, extent), rng.uniform(0, extent)))
            continue
        town = rng.choices(range(len(sizes)), sizes)[0]
        spread = extent * 0.09 * math.sqrt(sizes[town])
        points.append((centres[town][0] + rng.gauss(0, spread), centres[town][1] + rng.gauss(0, spread)))
    points = [(round(x), round(y)) for x, y in points]
    depot = (round(extent / 2), round(extent / 2)) if central else (round(-extent * 0.05), round(extent * 0.2))
    demands = [rng.choices([1, 2, 3], shares)[0] for _ in points]
    return cvrplib(name, depot, points, demands, capacity)


def instances():
    for kind in ("R", "C", "RC"):
        for horizon in (1, 2):
            far = horizon == 2
            yield f"s{kind}{horizon}.txt", solomon(f"s{kind}{horizon}", kind, 100, far, 0.8, 160 if far else 40, 7)
    yield "sR1wide.txt", solomon("sR1wide", "R", 100, False, 0.5, 90, 8)
    yield "sRC2open.txt", solomon("sRC2open", "RC", 100, True, 0.25, 240, 9)
    for count, draws in ((200, ("R1", "RC2", "C2")), (400, ("RC1", "R2", "C1")), (600, ("RC2", "R1")),
                         (1000, ("R1", "C1", "RC2", "R2", "C2"))):
        for draw in draws:
            kind, far = draw[:-1], draw[-1] == "2"
            wide = (400 if far else 80) * (2 if count in (400, 600) else 1)
            yield f"g{draw}_{count}.txt", solomon(f"g{draw}_{count}", kind, count, far, 0.75, wide, count + len(draw))
    for number, draw in enumerate((
            (150, "R", "C", (1, 100), 5), (200, "E", "RC", "SL", 18), (280, "C", "R", "Q", 9),
            (430, "E", "C", (5, 10), 4.2), (500, "C", "RC", "U", 25), (640, "R", "R", (50, 100), 8),
            (800, "E", "RC", "SL", 14), (950, "R", "C", (1, 10), 20))):
        name = f"x{draw[0]}"
        yield f"{name}.vrp", uchoa(name, *draw, seed=100 + number)
    yield "b4000long.vrp", towns("b4000long", 4000, 1, False, 150, (5, 3, 2), 2000)
    yield "b6000short.vrp", towns("b6000short", 6000, 2, True, 30, (5, 3, 2), 2500)
    yield "i20000.vrp", towns("i20000", 20000, 3, True, 50, (1, 1, 1), 60000)
    yield "i50000.vrp", towns("i50000", 50000, 4, True, 150, (1, 1, 1), 90000)


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in instances():
        (folder / name).write_text(text, encoding="ascii")


if __name__ == "__main__":
    main()
