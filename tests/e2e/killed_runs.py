#!/usr/bin/env python3
"""killed_runs.py PROGRAM ROUNDS [SEED]: training, self-play and matches that are killed at random moments.

Every start goes on after the one before. At the end no game is there twice, none that was kept is missing, and the
numbers in the metrics are those of the games. Uses only Python's own modules.
"""
import json
import os
import pathlib
import random
import signal
import struct
import subprocess
import sys
import tempfile
import time
import zipfile

from game_files import expect_no_repetition, records_in, turns_of

MASK = (1 << 64) - 1
PROGRAM, ROUNDS = pathlib.Path(sys.argv[1]).resolve(), int(sys.argv[2])
SEED = int(sys.argv[3]) if len(sys.argv) > 3 else random.randrange(1000000)
RANDOM = random.Random(SEED)


def splitmix64(x):
    x = (x + 0x9e3779b97f4a7c15) & MASK
    x = ((x ^ (x >> 30)) * 0xbf58476d1ce4e5b9) & MASK
    x = ((x ^ (x >> 27)) * 0x94d049bb133111eb) & MASK
    return x ^ (x >> 31)


def identity(record):
    """The numbers 41 to 46 of a row's globalTargetsNC, by which rows tell their games apart."""
    area, turns = turns_of(record)
    numbers = []
    for salt in (0, 1):
        mixed = splitmix64(salt + area)
        for move, _, policy in turns:
            mixed = splitmix64(mixed ^ move)
            for p in policy:
                mixed = (mixed * 0x100000001b3 + p) & MASK
        numbers += [mixed & 0x3fffff, mixed >> 22 & 0x3fffff, mixed >> 44 & 0xfffff]
    return tuple(numbers)


def has_rows(record):
    """Whether a game surely has a row: a turn of weight 1 or more."""
    return any(weight >= 32 for _, weight, _ in turns_of(record)[1])


# --- processes

def run(arguments, moment=None):
    """Runs to the end, or kills or stops the program at that moment, in seconds. Returns its output."""
    # This script may run in the background, where shells ignore SIGINT.
    process = subprocess.Popen([PROGRAM, *arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                               preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
    if moment is not None:
        time.sleep(moment)
        process.send_signal(RANDOM.choice([signal.SIGKILL, signal.SIGKILL, signal.SIGINT]))
    text = process.communicate(timeout=240)[0]
    killed = () if moment is None else (-signal.SIGKILL, -signal.SIGINT)
    assert process.returncode in (0, *killed), \
        f"{' '.join(arguments)}: exit code {process.returncode}: {text}"
    return text


def check_train():
    batch, reuse, games, match_games = 16, 0.2, 2500, 40
    options = ["--dir", "run", "--size", "5", "--net", "b1c8", "--games", str(games), "--simulations", "2", "--threads",
               "2", "--batch", str(batch), "--reuse", str(reuse), "--match-every", "2", "--match-games", str(match_games)]
    run_, kept, said = pathlib.Path("run"), {}, ""

    def keep_games():  # files that have left the window are deleted
        for path in run_.glob("games/*.games"):
            before, kept[int(path.stem)] = kept.get(int(path.stem), []), records_in(path)
            assert kept[int(path.stem)][:len(before)] == before, f"{path}: games that were kept have changed"

    for _ in range(ROUNDS):
        said += run(["train", *options], RANDOM.uniform(0.2, 3))
        keep_games()
    cycle = max([*kept, 2])
    said += run(["train", *options, "--cycles", str(cycle)])
    keep_games()

    metrics = [json.loads(line) for line in (run_ / "metrics.jsonl").read_text().splitlines()]
    assert [line["cycle"] for line in metrics] == list(range(1, cycle + 1)), "a line for each cycle"
    records, samples, rows = [], 0, 0
    for line in metrics:
        number = line["cycle"]
        new = kept.get(number, [])
        records += new
        assert len(new) >= games, f"cycle {number}: {len(new)} games"
        assert line["games"] == len(records), f"cycle {number}: {line['games']} games, there are {len(records)}"
        learned = line["samples"] - samples
        due = reuse * (line["windowRows"] - rows)
        assert learned % batch == 0, f"cycle {number}: {learned} samples"
        if line["windowRows"] < 60000:  # from then on it loses rows as well
            assert abs(learned - due) <= batch / 2, f"cycle {number}: {learned} samples of {due}"
        assert line["loss"]["policy"] > 0 and line["policyEntropy"] > 0, f"cycle {number}: no loss"
        has_match = number % 2 == 0 and number > 1
        assert line["matchGames"] == (match_games if has_match else 0), f"cycle {number}: {line['matchGames']} games"
        assert has_match or number == 1 or line["elo"] == before, f"cycle {number}: another Elo without a match"
        samples, rows, before = line["samples"], line["windowRows"], line["elo"]
    expect_no_repetition(records, "train")
    assert not list(run_.glob("**/*.tmp-*")), "temporary files are left"
    return f"{len(records)} games in {cycle} cycles, {said.count('begins anew')} matches begun anew"


def check_out():
    out = pathlib.Path("own.games")
    options = ["selfplay", "--size", "5", "--simulations", "2", "--out", str(out), "--sgf", "own"]
    kept = []
    for _ in range(ROUNDS):
        seed, threads = RANDOM.choice(["1", "1", "2"]), RANDOM.choice(["1", "2"])
        run([*options, "--games", "100000", "--seed", seed, "--threads", threads], RANDOM.uniform(0.2, 3))
        if RANDOM.random() < 0.3 and kept:  # as a kill in the middle of a block leaves it
            out.write_bytes(out.read_bytes() + b"\x77\x03\0\0abcd" + b"x" * RANDOM.randrange(99))
        assert records_in(out)[:len(kept)] == kept, "games that were kept have changed"
        kept = records_in(out)
    run([*options, "--games", "20"])
    records = records_in(out)
    assert records[:len(kept)] == kept and len(records) >= len(kept) + 20, "games are missing"
    expect_no_repetition(records, "selfplay --out")
    return f"{len(records)} games in {out}"


def rows_in(folder):
    """For each file of rows, the games that they are of."""
    files = []
    for path in sorted(folder.glob("*.npz")):
        with zipfile.ZipFile(path) as archive:
            data = archive.read("globalTargetsNC.npy")
        body = data[10 + struct.unpack_from("<H", data, 8)[0]:]
        files.append({tuple(int(n) for n in struct.unpack_from("<6f", body, row * 320 + 4 * 41))
                      for row in range(len(body) // 320)})
    return files


def check_npz():
    folder = pathlib.Path("rows")
    options = ["selfplay", "--size", "5", "--simulations", "2", "--npz", str(folder), "--pos-len", "5", "--threads", "2"]
    kept = set()
    for _ in range(ROUNDS):
        run([*options, "--games", "100000"], RANDOM.uniform(0.2, 3))
        kept.update(records_in(folder / "unwritten.games"))
    run([*options, "--games", "20"])
    assert not (folder / "unwritten.games").exists(), "games without rows are left"
    files = rows_in(folder)
    games = set().union(*files)
    assert len(games) == sum(map(len, files)), "a game has rows in two files"
    missing = [record for record in kept if has_rows(record) and identity(record) not in games]
    assert not missing, f"{len(missing)} of {len(kept)} games have no rows"
    return f"{len(games)} games in {len(files)} files, {len(kept)} of them kept over a kill"


def check_records():
    run(["selfplay", "--size", "5", "--simulations", "2", "--games", "150", "--out", "some.games", "--sgf", "sgf"])
    options = ["train", "--sgf", "sgf", "--net", "b1c8", "--threads", "1", "--batch", "8", "--epochs", "4"]
    for _ in range(ROUNDS):
        run([*options, "--dir", "broken"], RANDOM.uniform(0.2, 2))
    ends = []
    for folder in ("broken", "whole"):
        run([*options, "--dir", folder])
        lines = [json.loads(line) for line in pathlib.Path(folder, "metrics.jsonl").read_text().splitlines()]
        assert [line["cycle"] for line in lines] == list(range(1, len(lines) + 1)), "a line for each net"
        ends.append({name: lines[-1][name] for name in ("epochs", "samples", "learningRate", "heldOut")})
    assert ends[0] == ends[1], f"another end than without a break: {ends}"
    return f"{ends[0]['samples']} samples, {ends[0]['heldOut']['positions']} held out"


def check_match():
    games = 8
    engine = f"'{PROGRAM}' gtp --net none --threads 1 --visits 20"
    options = ["match", "--engine1", engine, "--engine2", engine + "0", "--size", "5", "--games", str(games),
               "--parallel", "2", "--results", "results.jsonl", "--resume", "--sgf", "sgf"]
    for _ in range(ROUNDS):
        run(options, RANDOM.uniform(0.2, 2))
    report = run(options)
    lines = [json.loads(line) for line in pathlib.Path("results.jsonl").read_text().splitlines()]
    assert sorted(line["game"] for line in lines[1:]) == list(range(games)), "each game once"
    assert f", {games} games" in report, f"another report: {report}"
    assert len(list(pathlib.Path("sgf").glob("game-*.sgf"))) == games, "a record for each game"
    return f"{games} games"


def main():
    code = 0
    for check in (check_train, check_out, check_npz, check_records, check_match):
        with tempfile.TemporaryDirectory() as work:
            os.chdir(work)
            try:
                print(f"{check.__name__}: {check()}", flush=True)
            except AssertionError as error:
                print(f"{check.__name__} with seed {SEED}: {error}", flush=True)
                code = 1
            os.chdir("/")
    return code


if __name__ == "__main__":
    sys.exit(main())
