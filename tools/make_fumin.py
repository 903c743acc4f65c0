#!/usr/bin/env python3
"""make_fumin.py [FOLDER]: writes fumin-dwellings.csv and fumin-residents.csv, the demo data.

Fumin Garden of the scenario: 20 buildings, 68 entrances, 950 dwellings, 5 grids, 1,987 residents.
Names, phones and birthdays are invented; the same numbers come out on every machine.
"""

import csv
import pathlib
import sys

RESIDENTS = 1987
FOUR_ENTRANCES = {1, 2, 5, 6, 9, 10, 13, 14}
GRIDS = "一二三四五"
FLOORS = 7
YEAR = 2022
LONE_ELDERS = 41
WITHOUT_SMARTPHONE = 63

SURNAMES = ("李王张刘陈杨黄赵周吴徐孙朱马胡郭林何高梁郑罗宋谢唐韩曹许邓萧冯曾程蔡彭潘袁于董余"
            "苏叶吕魏蒋田杜丁沈姜范江傅钟卢汪戴崔任陆廖姚方金邱夏谭韦贾邹石熊孟秦阎薛侯雷白龙段郝"
            "孔邵史毛常万顾赖武康贺严尹钱施牛洪龚冉牟向覃")
MEN = "伟强磊军洋勇杰涛超明刚平辉鹏斌波建国志德永福荣贵宝文光华林海亮峰浩宇轩泽睿晨"
WOMEN = "芳娜敏静丽艳娟秀英玲燕红霞萍桂珍兰凤梅淑琴琼素云莲玉慧洁雪婷怡欣颖倩佳瑶琳萱"

# Door: [(name, sex, age, relation, phone, notes)].
NAMED = {
    (3, 2, 301): [("张阿姨", "女", 76, "本人", "13000000301", "无智能手机；膝盖不好，敲门后请等一等")],
    (10, 2, 301): [("许先生", "男", 45, "本人", "13000001001", ""), ("何秀兰", "女", 43, "妻子", "", "")],
    (7, 1, 702): [("冉师傅", "男", 50, "本人", "13000000701", ""), ("向玉梅", "女", 47, "妻子", "", ""),
                  ("冉小雨", "女", 14, "女儿", "", ""), ("冉小川", "男", 9, "儿子", "", "")],
    (13, 1, 501): [("黄奶奶", "女", 81, "本人", "", "无电话；耳背，请大声敲门")],
    (19, 3, 701): [("小何", "男", 27, "本人", "13000001903", "")],
}


class Chance:
    """SplitMix64, so that the files do not depend on the version of Python."""

    def __init__(self, seed):
        self.state = seed

    def below(self, bound):
        self.state = (self.state + 0x9E3779B97F4A7C15) % 2**64
        z = self.state
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9 % 2**64
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB % 2**64
        return (z ^ (z >> 31)) % bound

    def of(self, choices):
        return choices[self.below(len(choices))]


def doors():
    for building in range(1, 21):
        for entrance in range(1, (4 if building in FOUR_ENTRANCES else 3) + 1):
            for floor in range(1, FLOORS + 1):
                for side in (1, 2):
                    if building >= 19 and entrance == 3 and floor == FLOORS and side == 2:
                        continue
                    yield building, entrance, floor * 100 + side


def name(chance, sex, surname=None):
    given = MEN if sex == "男" else WOMEN
    count = 1 if chance.below(5) == 0 else 2
    return (surname or chance.of(SURNAMES)) + "".join(chance.of(given) for _ in range(count))


def birthday(chance, age):
    return f"{YEAR - age}-{1 + chance.below(10):02d}-{1 + chance.below(28):02d}"


def couple(chance, youngest, oldest):
    surname = chance.of(SURNAMES)
    age = youngest + chance.below(oldest - youngest + 1)
    head = (name(chance, "男", surname), "男", age, "本人")
    return surname, [head, (name(chance, "女"), "女", max(22, age - chance.below(5)), "妻子")]


def child(chance, surname, parent_age):
    sex = chance.of("男女")
    age = max(0, min(parent_age - 24 - chance.below(8), 25))
    return (name(chance, sex, surname), sex, age, "儿子" if sex == "男" else "女儿")


def household(chance, size):
    """(name, sex, age, relation) of `size` people who could live together."""
    if size == 1:
        sex = chance.of("男女")
        return [(name(chance, sex), sex, 22 + chance.below(37), "本人")]
    if size == 2 and chance.below(2) == 0:
        return couple(chance, 60, 88)[1]
    surname, people = couple(chance, 27, 52)
    age = people[0][2]
    for _ in range(min(size - 2, 2)):
        people.append(child(chance, surname, age))
    while len(people) < size:
        sex = "女" if len(people) == 4 else "男"
        grandparent = min(94, age + 23 + chance.below(8))
        people.append((name(chance, sex, surname if sex == "男" else None), sex, grandparent,
                       "母亲" if sex == "女" else "父亲"))
    return people


def sizes(chance, count, people):
    """`count` sizes from 1 to 5 that come to `people`."""
    chosen = [chance.of((1, 1, 2, 2, 2, 3, 3, 4)) for _ in range(count)]
    at = 0
    while sum(chosen) != people:
        step = 1 if sum(chosen) < people else -1
        if 1 <= chosen[at % count] + step <= 5:
            chosen[at % count] += step
        at += 7
    return chosen


def residents(all_doors):
    chance = Chance(20221120)
    free = [door for door in all_doors if door not in NAMED]
    order = sorted(free, key=lambda door: (chance.below(2**32), door))
    lone = set(order[:LONE_ELDERS - 2])  # 张阿姨 and 黄奶奶 are the other two.
    old_phone = set(order[:WITHOUT_SMARTPHONE - 2])
    named = sum(len(people) for people in NAMED.values())
    others = [door for door in free if door not in lone]
    size = dict(zip(others, sizes(chance, len(others), RESIDENTS - named - len(lone))))
    phone = 13000010000
    for door in all_doors:
        if door in NAMED:
            for who in NAMED[door]:
                yield door, who[:2] + (birthday(chance, who[2]), who[4], who[3], who[5])
            continue
        if door in lone:
            sex = chance.of("男女女")
            people = [(name(chance, sex), sex, 68 + chance.below(25), "本人")]
        else:
            people = household(chance, size[door])
            while len({who[0] for who in people}) < len(people):
                people = household(chance, size[door])
        for at, (who, sex, age, relation) in enumerate(people):
            phone += 1
            reached = str(phone) if 12 <= age <= 85 or at == 0 else ""
            notes = "无智能手机" if door in old_phone and at == 0 else ""
            if door in lone and chance.below(6) == 0:
                notes = "；".join(filter(None, [notes, "独居，请多敲一会儿"]))
            yield door, (who, sex, birthday(chance, age), reached, relation, notes)


def write(path, header, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def main():
    folder = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "demo")
    all_doors = list(doors())
    people = list(residents(all_doors))
    assert len(all_doors) == 950 and len(people) == RESIDENTS
    assert len({door for door, _ in people}) == 950
    write(folder / "fumin-dwellings.csv", ["网格", "楼栋", "单元", "楼层", "门牌", "电梯"],
          ((f"{GRIDS[(b - 1) // 4]}网格", f"{b}栋", f"{e}单元", d // 100, d, "无")
           for b, e, d in all_doors))
    write(folder / "fumin-residents.csv",
          ["楼栋", "单元", "门牌", "姓名", "性别", "出生日期", "电话", "关系", "备注"],
          ((f"{b}栋", f"{e}单元", d, *who) for (b, e, d), who in people))


if __name__ == "__main__":
    main()
