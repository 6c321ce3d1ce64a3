#!/usr/bin/env python3
"""affected.py SEED MAPPINGS VALUES: other rules, by dice.

Changes rules of the folder MAPPINGS: some by conditions on what legs have (VALUES: an
object with a list of values for each field; rule_id: rules that decide some) are new, others
gone, moved, or say otherwise.
"""
import glob
import json
import random
import sys

dice = random.Random(int(sys.argv[1]))
folder = sys.argv[2]
with open(sys.argv[3], encoding="utf-8") as file:
    values = {k: v for k, v in json.load(file).items() if v}
deciding = set(values.pop("rule_id"))
tables = {}
for name in sorted(glob.glob(folder + "/rules/*.json")):
    with open(name, encoding="utf-8") as file:
        tables[name] = json.load(file)
thens = [r["then"] for t in tables.values() for r in t["rules"]]


def dressed(value):
    """A text in letters of another case."""
    return dice.choice([str.upper, str.lower, str.title])(value) if isinstance(value, str) else value


def condition(field):
    some = [dressed(dice.choice(values[field])) for _ in range(dice.choice([1, 1, 2]))]
    if isinstance(some[0], int) and not isinstance(some[0], bool):
        forms = [some[0], some, {"min": some[0]}, {"not": some[0]}, [None, some[0]]]
    else:
        some = list(dict.fromkeys(map(str.lower, some)))
        forms = [dressed(some[0]), some, {"glob": some[0][:3] + "*"}, {"prefix": some[0][:4]}, {"not": some[0]}, None]
    # mostly one that says which legs it means
    return dice.choice(forms[:2]) if dice.random() < 0.7 else dice.choice(forms)


def new_rule(number):
    fields = dice.sample(sorted(values), dice.choice([1, 2, 2, 3]))
    return {"id": "dice.%s.%d" % (sys.argv[1], number), "when": {f: condition(f) for f in fields},
            "then": dice.choice(thens), "why": "by dice"}


for number in range(dice.choice([0, 1, 1, 2])):
    place = dice.choice(["05", "55", "75"])
    table = {"rules": [new_rule(number)]}
    with open("%s/rules/%s-dice-%s-%d.json" % (folder, place, sys.argv[1], number), "w", encoding="utf-8") as file:
        json.dump(table, file, ensure_ascii=False)
for _ in range(dice.choice([0, 1, 2, 3])):
    name, at = dice.choice([(n, i) for n, t in tables.items() if "default" not in n
                            for i, r in enumerate(t["rules"]) if r["id"] in deciding])
    rules = tables[name]["rules"]
    change = dice.choice(["gone", "then", "moved", "why", "id"])
    if change == "gone":
        del rules[at]
    elif change == "then":
        rules[at]["then"] = dice.choice(thens)
    elif change == "moved":
        rules.insert(dice.randrange(len(rules)), rules.pop(at))
    elif change == "why":
        rules[at]["why"] = "by dice"
    else:
        rules[at]["id"] += ".dice" + sys.argv[1]
    with open(name, "w", encoding="utf-8") as file:
        json.dump(tables[name], file, ensure_ascii=False)
if dice.random() < 0.1:
    with open(folder + "/announcements.json", encoding="utf-8") as file:
        heard = json.load(file)
    heard["announcements"].pop()
    with open(folder + "/announcements.json", "w", encoding="utf-8") as file:
        json.dump(heard, file, ensure_ascii=False)
