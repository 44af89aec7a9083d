#!/usr/bin/env python3
"""Whether all parts of the program agree on the end of a game.

  agreement.py PROGRAM --agree N [--rules all|NAME,NAME,…] [--seed S]

Plays N games under each rule set to their ends: few visits, random openings, sizes, komi and
handicaps; against itself, against a player who only passes, and against one who never passes. Then
asks for each: final_score, the three lists of final_status_list, RE of printsgf, the JSON analysis
of the last position, the last node of a review of the record, and counts the points anew from the
lists. Prints the record of each game on which two of them differ.
"""

import argparse
import json
import random
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from game_ends import COLUMNS, Engine, points

RULES = ["tromp-taylor", "japanese", "korean", "chinese", "chinese-ogs", "chinese-kgs", "aga", "bga",
         "french", "aga-button", "stone-scoring", "ancient-area", "ancient-territory", "new-zealand",
         "nz", "ing", "goe"]
SIZES = [(5, 5)] * 6 + [(6, 6)] * 4 + [(7, 7)] * 6 + [(8, 8)] * 2 + [(9, 9)] * 6 + \
        [(5, 7), (7, 4), (9, 6), (3, 3), (4, 4), (2, 3)] + [(11, 11), (13, 13)]
KOMI = [0, 0.5, 5.5, 6.5, 7, 7.5, -3, 3.75, 6.75, 7.25, 0.25, -0.5, 8.9]
OTHER = {"b": "w", "w": "b"}

# A triple ko and the moves after which its first position has come up three times.
TRIPLE_KO = """b C3 b B2 b C1 w D3 w E2 w D1 b D2 b C6 b B5 b C4 w D6 w E5 w D4 w C5 b C9 b B8 b C7 w D9
w E8 w D7 w C8"""
CYCLE = "b D5 w C2 b D8 w C5 b D2 w C8 b D5 w C2 b D8 w C5 b D2 w C8"
SIMPLE_KO = ["japanese", "korean", "chinese", "stone-scoring", "ancient-area", "ancient-territory"]


class Board:
    """Stones and prisoners, from moves that are known to be legal."""

    def __init__(self, width, height):
        self.width, self.height = width, height
        self.stones = {}  # point -> colour
        self.lost = {"b": 0, "w": 0}  # stones of each colour taken off

    def around(self, point):
        x, y = point
        for px, py in ((x - 1, y), (x + 1, y), (x, y - 1), (x, y + 1)):
            if 0 <= px < self.width and 0 <= py < self.height:
                yield px, py

    def group(self, start, same):
        """The points connected to `start` by points for which same() holds, and those around."""
        group, border, queue = {start}, set(), [start]
        while queue:
            for point in self.around(queue.pop()):
                if point in group:
                    continue
                if same(point):
                    group.add(point)
                    queue.append(point)
                else:
                    border.add(point)
        return group, border

    def take_if_dead(self, point):
        color = self.stones[point]
        chain, border = self.group(point, lambda p: self.stones.get(p) == color)
        if all(p in self.stones for p in border):
            self.lost[color] += len(chain)
            for stone in chain:
                del self.stones[stone]

    def play(self, color, point):
        self.stones[point] = color
        for other in self.around(point):
            if self.stones.get(other) == OTHER[color]:
                self.take_if_dead(other)
        self.take_if_dead(point)

    def point(self, vertex):
        return COLUMNS.index(vertex[0].upper()), int(vertex[1:]) - 1

    def vertex(self, point):
        return COLUMNS[point[0]] + str(point[1] + 1)

    def points(self):
        return [(x, y) for y in range(self.height) for x in range(self.width)]


class Game:
    """A game played to its end, and what the engine says about it."""

    def __init__(self, engine, rnd, rules):
        self.engine, self.rnd, self.rules = engine, rnd, rules
        self.width, self.height = rnd.choice(SIZES)
        self.komi = rnd.choice(KOMI)
        self.setup, self.moves = [], []
        self.board = Board(self.width, self.height)
        self.opponent = rnd.choice(["itself", "itself", "passer", "never passes"])
        self.side = rnd.choice("bw")  # of the engine, if the opponent is another
        self.visits = rnd.choice([1, 1, 2, 4, 8, 16])
        self.bound = 3 * self.width * self.height  # then nobody plays on
        self.passed_at = None

    def ask(self, command):
        answer = self.engine.ask(command)
        if answer is None:
            sys.exit("refused: " + command + " in " + self.describe())
        return answer

    def describe(self):
        return (f"{self.width}x{self.height} {self.rules} komi {self.komi}, against {self.opponent}, "
                f"{self.visits} visits, setup {self.setup}, "
                + " ".join(f"{c} {v}" for c, v in self.moves))

    def begin(self):
        for command in (f"boardsize {self.width} {self.height}", "clear_board",
                        "kata-set-rules " + self.rules, f"komi {self.komi}",
                        f"kata-set-param maxVisits {self.visits}"):
            self.ask(command)
        color = "b"
        kind = self.rnd.randrange(8)
        if kind == 0 and self.width == self.height >= 7:
            self.setup = self.ask(f"fixed_handicap {self.rnd.choice([2, 3, 4])}").split()
            for vertex in self.setup:
                self.board.stones[self.board.point(vertex)] = "b"
            color = "w"
        openings = self.rnd.choice([0, 1, 2, 4, 8, 16])
        twice = kind == 1  # handicap by plays
        for _ in range(openings):
            if self.play_random(color) and not (twice and len(self.moves) < 3):
                color = OTHER[color]
        return color

    def play(self, color, vertex):
        """False if the move is illegal."""
        if self.engine.ask(f"play {color} {vertex}") is None:
            return False
        self.keep(color, vertex)
        return True

    def keep(self, color, vertex):
        self.moves.append((color, vertex))
        if vertex.lower() != "pass":
            self.board.play(color, self.board.point(vertex))

    def play_random(self, color):
        empty = [p for p in self.board.points() if p not in self.board.stones]
        self.rnd.shuffle(empty)
        return any(self.play(color, self.board.vertex(p)) for p in empty[:20])

    def turn(self, color):
        free = len(self.moves) >= self.bound
        if self.opponent != "itself" and color != self.side:
            if self.opponent == "passer" or free or not self.play_random(color):
                self.play(color, "pass")
            return
        if free:
            self.play(color, "pass")
            return
        self.keep(color, self.ask("genmove " + color))

    def run(self):
        color = self.begin()
        while not self.ended():
            self.turn(color)
            color = OTHER[color]

    def ended(self):
        if not self.moves:
            return False
        passed = self.moves[-1][1].lower() == "pass"
        # Under simple ko a third repetition ends a game too; only the engine knows it.
        return (passed or len(self.moves) % 8 == 0) and "RE[" in self.ask("printsgf")

    # --- the answers

    def stones_of(self, status):
        return [self.board.point(v) for v in self.ask("final_status_list " + status).split()]

    def judge(self):
        self.score = self.ask("final_score")
        self.lists = {status: self.stones_of(status) for status in ("alive", "dead", "seki")}
        self.record = self.ask("printsgf")
        self.result = re.search(r"RE\[([^\]]*)\]", self.record)[1]
        self.void = self.result == "Void"
        self.faults = list(self.own_faults())

    def own_faults(self):
        """What is wrong with the answers of GTP alone."""
        stones = sorted(point for chain in self.lists.values() for point in chain)
        if stones != sorted(self.board.stones):
            yield "the three lists do not hold each stone once"
        if self.void:
            if self.score != "0" or self.lists["dead"]:
                yield "no result, but " + self.score
            return
        own = [p for p in self.lists["dead"] if self.is_at_home(p)]
        if own:
            yield f"dead stones in their own territory: {own}"
        if self.result != self.score:
            yield f"RE is {self.result}, final_score {self.score}"
        counted = self.count()
        if counted and not min(counted) - 1e-3 < points(self.score) < max(counted) + 1e-3:
            yield f"counted {counted} for White, final_score {self.score}"

    def is_at_home(self, stone):
        """Whether a dead stone lies in territory of its own colour."""
        own = {"w": 1, "b": -1}[self.board.stones[stone]]
        return self.owner_below(stone, set(self.lists["dead"])) == own

    def bonus(self):
        """White's points without the board: komi, handicap, button."""
        stones = len(self.setup)
        for color, vertex in self.moves:
            if vertex.lower() == "pass":
                continue
            if color == "w":
                break
            stones += 1
        white_twice = False
        colors = [c if v.lower() != "pass" else "-" for c, v in self.moves]
        if not self.setup:
            white_twice = any(a == b == "w" for a, b in zip(colors, colors[1:]))
        if stones < 2 or white_twice:
            stones = 0
        bonus = self.komi
        if self.rules.startswith("chinese"):
            bonus += stones
        if self.rules in ("aga", "bga", "french", "aga-button") and stones:
            bonus += stones - 1
        passes = [c for c, v in self.moves if v.lower() == "pass"]
        if self.rules == "aga-button":
            bonus += {"w": 0.5, "b": -0.5}[passes[0]]
        return bonus

    def owner(self, point):
        """Of an empty point: 1 for White, -1 for Black, 0 for nobody."""
        status = self.ask("final_status " + self.board.vertex(point))
        return {"white_territory": 1, "black_territory": -1}.get(status, 0)

    def owner_below(self, stone, dead):
        """The same of the point below a dead stone, as its surroundings say."""
        _, border = self.board.group(stone, lambda p: p in dead)
        for point in border - set(self.board.stones):
            if self.owner(point):
                return self.owner(point)
        living = border & set(self.board.stones)
        colors = {self.board.stones[p] for p in living}
        if len(colors) != 1 or living & set(self.lists["seki"]):
            return 0
        return {"w": 1, "b": -1}[colors.pop()]

    def count(self):
        """White's lead, counted from the lists, at least and at most: GTP does not tell whose point
        it is below a dead stone beside neutral points only. None where the rules have a group tax.
        """
        if self.rules in ("stone-scoring", "ancient-area", "ancient-territory"):
            return None
        dead = set(self.lists["dead"])
        white = self.bonus()
        sign = {"w": 1, "b": -1}
        if self.rules in ("japanese", "korean"):
            for color, taken in self.board.lost.items():
                white += sign[OTHER[color]] * taken
            unclear = 0
            for stone in dead:
                white += sign[OTHER[self.board.stones[stone]]]
                _, border = self.board.group(stone, lambda p: p in dead)
                if border <= set(self.board.stones) or any(
                        self.owner(p) for p in border - set(self.board.stones)):
                    white += self.owner_below(stone, dead)
                else:
                    unclear += self.owner_below(stone, dead)
            for point in self.board.points():
                if point not in self.board.stones:
                    white += self.owner(point)
            return white, white + unclear
        living = {p: c for p, c in self.board.stones.items() if p not in dead}
        seen = set()
        for point in self.board.points():
            if point in living:
                white += sign[living[point]]
            elif point not in seen:
                region, border = self.board.group(point, lambda p: p not in living)
                seen |= region
                owners = {living[p] for p in border}
                if len(owners) == 1:
                    white += sign[owners.pop()] * len(region)
        return white, white

    def query(self, number):
        gtp = [[c.upper(), v] for c, v in self.moves]
        query = {"id": str(number), "boardXSize": self.width, "boardYSize": self.height,
                 "rules": self.rules, "komi": self.komi, "moves": gtp, "maxVisits": 1,
                 "overrideSettings": {"reportAnalysisWinratesAs": "WHITE"}}
        if self.setup:
            query["initialStones"] = [["B", v] for v in self.setup]
        return json.dumps(query)


def pairs(text):
    words = text.split()
    return list(zip(words[::2], words[1::2]))


class TripleKo(Game):
    """A game without result."""

    def run(self):
        self.width = self.height = 9
        self.opponent, self.setup, self.moves = "nobody: a triple ko", [], []
        self.board = Board(9, 9)
        for command in ("boardsize 9", "kata-set-rules " + self.rules, f"komi {self.komi}",
                        "set_position " + " ".join(TRIPLE_KO.split())):
            self.ask(command)
        for color, vertex in pairs(TRIPLE_KO):
            self.board.stones[self.board.point(vertex)] = color
        for color, vertex in pairs(CYCLE):
            self.play(color, vertex)

    def query(self, number):
        query = json.loads(super().query(number))
        query["initialStones"] = [[c.upper(), v] for c, v in pairs(TRIPLE_KO)]
        return json.dumps(query)


def json_leads(program, games):
    """The lead, White's, that the JSON engine gives to each game; None for an error."""
    queries = "\n".join(game.query(number) for number, game in enumerate(games)) + "\n"
    done = subprocess.run([program, "analysis", "--net", "built-in"], input=queries, text=True,
                          capture_output=True, check=True)
    leads = [None] * len(games)
    for line in done.stdout.splitlines():
        answer = json.loads(line)
        if "rootInfo" in answer:
            root = answer["rootInfo"]
            leads[int(answer["id"])] = (root["scoreLead"], root["winrate"])
        elif "komi" not in line:
            print("     JSON:", line)
    return leads


def review_scores(program, games):
    """The score at the last node of a review of each record."""
    with tempfile.TemporaryDirectory() as folder:
        for number, game in enumerate(games):
            Path(folder, f"{number}.sgf").write_text(game.record, encoding="utf-8")
        done = subprocess.run([program, "analyze", folder, "--json", "--visits", "1", "--net",
                               "built-in", "--second-pass", "0", "--cache", "none"],
                              text=True, capture_output=True, check=True)
    scores = [None] * len(games)
    for line in done.stdout.splitlines():
        answer = json.loads(line)
        scores[int(Path(answer["id"]).stem)] = answer.get("score")
    return scores


def check_games(program, games):
    """The number of games on which the parts differ."""
    wrong = 0
    for game, lead, review in zip(games, json_leads(program, games), review_scores(program, games)):
        faults = game.faults
        white = points(game.score)
        if lead is not None:
            if abs(lead[0] - white) > 1e-3 or lead[1] != (0.5 if white == 0 else float(white > 0)):
                faults.append(f"final_score {game.score}, JSON {lead}")
        elif 2 * game.komi == int(2 * game.komi):
            faults.append("the JSON engine gives no answer")
        if review != ("no result" if game.void else game.score):
            faults.append(f"final_score {game.score}, review {review}")
        wrong += bool(faults)
        for fault in faults:
            print("FAIL", fault, "--", game.describe(), "\n    ", game.record, flush=True)
    return wrong


def check_rules(engine, program, rules, count, seed):
    rnd = random.Random(f"{rules} {seed}")
    games = []
    for _ in range(count):
        game = Game(engine, rnd, rules)
        game.run()
        game.judge()
        games.append(game)
    if rules in SIMPLE_KO:
        game = TripleKo(engine, rnd, rules)
        game.run()
        game.judge()
        games.append(game)
        if not game.void:
            game.faults.append("a triple ko has a result")
    wrong = check_games(program, games)
    void = sum(game.void for game in games)
    longest = max(len(game.moves) / (game.width * game.height) for game in games)
    bound = sum(len(game.moves) >= game.bound for game in games)
    print("ok  " if wrong == 0 else "FAIL", f"{rules}: {wrong} of {len(games)} games judged differently;",
          f"{void} without result, the longest {longest:.1f} moves a point, {bound} at the bound",
          flush=True)
    return wrong == 0


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program")
    parser.add_argument("--agree", type=int, default=1)
    parser.add_argument("--rules", default="all")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    engine = Engine([options.program, "gtp", "--threads", "1", "--net", "built-in", "--no-resign",
                     "--visits", "16", "--seed", str(options.seed)])
    good = True
    for rules in RULES if options.rules == "all" else options.rules.split(","):
        good &= check_rules(engine, options.program, rules, options.agree, options.seed)
    engine.quit()
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
