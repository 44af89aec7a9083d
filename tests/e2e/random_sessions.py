#!/usr/bin/env python3
"""random_sessions.py PROGRAM SESSIONS [SEED]: random conversations with GTP and with the JSON engine, by a grammar.

PROGRAM should be built with sanitizers (presets dev and tsan): they look for what a conversation breaks inside. Half of
the sessions speak GTP: any command of list_commands, on any board, with arguments of the kinds that commands take. The
others speak JSON: queries, settings and actions, with fields that are right, at their limits, or of a wrong type. Each
command and each position gets exactly one answer, and the program ends with exit code 0 and without a report.
"""
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time

PROGRAM, SESSIONS = os.path.abspath(sys.argv[1]), int(sys.argv[2])
SEED = int(sys.argv[3]) if len(sys.argv) > 3 else random.randrange(1000000)
COLUMNS = "ABCDEFGHJKLMNOPQRSTUVWXYZ"
REPORT = re.compile(r"Sanitizer|runtime error|terminate called|check failed", re.I)
RULES = ["chinese", "japanese", "korean", "aga", "new-zealand", "tromp-taylor", "bga", "stone-scoring", "ancient", "x"]
OPTIONS = ["--net", "none", "--threads", "2"]


def converse(arguments, lines, pauses):
    """Sends the lines, with some pauses in between so that searches are under way. Returns what the program said."""
    said, errors = tempfile.TemporaryFile("w+"), tempfile.TemporaryFile("w+")
    process = subprocess.Popen([PROGRAM, *arguments], stdin=subprocess.PIPE, stdout=said, stderr=errors, text=True)
    try:
        for line in lines:
            process.stdin.write(line + "\n")
            if pauses.random() < 0.1:
                process.stdin.flush()
                time.sleep(pauses.uniform(0, 0.02))
        process.stdin.close()
    except BrokenPipeError:
        pass
    code = process.wait(120)
    said.seek(0)
    errors.seek(0)
    error = errors.read()
    assert not REPORT.search(error), error
    assert code == 0, f"exit code {code}: {error}"
    return said.read()


# --- GTP

def vertex(r, size):
    return r.choice(COLUMNS[:size + 1 if r.random() < 0.05 else size]) + str(r.randint(1, size))


def number(r, limit):
    return r.choice([str(r.randint(-1, 30)), str(r.randint(-1, 30)), f"{r.uniform(-50, 50):.3f}", "1e9", "-1e400", "nan",
                     "9223372036854775807"] if not limit else [str(r.randint(-1, 30)), f"{r.uniform(-50, 50):.3f}"])


def argument(r, size, names, limit):
    return r.choice([
        lambda: r.choice("bw"),
        lambda: vertex(r, size),
        lambda: vertex(r, size),
        lambda: number(r, limit),
        lambda: r.choice(names),
        lambda: r.choice(RULES),
        lambda: json.dumps({r.choice(names): r.choice([1, 2.5, "x", [], True, None]) for _ in range(r.randint(0, 3))}),
        lambda: r.choice("pass resign allow avoid interval dead alive seki ownership true canadian byoyomi fischer 5k 9d "
                         "none rootInfo movesOwnership minmoves maxmoves pvVisits".split()),
    ])()


# What sets how long a search may take gets small numbers, or a session would take for ever.
SLOW = re.compile(r"param|setoption|visits|playouts|level|analy|genmove")


def gtp_session(r, commands, names):
    size = r.choice([2, 5, 7, 9, 9, 13, 19, 25])
    lines = [f"boardsize {size}"]
    if r.random() < 0.5:
        lines.append(f"kata-set-rules {r.choice(RULES)}")
    for _ in range(r.randint(10, 60)):
        line = f"play {r.choice('bw')} {vertex(r, size)}"
        if r.random() < 0.5:
            line = command = r.choice(commands)
            for _ in range(r.randint(0, 4)):
                line += " " + argument(r, size, names, SLOW.search(command))
            if line.startswith("boardsize"):
                size = r.choice([3, 9, 19])
                line = f"boardsize {size}"
        lines.append(line)
    text = converse(["gtp", *OPTIONS, "--visits", "8"], [*(f"{i} {line}" for i, line in enumerate(lines)), "quit"], r)
    ids = re.findall(r"^[=?](\d+)", text, re.M)
    assert ids == [str(i) for i in range(len(lines))], "not one answer for each of these: " + "\n".join(lines)


# --- JSON

def wrong(r, value):
    """The value, or one of another kind."""
    return value if r.random() < 0.97 else r.choice([None, True, -1, 1e300, 0.5, "", "x", [], {}, [[[]]], 2**63])


def query(r, number):
    width = r.choice([2, 5, 9, 9, 13, 19, 25])
    height = width if r.random() < 0.8 else r.randint(2, 25)
    point = lambda: r.choice(COLUMNS[:width]) + str(r.randint(1, height)) if r.random() < 0.95 else "pass"
    moves = [["BW"[i % 2] if r.random() < 0.98 else "B", point()] for i in range(r.randint(0, 30))]
    if r.random() < 0.8:  # without moves onto stones, so that most are legal
        seen = set()
        moves = [move for move in moves if move[1] == "pass" or not (move[1] in seen or seen.add(move[1]))]
    fields = {
        "moves": moves,
        "rules": r.choice([r.choice(RULES), {"ko": "SIMPLE", "scoring": "TERRITORY", "tax": "SEKI", "suicide": False}]),
        "komi": r.choice([7.5, 6.5, 0, -150, 3.25]), "boardXSize": width, "boardYSize": height,
        "maxVisits": r.randint(1, 20)}
    more = {
        "initialStones": [[r.choice("BW"), point()] for _ in range(r.randint(0, 5))], "initialPlayer": r.choice("BW"),
        "analyzeTurns": r.sample(range(len(moves) + 1), r.randint(1, min(5, len(moves) + 1))),
        "priority": r.randint(-5, 5), "analysisPVLen": r.randint(1, 20), "rootPolicyTemperature": r.uniform(0.1, 2),
        "rootFpuReductionMax": r.random(), "includeOwnership": True, "includeOwnershipStdev": True,
        "includeMovesOwnership": True, "includeMovesOwnershipStdev": True, "includePolicy": True,
        "includePVVisits": True, "includeNoResultValue": True, "reportDuringSearchEvery": r.uniform(0.001, 1),
        "firstReportDuringSearchAfter": 0.001, "whiteHandicapBonus": r.choice(["0", "N", "N-1"]),
        r.choice(["avoidMoves", "allowMoves"]): [{"player": r.choice("BW"), "moves": [point() for _ in range(3)],
                                                  "untilDepth": r.randint(1, 5)}],
        "overrideSettings": {r.choice(["maxTime", "wideRootNoise", "ignorePreRootHistory", "preventCleanupPhase",
                                       "reportAnalysisWinratesAs", "cpuctExploration", "numSearchThreads"]):
                             r.choice([1, 0.5, True, "BLACK", "SIDETOMOVE", [], None])},
        "unknownField": 1}
    for name in r.sample(sorted(more), r.randint(0, 6)):
        fields[name] = more[name]
    fields = {name: wrong(r, value) for name, value in fields.items()}
    fields["id"] = str(number)
    return fields


def json_session(r):
    lines, queries = [], {}
    for number in range(r.randint(3, 15)):
        if r.random() < 0.75:
            fields = query(r, number)
            queries[fields["id"]] = fields
            lines.append(json.dumps(fields))
        else:
            action = {"id": f"action {number}", "action": wrong(r, r.choice(
                ["query_version", "query_models", "clear_cache", "terminate", "terminate_all", "x"])),
                "terminateId": str(r.randint(0, number)), "turnNumbers": wrong(r, [0, 1, 2])}
            lines.append(json.dumps(action)[:None if r.random() < 0.9 else r.randint(0, 40)])
    answers = [json.loads(line) for line in converse(["analysis", *OPTIONS], lines, r).splitlines()]
    for name, fields in queries.items():
        own = [answer for answer in answers if answer.get("id") == name and "action" not in answer]
        refused = sum("error" in answer for answer in own)
        ends = [answer["turnNumber"] for answer in own
                if "turnNumber" in answer and not answer.get("isDuringSearch", False)]
        turns = fields.get("analyzeTurns", [len(fields["moves"])] if isinstance(fields["moves"], list) else [])
        assert (refused and not ends) or (isinstance(turns, list) and sorted(ends) == sorted(set(turns))), \
            f"answers for turns {ends}, {refused} errors: {json.dumps(fields)}"


def main():
    with tempfile.TemporaryDirectory() as work:
        os.chdir(work)
        text = converse(["gtp", *OPTIONS], ["list_commands", "quit"], random.Random(0))
        commands = [name for name in text.replace("=", " ").split() if "benchmark" not in name and name != "quit"]
        text = converse(["gtp", *OPTIONS], ["kata-list-params", "quit"], random.Random(0))
        names = text.replace("=", " ").split()
        for number in range(SESSIONS):
            r = random.Random(f"{SEED} {number}")
            try:
                json_session(r) if number % 2 else gtp_session(r, commands, names)
            except (AssertionError, subprocess.TimeoutExpired) as error:
                print(f"session {number} with seed {SEED}: {str(error)[:20000]}", flush=True)
                return 1
        print(f"{SESSIONS} sessions with seed {SEED}: nothing found")
        os.chdir("/")
    return 0


if __name__ == "__main__":
    sys.exit(main())
