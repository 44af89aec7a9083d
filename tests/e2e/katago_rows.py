#!/usr/bin/env python3
"""KataGo's training rows of one game, as KataGo itself writes them.

    katago_rows.py record  --katago BINARY --out FILE
    katago_rows.py compare --katago BINARY --golden FILE

KataGo's self-tests (`katago runoutputtests`) play a game on 7×7 without a net and print every fifth of its rows.
`record` saves this game and its rows as JSON: tests/golden/katago_rows.json, with which
tests/selfplay/rows/katago_rows_test.cc compares our rows. `compare` checks that a KataGo still writes the same rows. Exit
code 0 if so, 1 if not, 77 (skipped) if the program is missing or has no such test.
"""
import argparse
import json
import os
import subprocess
import sys

BEGIN = "seedBase: passalive-forcedtrue"
ARRAYS = ["binaryInputNCHWPacked", "globalInputNC", "policyTargetsNCMove", "globalTargetsNC", "scoreDistrN",
          "valueTargetsNCHW", "qValueTargetsNCMove"]


def number(word):
    value = float(word)
    return int(value) if value == int(value) else value


def rows_of(name, lines):
    """The numbers of an array, one list per row. Packed bits stay text."""
    if name == "binaryInputNCHWPacked":
        return lines
    return [[number(word) for word in line.split()] for line in lines]


def parse(output):
    """The game and its rows, or None."""
    lines = output.splitlines()
    if BEGIN not in lines:
        return None
    lines = lines[lines.index(BEGIN):]
    record = {"what": "printed by `katago runoutputtests` (KataGo v1.17.2), " + BEGIN}
    for line in lines:
        if line.startswith("Rules "):
            record["rules"] = line[len("Rules "):]
        if line.startswith("Game result "):
            record["result"] = line[len("Game result "):]
        if line.startswith("Last moves "):
            record["moves"] = line.split()[2:]
            break
    for name in ARRAYS:
        begin = lines.index(name) + 2
        end = begin
        while lines[end].strip():
            end += 1
        header = lines[begin - 1]
        record[name] = {"type": header.split("'descr':'")[1].split("'")[0],
                        "shape": json.loads("[" + header.split("'shape':(")[1].split(")")[0] + "]"),
                        "rows": rows_of(name, lines[begin:end])}
    return record


def rows_by(binary):
    output = subprocess.run([binary, "runoutputtests"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
                            timeout=600, check=False).stdout
    return parse(output)


def text_of(record):
    """JSON with one row per line."""
    parts = []
    for key, value in record.items():
        if isinstance(value, dict):
            rows = ",\n".join(json.dumps(row, separators=(",", ":")) for row in value["rows"])
            head = json.dumps({"type": value["type"], "shape": value["shape"]})[:-1]
            parts.append(f"{json.dumps(key)}: {head}, \"rows\": [\n{rows}]}}")
        else:
            parts.append(f"{json.dumps(key)}: {json.dumps(value)}")
    return "{" + ",\n".join(parts) + "}\n"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("action", choices=["record", "compare"])
    parser.add_argument("--katago", default=os.environ.get("PONNUKI_TEST_KATAGO"))
    parser.add_argument("--out")
    parser.add_argument("--golden")
    arguments = parser.parse_args()
    if not arguments.katago or not os.path.exists(arguments.katago):
        print("skipped: PONNUKI_TEST_KATAGO names no KataGo program")
        return 77
    record = rows_by(arguments.katago)
    if record is None:
        print("skipped: this KataGo's tests have no such game")
        return 77
    text = text_of(record)
    if arguments.action == "record":
        with open(arguments.out, "w", encoding="utf-8") as file:
            file.write(text)
        return 0
    with open(arguments.golden, encoding="utf-8") as file:
        golden = file.read()
    same = json.loads(golden) == json.loads(text)
    print("the same rows" if same else "other rows than " + arguments.golden)
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
