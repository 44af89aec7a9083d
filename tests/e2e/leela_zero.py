#!/usr/bin/env python3
"""Compares nets in Leela Zero's format with Leela Zero itself.

    leela_zero.py record  --leelaz PROGRAM --nets FOLDER --out FILE [--count N] [--seed N]
    leela_zero.py compare --leelaz PROGRAM --nets FOLDER --ponnuki BINARY [--count N] [--seed N]

FOLDER holds leela-v1.txt and leela-v2.txt, as `PONNUKI_WRITE_NETS=FOLDER ponnuki_nn_tests [.write]` writes them.
`record` writes tests/golden/leela_zero.jsonl. Leela Zero's heatmap has priors in thousandths, rounded down, over all
moves, legal or not, and 0 for points with a stone. Our priors are over the legal moves, so they are compared after
scaling. Priors and winrates must agree within 1e-3. Exit code 0 if all agree, 1 if not, 77 (skipped) if the program is
missing.
"""
import argparse
import json
import os
import random
import shutil
import subprocess
import sys

from raw_nn import Engine, parse_report

COLUMNS = "ABCDEFGHJKLMNOPQRST"
SIZE = 19


class LeelaZero:
    """Answers come on standard output, drawings on standard error; here both are one pipe."""

    def __init__(self, program, net):
        self.process = subprocess.Popen([program, "--gtp", "-w", net, "-p", "1", "--noponder", "-t", "1", "--cpu-only"],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                        text=True, bufsize=1)
        self.ask("komi 7.5")

    def ask(self, command):
        """All lines up to the line of the answer."""
        self.process.stdin.write(command + "\n")
        self.process.stdin.flush()
        lines = []
        while True:
            line = self.process.stdout.readline()
            if not line:
                raise RuntimeError(f"Leela Zero ended at '{command}': {lines[-3:]}")
            if line.startswith("="):
                return lines
            if line.startswith("?"):
                raise RuntimeError(f"'{command}': {line}")
            lines.append(line.rstrip("\n"))

    def judge(self):
        """(priors by row from the top and of the pass in thousandths, winrate of the player to move)."""
        rows, number, winrate = [], None, None
        for line in self.ask("heatmap 0"):
            words = line.split()
            if len(words) == SIZE and all(word.isdigit() for word in words):
                rows.append([int(word) for word in words])
            elif line.startswith("pass:"):
                number = int(words[1])
            elif line.startswith("winrate:"):
                winrate = float(words[1])
        assert len(rows) == SIZE and number is not None and winrate is not None, "no heatmap was drawn"
        return [prior for row in rows for prior in row] + [number], winrate

    def quit(self):
        self.process.stdin.write("quit\n")
        self.process.stdin.close()
        self.process.wait(timeout=20)


def positions(rng, count):
    """Lists of moves from random places of random games; passes among them, captures by crowding."""
    for _ in range(count):
        corner = rng.random() < 0.5  # stones close together capture each other
        side = 4 if corner else SIZE
        vertices = [COLUMNS[x] + str(y + 1) for x in range(side) for y in range(side)]
        yield ["pass" if rng.random() < 0.05 else rng.choice(vertices) for _ in range(rng.randrange(0, 60))]


def neighbors(point):
    return [(point[0] + dx, point[1] + dy) for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1))
            if 0 <= point[0] + dx < SIZE and 0 <= point[1] + dy < SIZE]


def breathes(stones, point):
    """True if the chain at `point` has a liberty; and the stones of the chain."""
    chain, left = {point}, [point]
    free = False
    while left:
        for n in neighbors(left.pop()):
            free = free or n not in stones
            if stones.get(n) == stones[point] and n not in chain:
                chain.add(n)
                left.append(n)
    return free, chain


def place(stones, color, vertex):
    """Puts a stone and removes captures. False on a stone and for suicide, which Leela Zero does not refuse."""
    point = (COLUMNS.index(vertex[0]), int(vertex[1:]) - 1)
    if point in stones:
        return False
    stones[point] = color
    for n in neighbors(point):
        if stones.get(n, color) != color:
            free, chain = breathes(stones, n)
            for stone in () if free else chain:
                del stones[stone]
    if breathes(stones, point)[0]:
        return True
    del stones[point]
    return False


def played(leela, moves):
    """Plays the legal moves and returns them."""
    leela.ask("clear_board")
    done, passes, stones = [], 0, {}
    for vertex in moves:
        color = "bw"[len(done) % 2]
        if passes == 1 if vertex == "pass" else not place(stones, color, vertex):
            continue
        leela.ask(f"play {color} {vertex}")
        passes = passes + 1 if vertex == "pass" else 0
        done.append(vertex)
    return done


def judged(ponnuki, white):
    """Like LeelaZero.judge(); priors of illegal moves are 0."""
    report = parse_report(ponnuki.ask("kata-raw-nn 0"))
    return [max(prior, 0.0) for prior in report["policy"]], report["whiteWin" if white else "whiteLoss"]


def prior_difference(theirs, ours):
    """The largest difference; `theirs` are thousandths, rounded down, and scaled by the share of the legal moves."""
    theirs = [(t + 0.5) / 1000 if t > 0 else 0 for t in theirs]
    share = sum(t * o for t, o in zip(theirs, ours)) / sum(o * o for o in ours)
    if share > 1.001:
        return share
    return max(abs(t - share * o) for t, o in zip(theirs, ours) if o > 0)  # 0: illegal


def record(args):
    with open(args.out, "w") as out:
        for version in (1, 2):
            leela = LeelaZero(args.leelaz, os.path.join(args.nets, f"leela-v{version}.txt"))
            for moves in positions(random.Random(args.seed), args.count):
                done = played(leela, moves)
                priors, winrate = leela.judge()
                out.write(json.dumps({"version": version, "moves": done, "priors": priors, "winrate": winrate},
                                     separators=(",", ":")) + "\n")
            leela.quit()
    return 0


def compare(args):
    bad = 0
    for version in (1, 2):
        net = os.path.join(args.nets, f"leela-v{version}.txt")
        leela, ponnuki = LeelaZero(args.leelaz, net), Engine([args.ponnuki, "gtp", "--net", net, "--precision", "fp32"])
        for number, moves in enumerate(positions(random.Random(args.seed), args.count)):
            done = played(leela, moves)
            ponnuki.ask("clear_board")
            for i, vertex in enumerate(done):
                ponnuki.ask(f"play {'bw'[i % 2]} {vertex}")
            theirs, winrate = leela.judge()
            ours, own_winrate = judged(ponnuki, len(done) % 2 == 1)
            worst = prior_difference(theirs, ours)
            if worst > 1e-3 or abs(winrate - own_winrate) > 1e-3:
                bad += 1
                print(f"version {version}, position {number}: priors differ by {worst:.4f}, "
                      f"winrates {winrate} and {own_winrate}: {' '.join(done)}")
        leela.quit()
        ponnuki.quit()
    print(f"{2 * args.count} positions, {bad} differ")
    return 1 if bad else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("mode", choices=["record", "compare"])
    parser.add_argument("--leelaz", default="leelaz")
    parser.add_argument("--nets", required=True)
    parser.add_argument("--ponnuki", default="")
    parser.add_argument("--out", default="leela_zero.jsonl")
    parser.add_argument("--count", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    args.leelaz = shutil.which(args.leelaz, path=os.environ.get("PATH", "") + ":/usr/games")
    if args.leelaz is None:
        print("skipped: there is no leelaz (Debian's package leela-zero)")
        return 77
    return record(args) if args.mode == "record" else compare(args)


if __name__ == "__main__":
    sys.exit(main())
