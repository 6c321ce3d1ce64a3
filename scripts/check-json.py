"""check-json.py FILE... - JSON that parses, says no key twice, and holds to its schema.

A mapping file is held against mappings/schema: rules/*.json against
rules.schema.json, causes.json against causes.schema.json, and so on, where such a
schema is shipped and python3-jsonschema is installed.
"""

import json
import pathlib
import sys

try:
    import jsonschema
except ImportError:
    jsonschema = None

SCHEMAS = pathlib.Path("mappings/schema")


def no_key_twice(pairs):
    keys = [key for key, _ in pairs]
    twice = sorted({key for key in keys if keys.count(key) > 1})
    if twice:
        raise ValueError(f"key twice: {', '.join(twice)}")
    return dict(pairs)


def schema_of(path):
    """The schema of a file of mappings/, by its folder or by its name."""
    parts = path.parts
    if parts[0] != "mappings" or parts[1] == "schema" or jsonschema is None:
        return None
    name = parts[1] if len(parts) > 2 else path.stem
    for candidate in (name, name.rstrip("s")):
        schema = SCHEMAS / f"{candidate}.schema.json"
        if schema.exists():
            return json.loads(schema.read_text("utf-8"))
    return None


def faults(path):
    try:
        document = json.loads(path.read_text("utf-8"), object_pairs_hook=no_key_twice)
    except ValueError as error:
        return [str(error)]
    if path.parts[:2] == SCHEMAS.parts and jsonschema is not None:
        try:
            jsonschema.Draft202012Validator.check_schema(document)
        except jsonschema.SchemaError as error:
            return [f"no valid schema: {error.message}"]
        return []
    schema = schema_of(path)
    if schema is None:
        return []
    validator = jsonschema.Draft202012Validator(schema)
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(document)]


def main():
    found = [(path, fault) for path in map(pathlib.Path, sys.argv[1:]) for fault in faults(path)]
    for path, fault in found:
        print(f"{path}: {fault}")
    return 1 if found else 0


sys.exit(main())
