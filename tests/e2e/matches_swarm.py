#!/usr/bin/env python3
"""matches_swarm.py PROGRAM: workers play the matches of a run, and those of `gate --hub`.

A worker that dies with a part of a match gives its games back; one that had no net of the match before gets it. Needs
nats-server. Uses only Python's own modules.
"""
import pathlib
import re
import signal
import subprocess
import sys

from swarm_processes import Kept, free_ports, need, run_test, stop_and_check

PROGRAM = pathlib.Path(sys.argv[1]).resolve()


def shares(lines):
    """Who has played how many games of each match, as the one says who has it played."""
    told = [line for line in lines if "games of the match workers played" in line]
    return [dict((name, int(count)) for name, count in re.findall(r"(\w+) (\d+)", line.split("played:")[1]))
            for line in told]


def metrics():
    return pathlib.Path("run/metrics.jsonl").read_text()


def check(swarm):
    port = free_ports(1)[0]
    for name, more in [("learner", ["--learner"]), ("ann", []), ("ben", [])]:
        swarm.add_user(name, *more)
    swarm.add_club_hub(port)
    hub = ["--hub", f"nats://127.0.0.1:{port}"]
    learner = [*hub, "--creds", "learner.json", "--users", "users.conf"]
    swarm.add_learner(learner, matches=["--match-every", "2", "--match-games", "400"])
    swarm.start_all()
    for name in ["ann", "ben"]:
        swarm.add_worker(name, [*hub, "--creds", f"{name}.json"])
        swarm.start(name)
    kept = Kept()
    took = kept.look_until(lambda: len(shares(swarm.all_lines("learner"))) >= 2, 120)
    assert took is not None, f"no worker played in a match: {swarm.log('learner')}"
    nets = sorted(pathlib.Path("run/nets").glob("*"))
    gate = subprocess.Popen([PROGRAM, "gate", "--net", nets[-1], "--against", nets[0], "--size", "5", "--games", "1500",
                             "--run", "club", *learner, "--threads", "1"],
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    said = "plays games of a match"
    before = sum(said in line for line in swarm.all_lines("ann"))
    assert kept.look_until(lambda: sum(said in line for line in swarm.all_lines("ann")) > before, 60), swarm.log("ann")
    swarm.end("ann", signal.SIGKILL)
    swarm.start("ann")
    out, err = gate.communicate(timeout=180)
    assert gate.returncode in (0, 1) and out.startswith("1500 games: "), f"gate: {gate.returncode} {out}{err}"
    played = shares(err.splitlines())
    assert played and sum(played[0].values()) < 1500, f"gate says nothing of workers: {err}"
    result = stop_and_check(swarm, kept)
    elo = re.findall(r'"elo":([-0-9.e]+),"matchGames":400', metrics())
    assert len(elo) >= 2, "the run has no result of its matches"
    return f"{result}; {shares(swarm.all_lines('learner'))} of 400 games each; gate: {played[0]} of 1500"


need(PROGRAM)
run_test(PROGRAM, check)
