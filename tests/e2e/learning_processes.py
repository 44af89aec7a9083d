#!/usr/bin/env python3
"""learning_processes.py PROGRAM: `mpirun ponnuki train` learns what one process learns.

It is stopped, killed and started wrongly as well. Needs mpirun (Open MPI) and a program that was built with MPI. Uses
only Python's own modules.
"""
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time

from game_files import records_in

PROGRAM = pathlib.Path(sys.argv[1]).resolve()
os.environ.update(OMPI_ALLOW_RUN_AS_ROOT="1", OMPI_ALLOW_RUN_AS_ROOT_CONFIRM="1")
SMALL = ["--size", "5", "--net", "b1c8", "--simulations", "4", "--threads", "1", "--match-every", "0"]


def skip(why):
    print(f"skipped: {why}")
    sys.exit(77)


def mpirun(processes, *arguments):
    return ["mpirun", "-n", str(processes), "--oversubscribe", PROGRAM, *arguments]


def run(command, code=0):
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == code, f"{command}: exit code {done.returncode}: {done.stdout}{done.stderr}"
    return done


def losses(folder):
    """The losses by cycle, also the norm of the gradient."""
    lines = [json.loads(line) for line in pathlib.Path(folder, "metrics.jsonl").read_text().splitlines()]
    return [{**line["loss"], "norm": line["gradientNorm"]} for line in lines]


def expect_close(one, other, tolerance, what):
    assert len(one) == len(other) > 0, f"{what}: {len(one)} and {len(other)} cycles"
    for a, b in zip(one, other):
        assert a.keys() == b.keys()
        for term in a:
            assert abs(a[term] - b[term]) <= tolerance * abs(a[term]), f"{what}: {term} is {a[term]} and {b[term]}"


def check_records():
    """The samples of records come in an order that rounding does not change."""
    net = "cycle/nets/000001.bin.gz"
    run([PROGRAM, "selfplay", "--net", net, "--size", "5", "--games", "40", "--threads", "1", "--out", "own.games",
         "--sgf", "sgf"])
    options = ["train", "--sgf", "sgf", "--size", "5", "--net", "b2c16", "--batch", "32", "--threads", "1", "--epochs"]
    run([PROGRAM, *options, "3", "--dir", "alone"])
    for processes in 2, 3:
        folder = f"shared{processes}"
        out = run(mpirun(processes, *options, "3", "--dir", folder)).stdout
        assert out.count(f"{processes} processes learn together") == 1, out
        assert out.count("options:") == 1, f"not only the first process speaks: {out}"
        expect_close(losses("alone"), losses(folder), 0.01, f"records, {processes} processes")
    run([PROGRAM, *options, "4", "--dir", "shared2"])  # one process goes on where two were
    assert len(losses("shared2")) == 4


def check_first_cycle():
    """Games are the same until the net has learned. Under mpirun one process is as without, to the bit."""
    options = ["train", *SMALL, "--games", "60", "--cycles", "1", "--dir"]
    run([PROGRAM, *options, "cycle"])
    run(mpirun(2, *options, "cycle2"))
    run(mpirun(1, *options, "cycle1"))
    expect_close(losses("cycle"), losses("cycle2"), 1e-3, "the first cycle")
    for name in "cycle1", "cycle2":
        same = records_in(pathlib.Path(name, "games/000001.games"))
        assert same == records_in(pathlib.Path("cycle/games/000001.games")), f"{name}: other games"
    same = pathlib.Path("cycle1/nets/000001.bin.gz").read_bytes()
    assert same == pathlib.Path("cycle/nets/000001.bin.gz").read_bytes(), "mpirun -n 1: another net"


def check_growth():
    """Helpers follow a net that grows."""
    options = ["train", *SMALL, "--net", "b1c8,b2c8@0.0001", "--games", "20", "--cycles", "3", "--dir"]
    out = run(mpirun(2, *options, "grown")).stdout
    assert "the net grows to b2c8" in out and "cycle 3 " in out, out


class Running:
    """Two processes that play and learn until they are stopped."""

    def __init__(self, folder):
        self.folder = folder
        self.log = pathlib.Path(folder + ".log")
        with open(self.log, "w") as log:
            # This script may run in the background, where shells ignore SIGINT.
            self.process = subprocess.Popen(
                mpirun(2, "train", *SMALL, "--games", "30", "--dir", folder), stdout=log, stderr=log,
                preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
        for _ in range(600):
            if self.log.read_text().count("\ncycle ") >= 2:
                return
            time.sleep(0.05)
        self.process.kill()
        raise AssertionError(f"no two cycles: {self.log.read_text()}")

    def ranks(self):
        pids = []
        for path in pathlib.Path("/proc").glob("[0-9]*"):
            try:
                parent = int((path / "stat").read_text().rpartition(")")[2].split()[1])
                if parent == self.process.pid and (path / "exe").resolve() == PROGRAM:
                    pids.append(int(path.name))
            except OSError:
                pass  # it has ended
        return sorted(pids)

    def wait(self):
        pids = self.ranks()
        code = self.process.wait(60)
        deadline = time.time() + 10
        while any(self.runs(pid) for pid in pids):
            assert time.time() < deadline, "a process goes on without the others"
            time.sleep(0.1)
        return code

    @staticmethod
    def runs(pid):
        try:
            return (pathlib.Path("/proc", str(pid)) / "stat").read_text().rpartition(")")[2].split()[0] != "Z"
        except OSError:
            return False


def expect_goes_on(folder):
    out = run([PROGRAM, "train", "--dir", folder, "--cycles", "1"]).stdout
    assert "going on after cycle" in out and "damaged" not in out, out


def check_ends():
    one = Running("stopped")
    error = run(mpirun(2, "train", *SMALL, "--dir", "stopped"), 1).stderr
    assert error.count("another process trains here") == 1, error
    one.process.send_signal(signal.SIGUSR1)
    assert one.wait() == 0, one.log.read_text()
    expect_goes_on("stopped")
    one = Running("interrupted")
    one.process.send_signal(signal.SIGINT)
    one.wait()  # Open MPI's exit code
    expect_goes_on("interrupted")
    one = Running("killed")
    pids = one.ranks()
    assert len(pids) == 2, pids
    os.kill(pids[1], signal.SIGKILL)
    assert one.wait() != 0, "a dead helper was not noticed"
    expect_goes_on("killed")


def check_errors():
    for arguments, code, message in [(["train"], 2, "--dir is missing"),
                                     (["train", "--dri", "x"], 2, "unknown option '--dri'"),
                                     (["train", "--dir", "x", "--net", "b1"], 2, "is no shape"),
                                     (["train", "--dir", "/proc/x"], 1, "--dir: ")]:
        done = run(mpirun(3, *arguments), code)
        assert done.stderr.count(message) == 1, f"{arguments}: {done.stderr}"
        assert "processes learn" not in done.stdout, done.stdout
    assert "Usage: ponnuki train" in run(mpirun(2, "train", "--help")).stdout


if not shutil.which("mpirun"):
    skip("mpirun is not installed")
with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    try:
        probe = subprocess.run(mpirun(2, "train"), capture_output=True, text=True, timeout=60)
        if "built without MPI" in probe.stderr:
            skip("the program was built without MPI")
        if "OMPI_COMM_WORLD" not in subprocess.run(["mpirun", "-n", "1", "env"], capture_output=True, text=True).stdout:
            skip("mpirun is not Open MPI's, or cannot start a process here")
        for check in check_first_cycle, check_records, check_growth, check_ends, check_errors:
            check()
    finally:
        os.chdir("/")
