#!/usr/bin/env python3
"""failing_calls.py PROGRAM LIBRARY [--all]: commands that write files, while their calls of the system fail.

LIBRARY (tests/support/failing_calls.cc) makes the N-th call of write, fsync, rename or ftruncate fail: once, as by an
error of the disk, or from then on, as on a full one; or it kills the command before that call. N goes over all calls of
a command; without --all each N gets one kind of fault and a kill, with --all every kind. Each time the command either
does its work, or says what is wrong and ends with an exit code, or is killed; all files are as they were or as they
should become; and the next start does the work and leaves no temporary file.
"""
import hashlib
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile

PROGRAM, LIBRARY = (pathlib.Path(path).resolve() for path in sys.argv[1:3])
ALL = "--all" in sys.argv
HARMLESS = ("EINTR", "SHORT")  # the command has to go on as if nothing had been
FAULTS = [("ENOSPC", "1"), ("EINTR", ""), ("EIO", ""), ("SHORT", ""), ("EIO", "1"), ("ZERO", ""), ("SHORT", "1"),
          ("ENOSPC", "")]
KILL = ("KILL", "")
WORDS = {"ENOSPC": "No space left on device", "EIO": "Input/output error", "ZERO": "Input/output error"}
RECORD = "(;FF[4]GM[1]SZ[5]KM[0]RU[Chinese];B[cc];W[bb];B[cb];W[bc];B[bd];W[])"


def run(arguments, text="", **fault):
    environment = {**os.environ, "XDG_CACHE_HOME": "cache", "XDG_DATA_HOME": "data", **fault}
    for name in ("PONNUKI_NET", "PONNUKI_CONFIG"):
        environment.pop(name, None)
    if fault:
        environment["LD_PRELOAD"] = str(LIBRARY)
    return subprocess.run([PROGRAM, *arguments], input=text, capture_output=True, text=True, timeout=240,
                          env=environment)


def good(done):
    assert done.returncode == 0, f"exit code {done.returncode}: {done.stderr}"


def files():
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in pathlib.Path(".").glob("**/*") if path.is_file() and path.name != "lock"}


def make_net(path):
    """A net of one block, which plays in no time."""
    good(run(["train", "--dir", "training", "--size", "4", "--net", "b1c8", "--games", "1", "--simulations", "1",
              "--threads", "1", "--cycles", "1"]))
    good(run(["net", "convert", "training/nets/000001.bin.gz", path]))
    shutil.rmtree("training")


# --- the commands. Each has options, what is there before, and a check of the end.

class Command:
    arguments, text = [], ""

    def prepare(self):
        pass

    def check(self):
        """The work is done."""

    def check_kept(self, before):
        """After a failure: what was there is there."""
        for path, digest in before.items():
            now = pathlib.Path(path)
            assert now.exists(), f"{path} is gone"
            data = hashlib.sha256(now.read_bytes()).hexdigest()
            assert data in (digest, self.end.get(path)), f"{path} is neither the old nor the new file"


class Train(Command):
    common = ["train", "--dir", "run", "--size", "4", "--net", "b1c8", "--games", "6", "--simulations", "2",
              "--threads", "1", "--match-every", "2", "--match-games", "2", "--batch", "16"]
    arguments = [*common, "--cycles", "2"]

    def prepare(self):
        good(run([*self.common, "--cycles", "1"]))

    def check(self):
        cycles = [json.loads(line)["cycle"] for line in pathlib.Path("run/metrics.jsonl").read_text().splitlines()]
        assert cycles[:2] == [1, 2], f"cycles {cycles}"
        good(run(["net", "info", "run/nets/000002.bin.gz"]))
        assert not list(pathlib.Path("run").glob("**/*.damaged*")), "a file is damaged"

    def check_kept(self, before):
        for path in ("run/games/000001.games", "run/nets/000001.bin.gz"):
            assert files()[path] == before[path], f"{path} has changed"
        good(run(["train", "status", "--dir", "run"]))


class TrainOnRecords(Command):
    common = ["train", "--dir", "run", "--sgf", "records", "--net", "b1c8", "--threads", "1", "--batch", "8"]
    arguments = [*common, "--epochs", "2"]

    def prepare(self):
        make_net("net.safetensors")
        good(run(["selfplay", "--net", "net.safetensors", "--size", "4", "--simulations", "2", "--threads", "1",
                  "--games", "12", "--out", "some.games", "--sgf", "records"]))
        good(run([*self.common, "--epochs", "1"]))

    def check(self):
        lines = [json.loads(line) for line in pathlib.Path("run/metrics.jsonl").read_text().splitlines()]
        assert [line["cycle"] for line in lines] == list(range(1, len(lines) + 1)) and lines[-1]["epochs"] == 2

    def check_kept(self, before):
        assert files()["run/nets/000001.bin.gz"] == before["run/nets/000001.bin.gz"], "a net has changed"
        good(run(["train", "status", "--dir", "run"]))


class Selfplay(Command):
    arguments = ["selfplay", "--net", "net.safetensors", "--size", "4", "--simulations", "2", "--threads", "1",
                 "--games", "6", "--out", "a.games", "--sgf", "sgf", "--npz", "rows", "--pos-len", "4"]

    def prepare(self):
        make_net("net.safetensors")
        good(run(self.arguments))
        self.games = pathlib.Path("a.games").read_bytes()

    def check(self):
        now = pathlib.Path("a.games").read_bytes()
        assert now.startswith(self.games) and len(now) > len(self.games), "games are lost"

    def check_kept(self, before):
        assert pathlib.Path("a.games").read_bytes().startswith(self.games), "games are lost"
        now = files()
        for path, digest in before.items():
            assert path in ("a.games", "rows/starts") or now.get(path) == digest, f"{path} has changed"


class Convert(Command):
    arguments = ["net", "convert", "net.safetensors", "out.onnx"]

    def prepare(self):
        make_net("net.safetensors")
        pathlib.Path("out.onnx").write_text("old")

    def check(self):
        good(run(["net", "info", "out.onnx"]))


class Average(Convert):
    arguments = ["net", "average", "out.onnx", "net.safetensors", "net.safetensors"]


class Analyze(Command):
    arguments = ["analyze", "game.sgf", "--net", "none", "--visits", "4", "--threads", "1", "--second-pass", "0",
                 "--html", "--sgf", "--jsonl", "--csv", "--svg", "--out", "reports"]

    def prepare(self):
        pathlib.Path("game.sgf").write_text(RECORD)

    def check(self):
        kinds = sorted(path.suffix for path in pathlib.Path("reports").iterdir())
        assert kinds == [".csv", ".html", ".jsonl", ".sgf", ".svg"], f"reports: {kinds}"


class PrintSgf(Command):
    arguments = ["gtp", "--net", "none"]
    text = "boardsize 5\nplay b c3\nprintsgf game.sgf\nquit\n"

    def prepare(self):
        pathlib.Path("game.sgf").write_text("old")

    def check(self):
        assert pathlib.Path("game.sgf").read_text().startswith("(;"), "no record"


class Match(Command):
    engine = f"'{PROGRAM}' gtp --net none --threads 1 --visits 2"
    arguments = ["match", "--engine1", engine, "--engine2", engine, "--size", "3", "--games", "2", "--results",
                 "results.jsonl", "--resume", "--sgf", "sgf"]

    def check(self):
        lines = [json.loads(line) for line in pathlib.Path("results.jsonl").read_text().splitlines()]
        assert sorted(line["game"] for line in lines[1:]) == [0, 1], "each game once"


# --- the walk

def failed_well(command, done, how):
    """Whether it failed. It says so, and why."""
    if how == "KILL":
        assert done.returncode == -signal.SIGKILL, f"exit code {done.returncode} instead of a kill"
        return True
    refused = re.search(r"^\? .*", done.stdout, re.M)
    if done.returncode == 0 and not refused:
        return False
    said = refused.group() if refused else done.stderr
    assert refused or done.returncode in (1, 2), f"exit code {done.returncode}: {said}"
    assert how not in HARMLESS, f"it does not go on: {said}"
    assert WORDS[how] in said, f"it says only: {said}"
    return True


def check(command, at, how, always):
    before = files()
    done = run(command.arguments, command.text, FAIL_AT=str(at), FAIL_HOW=how, FAIL_ALWAYS=always)
    if failed_well(command, done, how):
        command.check_kept(before)
        again = run(command.arguments, command.text)
        assert again.returncode == 0 and "?" not in again.stdout[:1], f"the next start: {again.stderr}"
    elif how not in HARMLESS:
        assert WORDS[how] in done.stderr or command.end.keys() <= files().keys(), f"a failure in silence: {done.stderr}"
    command.check()
    left = [path for path in files() if ".tmp-" in path]
    assert not left, f"temporary files are left: {left}"


def walk(command):
    """Returns the number of calls and of faults that were tried, and what went wrong."""
    with tempfile.TemporaryDirectory() as work:
        start = pathlib.Path(work, "start")
        start.mkdir()
        os.chdir(start)
        command.prepare()
        shutil.copytree(start, pathlib.Path(work, "whole"))
        os.chdir(pathlib.Path(work, "whole"))
        good(run(command.arguments, command.text, FAIL_REPORT=f"{work}/calls"))
        command.end = files()
        calls = int(pathlib.Path(work, "calls").read_text())
        tried, bad = 0, []
        for at in range(1, calls + 1):
            for how, always in [*(FAULTS if ALL else [FAULTS[at % len(FAULTS)]]), KILL]:
                place = pathlib.Path(work, f"{at}-{how}{always}")
                shutil.copytree(start, place)
                os.chdir(place)
                try:
                    check(command, at, how, always)
                except AssertionError as error:
                    bad.append(f"call {at}, {how}{' and all later ones' if always else ''}: {str(error).strip()}")
                tried += 1
                os.chdir(work)
                shutil.rmtree(place)
        os.chdir("/")
        return calls, tried, bad


def main():
    with tempfile.TemporaryDirectory() as work:
        probe = f"{work}/calls"
        done = run(["--version"], FAIL_REPORT=probe)
        if done.returncode != 0 or not os.path.exists(probe):
            print(f"the library does not work with this program: {done.stderr}")
            return 77
    code = 0
    for kind in (PrintSgf, Convert, Average, Analyze, Selfplay, Match, TrainOnRecords, Train):
        calls, tried, bad = walk(kind())
        print(f"{kind.__name__}: {calls} calls, {tried} faults, {len(bad)} not as they should be", flush=True)
        for error in bad[:5]:
            print("   ", error)
        code = code or (1 if bad else 0)
    return code


if __name__ == "__main__":
    sys.exit(main())
