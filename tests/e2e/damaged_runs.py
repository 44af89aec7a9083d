#!/usr/bin/env python3
"""damaged_runs.py PROGRAM ROUNDS [SEED]: a training run of which one file after the other is damaged.

In each round every file is damaged in every way, at another place. The next start names the damaged file, and either
goes on without what is lost, or ends with an exit code and says what helps. Other files stay as they are.
"""
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

PROGRAM, ROUNDS = pathlib.Path(sys.argv[1]).resolve(), int(sys.argv[2])
SEED = int(sys.argv[3]) if len(sys.argv) > 3 else 1
RANDOM = random.Random(SEED)
COMMON = ["train", "--dir", "run", "--size", "4", "--net", "b1c8", "--simulations", "2", "--threads", "1", "--reuse",
          "0.1", "--batch", "16", "--match-every", "2", "--match-games", "2"]
START = [*COMMON, "--games", "6", "--cycles", "4"]
# Files that are written anew, not read; and nets that no match needs.
UNREAD = ("config.json", "index.html", "000002.bin.gz", "000003.bin.gz")


def run(arguments):
    done = subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, timeout=240)
    assert done.returncode in (0, 1, 2), f"exit code {done.returncode}: {done.stdout}{done.stderr}"
    return done


def make_run():
    """Three cycles, and some games of the fourth."""
    assert run([*COMMON, "--games", "6", "--cycles", "3"]).returncode == 0
    games = pathlib.Path("run/games/000004.games")
    process = subprocess.Popen([PROGRAM, *COMMON, "--games", "100000", "--cycles", "4"], stdout=subprocess.DEVNULL,
                               preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
    for _ in range(2400):
        if games.exists() and games.stat().st_size > 3000:
            break
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    assert process.wait(60) == 0 and games.stat().st_size > 3000


def overwrite(data, size, byte):
    at = RANDOM.randrange(len(data))
    return data[:at] + bytes(byte() for _ in range(min(size, len(data) - at))) + data[at + size:]


def flip(data):
    at = RANDOM.randrange(len(data))
    return data[:at] + bytes([data[at] ^ 1 << RANDOM.randrange(8)]) + data[at + 1:]


WAYS = {
    "cut off": lambda data: data[:RANDOM.randrange(1, max(len(data), 2))],
    "emptied": lambda data: b"",
    "a bit flipped": flip,
    "the first bytes": lambda data: flip(data[:12]) + data[12:],
    "noise": lambda data: overwrite(data, 64, lambda: RANDOM.randrange(256)),
    "zeros": lambda data: overwrite(data, 512, lambda: 0),
    "something else": lambda data: b"GIF89a, this is another file\n" * 9,
    "swapped": None,
}


def ends_of_blocks(data):
    ends = [12]
    while ends[-1] + 8 <= len(data):
        ends.append(ends[-1] + 8 + int.from_bytes(data[ends[-1]:ends[-1] + 4], "little"))
    return ends


def may_go_unnoticed(path, way, before, after):
    """What no checksum can tell: a file that has ended sooner, or another one of the same kind."""
    if path.name in UNREAD or after == before or way == "swapped":
        return True
    if path.suffix == ".games":
        return before.startswith(after) and len(after) in ends_of_blocks(before)
    if path.suffix == ".gz":  # the time and the system in the header of gzip
        return way != "emptied" and after[:4] == before[:4] and after[10:] == before[10:]
    if path.name == "metrics.jsonl":
        return before.startswith(after) and after.endswith(b"\n") and b'"cycle":3' in after
    if path.name == "state.conf":  # the comment at its end
        return before.split(b"# crc32")[0] == after.split(b"#")[0]
    return False


def damage(path, way, others):
    """Returns the bytes before and after."""
    before = path.read_bytes()
    if way == "swapped":
        other = RANDOM.choice(others)
        after = other.read_bytes()
        other.write_bytes(before)
    else:
        after = WAYS[way](before)
    path.write_bytes(after)
    return before, after


def check(path, way):
    files = {p: p.read_bytes() for p in pathlib.Path("run").glob("*/*")}
    others = [p for p in path.parent.iterdir() if p.is_file() and p.name != "lock" and p != path]
    before, after = damage(path, way, others)
    first = run(START)
    said = first.stdout + first.stderr
    assert path.name in said or may_go_unnoticed(path, way, before, after), f"exit code {first.returncode}, silent: {said}"
    if way != "swapped":
        for kept in files:
            if kept != path:
                assert kept.read_bytes().startswith(files[kept]), f"{kept} has changed"
    if first.returncode != 0:
        assert len(first.stderr.splitlines()) == 1, f"not one line: {first.stderr}"
        if way == "swapped":
            return
        path.write_bytes(before)
    again = run(START)
    assert again.returncode == 0, f"the next start: {again.stderr}"
    assert pathlib.Path("run/nets/000004.bin.gz").exists(), "the cycle did not end"


def main():
    with tempfile.TemporaryDirectory() as work:
        os.chdir(work)
        make_run()
        shutil.copytree("run", "start")
        names = sorted(p.relative_to("start") for p in pathlib.Path("start").glob("**/*")
                       if p.is_file() and p.name != "lock")
        tried = bad = 0
        for _ in range(ROUNDS):
            for name in names:
                for way in WAYS:
                    shutil.rmtree("run")
                    shutil.copytree("start", "run")
                    tried += 1
                    try:
                        check("run" / name, way)
                    except AssertionError as error:
                        print(f"seed {SEED}: {name}, {way}: {error}", flush=True)
                        bad += 1
        print(f"{len(names)} files, {tried} damages, {bad} not as they should be")
        os.chdir("/")
        return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
