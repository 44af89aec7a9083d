"""Checks how games end: scores of finished games, passes that are not answered, settled boards.

  game_ends.py PROGRAM [--games N] [--passes N] [--net FILE] [--seed N] [--visits N]

The scores below are from the rules, KataGo 1.17.2 or GNU Go 3.8. With --games, GNU Go plays games
against itself and its scores are compared with ours under its rules; with --passes, the opponent
passes early in so many games. Prints a line for each check. Exit code 1: a check failed.
"""
import argparse
import random
import re
import shutil
import subprocess
import sys
import tempfile

COLUMNS = "ABCDEFGHJKLMNOPQRST"
RULES = ["japanese", "chinese", "tromp-taylor", "aga", "korean", "new-zealand", "chinese-kgs",
         "stone-scoring", "aga-button"]

# Finished games and the scores that are right.
FINISHED = [
    ("score-teire-japanese", ['B+3.5'],
     '(;GM[1]FF[4]SZ[9]KM[6.5]RU[Japanese]PB[a]PW[b]AB[ha][ia][gb][ib][gc][gd][ge][af][bf]'
     '[cf][df][ef][ff][gf]AW[hb][hc][hd][id][he][hf][ag][bg][cg][dg][eg][fg][gg][hg][ig]PL'
     '[B];B[];W[])'),
    ("score-selfplay-end-japanese", ['B+1.5'],
     '(;GM[1]FF[4]SZ[9]KM[6.5]RU[Japanese];B[fd];W[de];B[ff];W[dg];B[dc];W[cc];B[cd];W[dd]'
     ';B[bc];W[cb];B[bb];W[db];B[ec];W[bd];B[ce];W[be];B[cf];W[df];B[bf];W[bg];B[ae];W[cg]'
     ';B[ad];W[gc];B[eb];W[he];B[hf];W[ge];B[fe];W[gf];B[gg];W[hg];B[hh];W[if];B[fg];W[ih]'
     ';B[hi];W[eh];B[fh];W[fi];B[gd];W[hd];B[gb];W[hb];B[fc];W[hc];B[ha];W[ei];B[ga];W[gi]'
     ';B[gh];W[eg];B[ii];W[ig];B[ag];W[ah];B[af];W[bi];B[ib];W[id];B[ca];W[];B[])'),
    ("score-finished-9_4", ['B+21.5'],
     '(;FF[4]GM[1]CA[UTF-8]SZ[9]KM[6.5]RU[japanese]AP[Ponnuki:0.1.0]RE[W+11.5];B[cf];W[bc]'
     ';B[ee];W[ch];B[bh];W[ed];B[fe];W[eh];B[gc];W[bg];B[cg];W[dh];B[bf];W[gh];B[dc];W[cb]'
     ';B[db];W[bi];B[ag];W[hg];B[he];W[hf];B[if];W[ig];B[ie];W[ge];B[gd];W[gf];B[hd];W[dg]'
     ';B[ah];W[ef];B[dd];W[ff];B[df];W[ci];B[ai];W[];B[])'),
    ("score-finished-9_9", ['W+38.5', 'W+39.5'],
     '(;FF[4]GM[1]CA[UTF-8]SZ[9]KM[6.5]RU[chinese]AP[Ponnuki:0.1.0]RE[B+4.5];B[ed];W[df];B'
     '[cg];W[hc];B[bf];W[fe];B[dg];W[ce];B[ee];W[ef];B[dc];W[eg];B[cd];W[be];B[bd];W[ad];B'
     '[bb];W[eh];B[bh];W[gb];B[ac];W[ae];B[de];W[cf];B[fd];W[ge];B[eb];W[gd];B[fc];W[fb];B'
     '[fa];W[ga];B[ea];W[gc];B[];W[])'),
    ("score-finished-13_11", ['B+62.5', 'B+63.5', 'B+64.5'],
     '(;FF[4]GM[1]CA[UTF-8]SZ[13]KM[6.5]RU[chinese]AP[Ponnuki:0.1.0]RE[W+15.5];B[id];W[ie]'
     ';B[jc];W[ej];B[je];W[lc];B[le];W[if];B[kh];W[fe];B[kk];W[hk];B[cj];W[ck];B[ch];W[bj]'
     ';B[ce];W[cc];B[ec];W[gc];B[bi];W[dd];B[bk];W[dk];B[bl];W[cl];B[hd];W[fb];B[il];W[hl]'
     ';B[ik];W[ib];B[ld];W[kb];B[jf];W[hj];B[ig];W[bd];B[bf];W[de];B[hf];W[im];B[jm];W[hm]'
     ';B[kl];W[ij];B[jj];W[be];B[cf];W[jb];B[kc];W[lb];B[fg];W[di];B[bm];W[ge];B[he];W[ii]'
     ';B[df];W[ef];B[eg];W[ci];B[aj];W[ji];B[ki];W[hc];B[cd];W[eb];B[ae];W[bc];B[dh];W[ad]'
     ';B[fi];W[fj];B[ei];W[dj];B[gi];W[bj];B[ff];W[ee];B[af];W[hh];B[gd];W[fd];B[gj];W[fl]'
     ';B[gk];W[cj];B[bh];W[gl];B[fk];W[el];B[cm];W[gf];B[gg];W[md];B[me];W[mc];B[ic];W[];B'
     '[])'),
]

# A seki of two shared liberties; three stones in a row inside an eye of five points. Black passes
# first in one, White in the other.
SEKI = """b B9 w C9 b E9 w F9 w H9 b B8 w C8 b E8 w F8 w G8 w J8 b B7 w C7 w D7 b E7 w F7 w H7 w J7
b A6 b C6 b D6 w E6 w F6 w G6 w J6 b B5 b D5 w E5 w G5 w H5 b A4 b C4 b D4 w E4 w G4 w J4 b A3 b B3
b D3 w E3 w F3 w H3 b B2 b C2 b D2 w E2 w G2 w H2 w J2 b A1 b C1 b D1 w E1 w F1 w G1 w J1"""
EYE = """b B9 b C9 b D9 w F9 b G9 w A8 w B8 w C8 w D8 w E8 w F8 b G8 b A7 b B7 b C7 b D7 b E7 b F7
b G7 b F6 b A5 b B5 b C5 b D5 b E5 b F5 b G5 b H5 b J5 w A4 w B4 w C4 w D4 w E4 w F4 w G4 w H4 w J4
w B2 w H2"""


class Engine:
    """A GTP engine as a process."""

    def __init__(self, command):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.DEVNULL, text=True)

    def ask(self, command):
        """The answer, or None for an error."""
        self.process.stdin.write(command + "\n")
        self.process.stdin.flush()
        lines = []
        while (line := self.process.stdout.readline()) != "\n":
            if line == "":
                sys.exit("the engine ended at: " + command)
            lines.append(line.rstrip("\n"))
        return "\n".join(lines)[2:] if lines[0].startswith("=") else None

    def quit(self):
        self.process.communicate("quit\n")


def points(score):
    """White's points of "B+3.5", "W+2.0", "0"."""
    found = re.match(r"([BW])\+([\d.]+)", score)
    return (1 if found[1] == "W" else -1) * float(found[2]) if found else 0.0


def check(what, right, got):
    print("ok  " if right else "FAIL", what, got, flush=True)
    return right


def check_finished(engine):
    good = True
    with tempfile.NamedTemporaryFile("w", suffix=".sgf") as record:
        for name, scores, text in FINISHED:
            record.seek(0)
            record.truncate()
            record.write(text)
            record.flush()
            engine.ask("loadsgf " + record.name)
            score = engine.ask("final_score")
            good &= check(name, score in scores, score)
    return good


def turned(stones, symmetry, swap):
    """The stones of a 9x9 set_position in one of eight symmetries, with colours swapped or not."""
    words = stones.split()
    result = []
    for color, vertex in zip(words[::2], words[1::2]):
        x, y = COLUMNS.index(vertex[0]), int(vertex[1:]) - 1
        x, y = (8 - x if symmetry & 1 else x), (8 - y if symmetry & 2 else y)
        x, y = (y, x) if symmetry & 4 else (x, y)
        color = {"b": "w", "w": "b"}[color] if swap else color
        result.append(f"{color} {COLUMNS[x]}{y + 1}")
    return " ".join(result)


def check_seki(engine):
    """The same stones in all symmetries, colours and orders of passing."""
    good = True
    engine.ask("boardsize 9")
    for name, stones, white in (("two-liberty seki", SEKI, 3), ("three in an eye of five", EYE, 11)):
        wrong = 0
        for number in range(32):
            symmetry, swap, first = number & 7, number & 8, "bw"[number >> 4]
            engine.ask("kata-set-rules japanese")
            engine.ask("komi 6.5")
            engine.ask("set_position " + turned(stones, symmetry, swap))
            for color in (first, "w" if first == "b" else "b"):
                engine.ask(f"play {color} pass")
            expected = (-white if swap else white) + 6.5
            wrong += points(engine.ask("final_score")) != expected
        good &= check(name, wrong == 0, f"{wrong} of 32 wrong")
    return good


def check_passes(engine, count, seed):
    """Up to eight random moves, then the opponent passes."""
    rnd = random.Random(seed)
    answered = []
    for _ in range(count):
        size, rules = rnd.choice([9, 13, 19]), rnd.choice(RULES)
        for command in (f"boardsize {size}", "clear_board", "kata-set-rules " + rules, "komi 6.5"):
            engine.ask(command)
        color, moves = "b", []
        for _ in range(rnd.randrange(9)):
            vertex = COLUMNS[rnd.randrange(size)] + str(1 + rnd.randrange(size))
            if engine.ask(f"play {color} {vertex}") is not None:
                moves.append(vertex)
                color = "w" if color == "b" else "b"
        engine.ask(f"play {color} pass")
        if engine.ask("genmove " + ("w" if color == "b" else "b")).lower() in ("pass", "resign"):
            answered.append(f"{size}x{size} {rules} {' '.join(moves)}")
    return check("early passes", not answered, f"{len(answered)} of {count} answered {answered[:3]}")


def gnugo_game(rnd, size, rules, komi):
    """A game of GNU Go against itself: its moves and its score; None if it does not end."""
    gnugo = Engine([shutil.which("gnugo", path="/usr/games:/usr/bin:/usr/local/bin"), "--mode", "gtp",
                    "--level", "1", f"--{rules}-rules", "--seed", str(rnd.randrange(1 << 30))])
    for command in (f"boardsize {size}", "clear_board", f"komi {komi}"):
        gnugo.ask(command)
    moves, color = [], "b"
    for _ in range(rnd.choice([1, 2, 3, 4, 6])):
        vertex = COLUMNS[rnd.randrange(size)] + str(1 + rnd.randrange(size))
        if gnugo.ask(f"play {color} {vertex}") is not None:
            moves.append((color, vertex))
            color = "w" if color == "b" else "b"
    while len(moves) < 3 * size * size and [v for _, v in moves[-2:]] != ["PASS", "PASS"]:
        vertex = gnugo.ask("genmove " + color)
        if vertex is None or vertex == "resign":
            break
        moves.append((color, vertex))
        color = "w" if color == "b" else "b"
    score = gnugo.ask("final_score")
    gnugo.quit()
    return (moves, score) if [v for _, v in moves[-2:]] == ["PASS", "PASS"] else None


def check_gnugo(engine, count, seed):
    """Our score of GNU Go's finished games, under its two rule sets."""
    rnd = random.Random(seed)
    games = equal = wrong_winner = 0
    while games < count:
        size, rules = rnd.choice([5, 6, 7, 7, 9, 9, 9, 13]), rnd.choice(["japanese", "chinese"])
        komi = rnd.choice([0, 0.5, 5.5, 6.5, 7, 7.5])
        game = gnugo_game(rnd, size, rules, komi)
        if not game:
            continue
        for command in (f"boardsize {size}", "clear_board", "kata-set-rules " + rules, f"komi {komi}"):
            engine.ask(command)
        for color, vertex in game[0]:
            engine.ask(f"play {color} {vertex}")
        ours, theirs = points(engine.ask("final_score")), points(game[1])
        games += 1
        equal += ours == theirs
        wrong_winner += (ours > 0) != (theirs > 0) or (ours < 0) != (theirs < 0)
        if ours != theirs:
            print("     differs:", size, rules, komi, "ours", ours, "GNU Go", theirs,
                  " ".join(v for _, v in game[0]), flush=True)
    return check("finished games of GNU Go", wrong_winner <= count // 100,
                 f"{equal} of {games} scores equal, {wrong_winner} winners differ")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program")
    parser.add_argument("--net", default="built-in")
    parser.add_argument("--visits", default="100")
    parser.add_argument("--level")
    parser.add_argument("--games", type=int, default=0)
    parser.add_argument("--passes", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if options.games and not shutil.which("gnugo", path="/usr/games:/usr/bin:/usr/local/bin"):
        sys.exit(77)
    strength = ["--level", options.level] if options.level else ["--visits", options.visits]
    engine = Engine([options.program, "gtp", "--threads", "1", "--net", options.net, *strength])
    good = check_finished(engine) & check_seki(engine)
    if options.passes:
        good &= check_passes(engine, options.passes, options.seed)
    if options.games:
        good &= check_gnugo(engine, options.games, options.seed)
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
