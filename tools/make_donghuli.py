#!/usr/bin/env python3
"""make_donghuli.py [FOLDER]: writes donghuli-dwellings.csv and donghuli-residents.csv, the demo data of a heat wave.

Donghuli of the scenario: 3 buildings, 6 entrances, 240 dwellings, 512 residents, of them 64 people in 58 households whom the
heat endangers. Names, phones and birthdays are invented; the same numbers come out on every machine.
"""

import csv
import pathlib
import sys

from make_fumin import MEN, SURNAMES, WOMEN, Chance

YEAR = 2026
HOUSEHOLDS, RESIDENTS = 240, 512
# Door: [(name, sex, age, relation, phone, notes)].
NAMED = {
    ("1栋", "1单元", 601): [("顾爷爷", "男", 88, "本人", "13000006001", "没有电梯；夜里屋里34度半，钥匙在楼栋长那里")],
    ("2栋", "2单元", 302): [("小温", "女", 24, "本人", "13000006002", ""), ("温小满", "女", 0, "女儿", "", "")],
    ("3栋", "1单元", 201): [("彭叔叔", "男", 70, "本人", "13000006003", "卧床"), ("彭阿姨", "女", 68, "妻子", "", "")],
    ("1栋", "2单元", 402): [("丁老师", "女", 66, "本人", "", "没有电话；门上挂绿牌")],
    ("3栋", "2单元", 101): [("郁婆婆", "女", 79, "本人", "13000006005", "只说吴语，不识字")],
    ("2栋", "1单元", 502): [("许伯", "男", 81, "本人", "13000006006", "耳背，多敲一会儿")],
}


def doors():
    for number in range(HOUSEHOLDS):
        entrance, within = divmod(number, 40)
        floor = within // 4 + 1
        yield f"{entrance // 2 + 1}栋", f"{entrance % 2 + 1}单元", floor, floor * 100 + within % 4 + 1


def name(chance, sex):
    given = MEN if sex == "男" else WOMEN
    return SURNAMES[chance.below(len(SURNAMES))] + "".join(given[chance.below(len(given))] for _ in range(2))


def residents(chance):
    """Rows of the table; every sixth household is one old person alone."""
    made, rows = 0, []
    left = RESIDENTS - sum(len(people) for people in NAMED.values())
    open_doors = [door for door in doors() if (door[0], door[1], door[3]) not in NAMED]
    for at, (building, entrance, _, door) in enumerate(open_doors):
        alone = at % 6 == 0
        size = 1 if alone else min(1 + chance.below(3) + (at % 3 == 0), left - (len(open_doors) - at - 1))
        if at == len(open_doors) - 1:
            size = left
        left -= size
        for one in range(size):
            made += 1
            age = 76 + chance.below(16) if alone else 28 + chance.below(35) if one < 2 else 3 + chance.below(14)
            sex = "男" if chance.below(2) else "女"
            day = f"{YEAR - age}-{1 + chance.below(12):02}-{1 + chance.below(28):02}"
            relation = "本人" if one == 0 else "配偶" if one == 1 else "子女"
            rows.append((building, entrance, door, name(chance, sex), sex, day, f"1300002{made:04}", relation, ""))
    for (building, entrance, door), people in NAMED.items():
        for who, sex, age, relation, phone, notes in people:
            rows.append((building, entrance, door, who, sex, f"{YEAR - age}-04-12", phone, relation, notes))
    return sorted(rows, key=lambda row: (row[0], row[1], row[2]))


def write(path, header, rows):
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def main():
    folder = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent.parent / "demo")
    write(folder / "donghuli-dwellings.csv", ["楼栋", "单元", "楼层", "门牌"], doors())
    rows = residents(Chance(20260726))
    assert len(rows) == RESIDENTS, len(rows)
    write(folder / "donghuli-residents.csv", ["楼栋", "单元", "门牌", "姓名", "性别", "出生日期", "电话", "关系", "备注"], rows)


if __name__ == "__main__":
    main()
