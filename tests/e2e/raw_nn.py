#!/usr/bin/env python3
"""Compares raw outputs of nets with KataGo's, position by position.

    raw_nn.py record  --katago BINARY --net FILE --out FILE [--count N] [--seed N] [--per-game N] [--small]
    raw_nn.py compare --katago BINARY --net FILE --ponnuki BINARY [--ponnuki-net FILE] [--count N] [--seed N]

`record` writes KataGo's answers to kata-raw-nn for many positions, one JSON object per line. tests/golden/raw_nn.jsonl
is such a file (--count 100 --per-game 1 --small), which tests/nn/evaluators/raw_nn_test.cc reads.
tests/golden/random_nets.jsonl joins those of the nets that `PONNUKI_WRITE_NETS=FOLDER ponnuki_nn_tests [.write]` writes:
for each --count 3 --per-game 1 --small --version V, with --optimism 0 and from version 12 on also 0.7;
tests/golden/converted_nets.jsonl those of its converted nets, --count 6 --per-game 1 --small --version V;
tests/golden/transformer_nets.jsonl those of trained nets, --count 12 --per-game 1 --small --name NAME. `compare` sends
the same commands to both programs and compares the answers: probabilities and ownership within 1e-3, scores within
0.02. --ponnuki-net is another file of the same net. Exit code 0 if all agree, 1 if not, 77 (skipped) if a program or
the net is missing.
"""
import argparse
import json
import os
import random
import subprocess
import sys
import tempfile

PROBABILITY, SCORE = 1e-3, 0.02
COLUMNS = "ABCDEFGHJKLMNOPQRSTUVWXYZ"
CONFIG = """logFile = {log}
logToStderr = false
logAllGTPCommunication = false
logSearchInfo = false
rules = tromp-taylor
allowResignation = false
resignThreshold = -0.99
resignConsecTurns = 10
maxVisits = 2
numSearchThreads = 1
ponderingEnabled = false
nnMaxBatchSize = 2
nnCacheSizePowerOfTwo = 12
nnMutexPoolSizePowerOfTwo = 10
numNNServerThreadsPerModel = 1
"""


class Engine:
    """A GTP program."""

    def __init__(self, command):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.DEVNULL, text=True, bufsize=1)

    def ask(self, command):
        """The lines of the answer, without the mark. An error raises RuntimeError."""
        self.process.stdin.write(command + "\n")
        self.process.stdin.flush()
        lines = []
        while True:
            line = self.process.stdout.readline()
            if not line:
                raise RuntimeError(f"the program ended at '{command}'")
            if line.strip():
                lines.append(line.rstrip("\n"))
            elif lines:
                break
        # kata-raw-nn all has empty lines inside; one symmetry per call avoids them.
        if not lines[0].startswith("="):
            raise RuntimeError(f"'{command}': {lines[0]}")
        lines[0] = lines[0][1:].strip()
        return lines

    def quit(self):
        self.ask("quit")
        self.process.wait(timeout=20)


def parse_report(lines):
    """kata-raw-nn's answer as a dictionary; policy is row-major with pass last, illegal moves -1."""
    report, grid = {}, None
    for line in lines:
        words = line.split()
        if words[0] in ("policy", "whiteOwnership"):
            grid = report[words[0]] = []
        elif words[0] == "policyPass":
            report["policy"].append(-1.0 if words[1] == "NAN" else float(words[1]))
        elif words[0][0].isalpha() and words[0] != "NAN":
            report[words[0]] = float(words[1])
        else:
            grid.extend(-1.0 if word == "NAN" else float(word) for word in words)
    return report


def differences(a, b):
    """A line for each number that differs by more than the tolerance."""
    found = []

    def check(name, x, y, tolerance):
        if abs(x - y) > tolerance:
            found.append(f"{name}: {x} and {y}")

    for key in ("whiteWin", "whiteLoss", "noResult"):
        check(key, a[key], b[key], PROBABILITY)
    for key in ("whiteLead", "whiteScoreSelfplay"):
        check(key, a[key], b[key], SCORE)
    mean = a["whiteScoreSelfplay"]
    stdev = [max(r["whiteScoreSelfplaySq"] - r["whiteScoreSelfplay"] ** 2, 0) ** 0.5 for r in (a, b)]
    # Both round to three digits. For a large mean that is a large error in the square of a small stdev.
    check("score stdev", stdev[0], stdev[1], SCORE + (1e-3 + 2e-3 * abs(mean)) / (2 * stdev[0] + 1e-3))
    for key in ("policy", "whiteOwnership"):
        if len(a[key]) != len(b[key]):
            found.append(f"{key}: {len(a[key])} and {len(b[key])} values")
        for i, (x, y) in enumerate(zip(a[key], b[key])):
            check(f"{key} at {i}", x, y, PROBABILITY)
    return found


SIZES = [(2, 2), (3, 3), (2, 5), (4, 3), (5, 5), (6, 6), (7, 7), (7, 5), (8, 8), (9, 9), (9, 9), (9, 13),
         (10, 10), (11, 11), (13, 13), (13, 13), (19, 2), (12, 17), (16, 16), (19, 19), (19, 19), (19, 18)]
SMALL_SIZES = [(2, 2), (3, 3), (2, 5), (4, 3), (5, 5), (7, 7), (7, 5), (8, 8), (9, 9), (9, 9), (9, 11), (13, 13),
               (17, 19)]


def random_rules(rng):
    scoring = rng.choice(["AREA", "AREA", "TERRITORY"])
    button = scoring == "AREA" and rng.random() < 0.2
    return {"ko": rng.choice(["SIMPLE", "POSITIONAL", "SITUATIONAL"]), "scoring": scoring,
            "tax": rng.choice(["NONE", "NONE", "SEKI", "ALL"]), "suicide": rng.random() < 0.5,
            "hasButton": button, "whiteHandicapBonus": rng.choice(["0", "N", "N-1"]),
            "friendlyPassOk": rng.random() < 0.5}


def random_setup(rng, sizes):
    """Size, rules, komi and handicap points."""
    width, height = rng.choice(sizes)
    area = width * height
    komi = rng.choice([7.5, 7.0, 6.5, 0.0, 0.5, -3.0, 5.5, rng.randrange(-20, 41) / 2])
    komi = max(min(komi, area / 2), -area / 2)
    handicap = []
    if area >= 25 and rng.random() < 0.25:
        points = [COLUMNS[x] + str(y + 1) for x in range(width) for y in range(height)]
        handicap = rng.sample(points, rng.randrange(2, 6))
    return {"width": width, "height": height, "rules": random_rules(rng), "komi": int(komi * 2) / 2,
            "handicap": handicap}


def setup_commands(setup):
    width, height = setup["width"], setup["height"]
    commands = [f"boardsize {width}" if width == height else f"rectangular_boardsize {width} {height}",
                "clear_board", "kata-set-rules " + json.dumps(setup["rules"], separators=(",", ":")),
                f"komi {setup['komi']:g}"]
    if setup["handicap"]:
        commands.append("set_free_handicap " + " ".join(setup["handicap"]))
    return commands


def pick_move(rng, report, setup, style):
    """A move by the policy of the net ('net'), any legal move ('random'), or often a pass ('pass')."""
    policy = report["policy"]
    legal = [i for i, p in enumerate(policy) if p >= 0]
    if style == "pass" and rng.random() < 0.35:
        return "pass"
    if style == "net" and rng.random() < 0.95:
        index = rng.choices(legal, [policy[i] ** 0.8 + 1e-9 for i in legal])[0]
    else:
        index = rng.choice(legal)
    if index == len(policy) - 1:
        return "pass"
    return COLUMNS[index % setup["width"]] + str(setup["height"] - index // setup["width"])


def games(rng, katago, sizes, others=()):
    """Endless games; yields (setup, moves, report) for some of their positions."""
    while True:
        setup = random_setup(rng, sizes)
        for command in setup_commands(setup):
            for engine in (katago, *others):
                engine.ask(command)
        color = "w" if setup["handicap"] else "b"
        area = setup["width"] * setup["height"]
        length = rng.randrange(0, max(2, min(area * 5 // 4, 260)))
        # If a player moves out of turn, KataGo takes the board for a new setup: it forgets the handicap bonus once
        # White has stones, and puts the button back. We do not, so such games are compared without them.
        rules = setup["rules"]
        odd = others and rules["whiteHandicapBonus"] == "0" and not rules["hasButton"]
        style = rng.choice(["net", "net", "random", "pass"] + (["odd"] if odd else []))
        moves, passes, stop = [], 0, max(0, length - rng.randrange(1, 4))
        while True:
            report = parse_report(katago.ask(f"kata-raw-nn {color} 0 0"))
            if len(moves) >= stop:
                yield setup, moves, report
            if len(moves) >= length or passes >= 3:
                break
            move = pick_move(rng, report, setup, style)
            passes = passes + 1 if move == "pass" else 0
            if passes == 2 and rng.random() < 0.7:
                stop = 0  # the end of the game is worth a look
            for engine in (katago, *others):
                engine.ask(f"play {color} {move}")
            moves.append(f"{color} {move}")
            if style != "odd" or rng.random() < 0.8:  # else the same player moves again
                color = "w" if color == "b" else "b"


def rounded(report):
    return {key: [round(v, 4) for v in value] if isinstance(value, list) else value
            for key, value in report.items()}


def record(args, katago):
    rng = random.Random(args.seed)
    number, game, taken = 0, None, 0
    with open(args.out, "w") as out:
        for setup, moves, _ in games(rng, katago, SMALL_SIZES if args.small else SIZES):
            game, taken = setup, taken + 1 if setup is game else 1
            if taken > args.per_game:
                continue
            if number == args.count:
                return 0
            report = parse_report(katago.ask(f"kata-raw-nn {number % 8} {args.optimism:g}"))
            line = dict(setup, moves=moves, report=rounded(report))
            if args.optimism:
                line["optimism"] = args.optimism
            if args.version:
                line["version"] = args.version
            if args.name:
                line["net"] = args.name
            out.write(json.dumps(line, separators=(",", ":")) + "\n")
            number += 1


def compare(args, katago, ponnuki):
    rng = random.Random(args.seed)
    bad = 0
    for number, (setup, moves, _) in enumerate(games(rng, katago, SIZES, [ponnuki])):
        if number == args.count:
            break
        ask = f"kata-raw-nn {rng.choice(['', '', '', 'b ', 'w '])}{number % 8} 0"
        found = differences(parse_report(katago.ask(ask)), parse_report(ponnuki.ask(ask)))
        if found:
            bad += 1
            print(f"position {number}: {json.dumps(setup)} {' '.join(moves)}\n  " + "\n  ".join(found[:10]))
    print(f"{args.count} positions, {bad} differ")
    return 1 if bad else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("mode", choices=["record", "compare"])
    parser.add_argument("--katago", default=os.environ.get("PONNUKI_TEST_KATAGO", ""))
    parser.add_argument("--net", default=os.environ.get("PONNUKI_TEST_NET", ""))
    parser.add_argument("--ponnuki", default="")
    parser.add_argument("--ponnuki-net", default="")
    parser.add_argument("--out", default="raw_nn.jsonl")
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--per-game", type=int, default=1000, help="positions of one game")
    parser.add_argument("--optimism", type=float, default=0.0, help="of the policy, version >= 12 (record)")
    parser.add_argument("--version", type=int, default=0, help="noted in each line (record)")
    parser.add_argument("--name", default="", help="of the net, noted in each line (record)")
    parser.add_argument("--small", action="store_true", help="small boards only")
    args = parser.parse_args()
    needed = [args.katago, args.net] + ([args.ponnuki] if args.mode == "compare" else [])
    for path in needed:
        if not os.path.exists(path):
            print(f"skipped: there is no '{path}'")
            return 77
    with tempfile.TemporaryDirectory() as folder:
        config = os.path.join(folder, "katago.cfg")
        with open(config, "w") as out:
            out.write(CONFIG.format(log=os.path.join(folder, "log")))
        katago = Engine([args.katago, "gtp", "-model", args.net, "-config", config])
        if args.mode == "record":
            result = record(args, katago)
        else:
            net = args.ponnuki_net or args.net
            ponnuki = Engine([args.ponnuki, "gtp", "--net", net, "--precision", "fp32"])
            result = compare(args, katago, ponnuki)
            ponnuki.quit()
        katago.quit()
    return result


if __name__ == "__main__":
    sys.exit(main())
