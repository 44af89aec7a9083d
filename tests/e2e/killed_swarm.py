#!/usr/bin/env python3
"""killed_swarm.py PROGRAM ROUNDS [SEED]: a learner, a hub and three workers, which are killed at random moments.

The run goes on by itself. At the end the run has as many games as its ledger says, and none is there twice. Needs
nats-server. Uses only Python's own modules.
"""
import json
import os
import pathlib
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

from game_files import expect_no_repetition, records_in

PROGRAM, ROUNDS = pathlib.Path(sys.argv[1]).resolve(), int(sys.argv[2])
SEED = int(sys.argv[3]) if len(sys.argv) > 3 else random.randrange(1000000)
RANDOM = random.Random(SEED)
WORKERS = ["ann", "ben", "carla"]


def skip(why):
    print(f"skipped: {why}")
    sys.exit(77)


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Swarm:
    """The processes by name; each can be killed and started again."""

    def __init__(self):
        port = free_port()
        pathlib.Path("nats.conf").write_text(
            f'listen: 127.0.0.1:{port}\nmax_payload: 1MB\njetstream {{ store_dir: "js", max_file_store: 8GB }}\n')
        hub = ["--hub", f"nats://127.0.0.1:{port}", "--run", "club"]
        self.commands = {
            "hub": ["nats-server", "-c", "nats.conf"],
            "learner": [PROGRAM, "train", "--dir", "run", "--size", "5", "--net", "b1c8", "--games", "300",
                        "--simulations", "2", "--threads", "1", "--reuse", "0.5", "--match-every", "0", *hub]}
        for name in WORKERS:
            self.commands[name] = [PROGRAM, "worker", "--name", name, "--spool", name, "--threads", "1", *hub]
        self.processes = {}

    def start(self, name):
        log = open(f"{name}.log", "a")
        # This script may run in the background, where shells ignore SIGINT.
        self.processes[name] = subprocess.Popen(self.commands[name], stdout=log, stderr=subprocess.STDOUT,
                                                preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))

    def end(self, name, how):
        process = self.processes[name]
        assert process.poll() is None, f"{name} ended by itself with {process.returncode}: {self.log(name)}"
        process.send_signal(how)
        process.wait(60)

    def log(self, name):
        return "".join(open(f"{name}.log").readlines()[-5:])

    def end_all(self):
        for process in self.processes.values():
            if process.poll() is None:
                process.kill()
                process.wait()


class Kept:
    """All games that were ever stored; files that have left the learner's window are deleted."""

    def __init__(self):
        self.by_cycle = {}

    def look(self):
        for path in pathlib.Path("run").glob("games/*.games"):
            records = records_in(path)
            if not path.exists():  # deleted meanwhile
                continue
            before = self.by_cycle.get(path.stem, [])
            assert records[:len(before)] == before, f"{path}: games that were stored have changed"
            self.by_cycle[path.stem] = records

    def look_for(self, seconds):
        end = time.time() + seconds
        while time.time() < end:
            time.sleep(0.1)
            self.look()

    def games(self):
        return [record for cycle in sorted(self.by_cycle) for record in self.by_cycle[cycle]]


def games_of_ledger():
    count = 0
    for line in pathlib.Path("run/ledger.jsonl").read_text().splitlines():
        entry = json.loads(line)
        count += sum(account["games"] for account in entry.get("workers", {}).values())
        count += sum(block[2] for block in entry.get("blocks", []) if len(block) == 3)
        refused = [account["reasons"] for account in entry.get("workers", {}).values() if account["refused"]]
        assert not refused, f"honest workers were refused: {refused}"
    return count


def check(swarm):
    kept = Kept()
    for name in ["hub", *[n for n in swarm.commands if n != "hub"]]:
        swarm.start(name)
        if name == "hub":
            time.sleep(1)
    time.sleep(4)
    for _ in range(ROUNDS):
        victim = RANDOM.choice(["hub", "learner", "learner", *WORKERS])
        kept.look()
        swarm.end(victim, signal.SIGKILL)
        kept.look_for(RANDOM.choice([0, 0, 1]))
        swarm.start(victim)
        if victim == "hub":  # a learner that starts while the hub is away ends with an error
            kept.look_for(1.5)
        kept.look_for(RANDOM.uniform(0.2, 2))
    stored = len(kept.games())
    deadline = time.time() + 60
    while len(kept.games()) < stored + 300:  # it goes on by itself
        assert time.time() < deadline, f"no more games: {swarm.log('learner')}{swarm.log('ann')}"
        time.sleep(0.2)
        kept.look()
    for name in WORKERS:
        swarm.end(name, signal.SIGINT)
    time.sleep(3)
    swarm.end("learner", signal.SIGINT)
    kept.look()
    games = kept.games()
    metrics = [json.loads(line) for line in pathlib.Path("run/metrics.jsonl").read_text().splitlines()]
    begun = [len(records) for cycle, records in kept.by_cycle.items() if int(cycle) > metrics[-1]["cycle"]]
    stored = metrics[-1]["games"] + sum(begun)
    assert games_of_ledger() == stored, f"the ledger says {games_of_ledger()} games, the run has {stored}"
    assert len(games) > 0.9 * stored, f"only {len(games)} of {stored} games were seen"
    expect_no_repetition(games, "the swarm")
    return f"{stored} games in {len(kept.by_cycle)} cycles, {ROUNDS} kills"


if not shutil.which("nats-server"):
    skip("nats-server is not installed")
if "unknown" in subprocess.run([PROGRAM, "worker", "--help"], capture_output=True, text=True).stderr:
    skip("the program was built without libnats")
print(f"seed {SEED}", flush=True)
with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    swarm = Swarm()
    try:
        print(check(swarm))
    except BaseException:
        for name in swarm.processes:
            print(f"--- {name}\n{swarm.log(name)}")
        raise
    finally:
        swarm.end_all()
    os.chdir("/")
