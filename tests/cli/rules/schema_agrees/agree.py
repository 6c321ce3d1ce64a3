"""agree.py CDRETL FOLDER COUNT SEED: mapping files changed by dice.

Of every change it is asked whether the JSON Schema of its kind and the program take the file.
Where only the program refuses, its reason must be one that a schema of one file cannot know.
Prints what they differ about, and leaves FOLDER/mutations and FOLDER/verdicts for ajv.cjs.
"""

import copy
import json
import pathlib
import random
import re
import shutil
import subprocess
import sys

import jsonschema

MAPPINGS = pathlib.Path("mappings")
SAMPLE = "tests/samples/csv/seed-grid.tsv"

# What is known only from other files, other members, the calendar or the folder's place.
CROSS_CHECKS = {
    "is declared elsewhere": r"is not declared|unknown value|unknown cause|no country of that id"
    r"|no category is of the group|unknown time zone|is no provider|no profile",
    "one id, one entry": r"declared twice|told twice|listed twice|is there twice|stands there twice"
    r"|claimed by|already used|already, in|named twice",
    "the order of rules": r"never reached|without conditions|default|last rule",
    "the shipped folder has it": r"is missing; a list is due|values: an object is due"
    r"|undetermined: is missing|cause_of_other_codes: (is missing|unknown)|is missing",
    "days of the calendar": r"a day such as|ends before it begins",
    "what a confidence means": r"alternatives|confidence",
    "one code, one meaning": r"used by|is taken|both|form|area",
}

ODD = ["", " ", "x", "UPPER", "Мова", "a b", "tab\tx", "a\n", "488", 0, 1, -1, 488, 488.0, 486.5, 1e3, 700, 99, 128,
       2**31, 10**12, True, False, None, [], [None], [[]], {}, {"x": 1}, ["a", "a"], {"min": 1}, {"min": 5, "max": 1},
       {"max": 3.0}, {"prefix": ""}, {"prefix": "a"}, {"glob": "*"}, {"glob": ""}, {"not": None}, {"not": []},
       {"present": True}, {"present": False}, {"present": 1}, "2024-02-30", "2024-2-3", "2024-01-01T00:00:00Z",
       "2024-01-01", "x" * 300]

# What was taken by one and refused by the other once.
VEGA = "rules/65-provider-vega.json"
ONCE = [
    (VEGA, ("rules", 0, "id"), "Vega.Declined"), (VEGA, ("rules", 0, "id"), "vega declined"),
    (VEGA, ("rules", 0, "id"), "vega.declined\n"), (VEGA, ("rules", 0, "when", "sip_code"), 488.0),
    (VEGA, ("rules", 0, "when", "sip_code"), 488.5), (VEGA, ("rules", 0, "when", "sip_code"), [486.0, None]),
    (VEGA, ("about",), ""), (VEGA, ("about",), 3), (VEGA, ("$schema",), None), (VEGA, ("rules", 0, "valid"), {}),
] + [(VEGA, ("rules", 0, "valid"), {"from": day}) for day in (
    "2024-01-31", "2024-01-31T10:00:00Z", "2024-01-31T10:00Z", "2024-01-31T10:00:00.5+02:00", "2024-01-31T10:00:00",
    "2024-01-31 10:00:00Z", "2024-1-31", "31.01.2024", "2024-13-01", "2024-01-31T25:00:00Z", "2024-01-31T10:00:00+0200",
    "2024-01-31T10:00:00 Z", "2024-01-31T", "2024-01-31Z", "2024-01-31T10Z", "2024-01-31\n", "")] + [
    ("causes.json", ("causes", 0, "q850"), 16.0), ("causes.json", ("causes", 0, "name"), "lower_case"),
    ("causes.json", ("values", "leg"), ["a", "a"]), ("causes.json", ("values", "colour"), ["a"]),
    ("categories.json", ("categories", 0, "code"), "Answered"), ("providers.json", ("providers", 0, "id"), "Vega"),
    ("numbers.json", ("countries", 0, "name"), 3), ("prefixes.json", ("countries", 0, "id"), None),
    ("prefixes.json", ("countries", 0, "ranges", 0, "starts", 0), "38\n"), ("fields/history.json", ("nulls",), ["a", "a"]),
]


def kind_of(name):
    return name.split("/")[0].removesuffix(".json")


def paths(value, path=()):
    yield path
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, member in members:
        yield from paths(member, (*path, key))


def at(value, path):
    for key in path:
        value = value[key]
    return value


def other_case(value, dice):
    if isinstance(value, str):
        return dice.choice([value.upper(), value.lower(), value.title(), value + " ", " " + value, value + "\n"])
    return str(value)


def other_number(value, dice):
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return dice.choice([3, 3.0, 0, -5])
    return dice.choice([float(value), value + 0.5, -value, value * 1000, str(value)])


def change(document, path, dice):
    parent, key, value = at(document, path[:-1]), path[-1], at(document, path)
    way = dice.choice("odd odd odd delete add rename case number twice empty".split())
    if way == "delete":
        del parent[key]
    elif way == "rename" and isinstance(parent, dict):
        parent[dice.choice([key.upper(), key + "s", key[:-1], " " + key])] = parent.pop(key)
    elif way == "add" and isinstance(value, dict):
        value[dice.choice(["colour", "Id", "about", "$schema", "", "note"])] = dice.choice(ODD)
    elif way == "add" and isinstance(value, list):
        value.append(dice.choice(ODD))
    elif way == "case":
        parent[key] = other_case(value, dice)
    elif way == "number":
        parent[key] = other_number(value, dice)
    elif way == "twice" and isinstance(parent, list):
        parent.insert(key, copy.deepcopy(value))
    elif way == "empty" and isinstance(value, (list, dict)):
        value.clear()
    else:
        parent[key] = dice.choice(ODD)


def mutations(files, count, dice):
    """File, what was changed, the changed document; every kind and every key as often."""
    for name, path, value in ONCE:
        document = copy.deepcopy(files[name])
        at(document, path[:-1])[path[-1]] = value
        yield name, path, document
    kinds = sorted({kind_of(name) for name in files})
    for number in range(count):
        name = dice.choice(sorted(n for n in files if kind_of(n) == kinds[number % len(kinds)]))
        document = copy.deepcopy(files[name])
        shapes = {}
        for path in paths(document):
            if path:
                shapes.setdefault(tuple(k if isinstance(k, str) else "#" for k in path), []).append(path)
        path = dice.choice(shapes[dice.choice(sorted(shapes))])
        change(document, path, dice)
        yield name, path, document


def program(cdretl, folder, name):
    """Does it take the folder, and what does it say?"""
    if name == "prefixes.json":
        run = subprocess.run([cdretl, "--mappings", folder, "rules", "lint"], capture_output=True, text=True, check=False)
        return "prefixes.json" not in run.stdout, run.stdout
    run = subprocess.run([cdretl, "--mappings", folder, "--tz", "UTC", "-q", "check", "--untested-rules", SAMPLE],
                         capture_output=True, text=True, check=False)
    if run.returncode not in (0, 1, 3, 4):
        sys.exit(f"{name}: exit {run.returncode}: {run.stderr}")
    return run.returncode != 4, run.stderr


def excuse(said):
    return next((name for name, words in CROSS_CHECKS.items() if re.search(words, said)), None)


def main():
    cdretl, work, count, seed = sys.argv[1], pathlib.Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
    folder = work / "mutated"
    shutil.copytree(MAPPINGS, folder)
    names = [path.relative_to(MAPPINGS) for path in MAPPINGS.rglob("*.json") if "schema" not in path.parts]
    files = {str(name): json.loads((MAPPINGS / name).read_text("utf-8")) for name in names}
    schemas = {kind: jsonschema.Draft202012Validator(json.loads((MAPPINGS / f"schema/{kind}.schema.json").read_text("utf-8")))
               for kind in {kind_of(name) for name in files}}
    tally, differ = {}, []
    with (work / "mutations").open("w") as texts, (work / "verdicts").open("w") as verdicts:
        for name, path, document in mutations(files, count, random.Random(seed)):
            text = json.dumps(document, ensure_ascii=False)
            (folder / name).write_text(text, "utf-8")
            by_schema = schemas[kind_of(name)].is_valid(json.loads(text))
            by_program, said = program(cdretl, folder, name)
            shutil.copy(MAPPINGS / name, folder / name)
            print(json.dumps({"kind": kind_of(name), "text": text}), file=texts)
            print(str(by_schema).lower(), file=verdicts)
            verdict = ("both take it" if by_program else "both refuse it") if by_schema == by_program else None
            if verdict is None and by_schema:
                verdict = excuse(said)
            tally[verdict] = tally.get(verdict, 0) + 1
            if verdict is None:
                value = json.dumps(at(document, path[:-1]), ensure_ascii=False)[:160]
                differ.append(f"{name}: {'.'.join(map(str, path))} in {value}: the schema "
                              f"{'takes' if by_schema else 'refuses'} it, the program says: {said.strip()[:200]}")
    print("\n".join(differ))
    print("; ".join(f"{verdict}: {n}" for verdict, n in sorted(tally.items(), key=str)), file=sys.stderr)


main()
