#!/usr/bin/env python3
"""Do pages of the last release still work with this program? Compares two OpenAPI documents of `doorstep openapi`.

    doorstep openapi | check_api.py docs/api.json            what the older pages would stumble over; status 1 if anything
    doorstep openapi | check_api.py docs/api.json --record   this program is the release from now on

A page that stays open over an upgrade asks for what it knew and reads what it knew: each operation must still be there, take
every body that it took, and answer with every field that was always there, of the same type. New operations, new fields
and further values are free.
"""

import argparse
import json
import sys


def merged(parts):
    """Schemas whose parts all hold (allOf) as one."""
    whole = {"type": "object", "properties": {}, "required": []}
    for part in parts:
        whole["properties"].update(part.get("properties", {}))
        whole["required"] += part.get("required", [])
    return whole


def plain(schema):
    return merged(schema["allOf"]) if schema and "allOf" in schema else schema or {}


def taken(old, new, where, found):
    """What the older page sends must be taken."""
    old, new = plain(old), plain(new)
    if old.get("type") != new.get("type"):
        found.append(f"{where}: was sent as {old.get('type')}, is taken as {new.get('type')}")
        return
    for value in old.get("enum", []):
        if "enum" in new and value not in new["enum"]:
            found.append(f"{where}: {value} is not taken any more")
    for name in new.get("required", []):
        if name not in old.get("required", []):
            found.append(f"{where}.{name}: is required now")
    for name, schema in old.get("properties", {}).items():
        if name not in new.get("properties", {}):
            found.append(f"{where}.{name}: is not taken any more")
        else:
            taken(schema, new["properties"][name], f"{where}.{name}", found)
    if "items" in old:
        taken(old["items"], new.get("items"), f"{where}[]", found)


def given(old, new, where, found):
    """What the older page reads must be given."""
    old, new = plain(old), plain(new)
    if old.get("type") != new.get("type"):
        found.append(f"{where}: was {old.get('type')}, is {new.get('type')}")
        return
    for name, schema in old.get("properties", {}).items():
        always = name in old.get("required", [])
        if name not in new.get("properties", {}):
            found.append(f"{where}.{name}: is not given any more")
        elif always and name not in new.get("required", []):
            found.append(f"{where}.{name}: was always given, may be absent now")
        else:
            given(schema, new["properties"][name], f"{where}.{name}", found)
    if "items" in old:
        given(old["items"], new.get("items"), f"{where}[]", found)


def schema_of(message):
    return next((one.get("schema") for one in message.get("content", {}).values()), None)


def stumbles(old, new):
    """Sentences, none where the older pages go on."""
    found = []
    for path, methods in old["paths"].items():
        for method, was in methods.items():
            now = new["paths"].get(path, {}).get(method)
            where = f"{method.upper()} {path}"
            if now is None:
                found.append(f"{where}: is gone")
                continue
            fields = {one["name"]: one for one in now.get("parameters", [])}
            sent = {one["name"] for one in was.get("parameters", [])}
            for one in was.get("parameters", []):
                if one["name"] not in fields:
                    found.append(f"{where}?{one['name']}: is not taken any more")
                else:
                    taken(one.get("schema"), fields[one["name"]].get("schema"), f"{where}?{one['name']}", found)
            found += [f"{where}?{name}: is required now" for name, one in fields.items()
                      if one.get("required") and name not in sent]
            taken(schema_of(was.get("requestBody", {})), schema_of(now.get("requestBody", {})), where, found)
            for status, answer in was.get("responses", {}).items():
                if status in now.get("responses", {}):
                    given(schema_of(answer), schema_of(now["responses"][status]), f"{where} {status}", found)
    return found


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("recorded")
    options.add_argument("--record", action="store_true")
    chosen = options.parse_args()
    new = json.load(sys.stdin)
    if chosen.record:
        with open(chosen.recorded, "w", encoding="utf-8") as out:
            # An operation a line: a change of one is a change of one line.
            out.write('{"paths": {\n')
            out.write(",\n".join(f"{json.dumps(path)}: {json.dumps(one, ensure_ascii=False, separators=(',', ':'))}"
                                 for path, one in sorted(new["paths"].items())))
            out.write("\n}}\n")
        return 0
    with open(chosen.recorded, encoding="utf-8") as recorded:
        old = json.load(recorded)
    found = stumbles(old, new)
    for one in found:
        print(one)
    print(f"{sum(len(one) for one in old['paths'].values())} operations of the last release, {len(found)} that its pages stumble over")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
