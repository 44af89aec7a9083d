#!/usr/bin/env python3
"""standby_swarm.py PROGRAM: a learner is killed, and another one is stopped for a while; those that stand by take over.

No block that a worker was told is stored is lost, no game is there twice, and a learner that comes back too late ends
by itself. Needs nats-server. Uses only Python's own modules.
"""
import json
import pathlib
import signal
import sys
import time

from swarm_processes import Kept, expect_more_games, free_ports, last_stored, need, run_test, stop_and_check

PROGRAM = pathlib.Path(sys.argv[1]).resolve()
WORKERS = ["ann", "ben"]
LONGEST = 30  # seconds until another process is the learner


def add_standby(swarm, name, hub):
    swarm.commands[name] = [PROGRAM, "hub", "standby", "--dir", name, "--threads", "1", "--run", "club", *hub]
    swarm.start(name)


def await_line(swarm, name, text, seconds):
    begin = time.time()
    while text not in swarm.log(name, 1000):
        assert swarm.runs(name), f"{name} ended: {swarm.log(name)}"
        assert time.time() < begin + seconds, f"{name} does not say '{text}' in {seconds} s: {swarm.log(name)}"
        time.sleep(0.1)
    return time.time() - begin


def told_as_stored(worker):
    return json.loads((pathlib.Path(worker) / "stored").read_text())["stored"]


def take_over(swarm, old, new, how):
    """Ends or stops one learner. Returns when another one has taken over and has stored games."""
    told = {worker: told_as_stored(worker) for worker in WORKERS}
    swarm.processes[old].send_signal(how)
    silent = await_line(swarm, new, "taking over", 60)
    kept = Kept(new)
    kept.look()
    before = kept.count()
    took = kept.look_until(lambda: kept.count() > before, 90)
    assert took is not None, f"{new} stores no games: {swarm.log(new)}"
    assert silent <= LONGEST, f"{silent:.1f} s without a learner"
    for worker, number in told.items():
        assert last_stored(worker, new) >= number, f"{worker} was told that {number} is stored; {new} does not have it"
    return f"{silent:.1f} s, with games {silent + took:.1f} s"


def check(swarm):
    port = free_ports(1)[0]
    hub = ["--hub", f"nats://127.0.0.1:{port}"]
    swarm.add_plain_hub(port)
    swarm.add_learner(hub, games=200)
    for name in WORKERS:
        swarm.add_worker(name, hub)
    swarm.start_all()
    time.sleep(8)
    add_standby(swarm, "second", hub)
    copied = await_line(swarm, "second", "standing by", 60)
    time.sleep(5)
    killed = take_over(swarm, "learner", "second", signal.SIGKILL)
    add_standby(swarm, "third", hub)
    await_line(swarm, "third", "standing by", 60)
    time.sleep(5)
    stopped = take_over(swarm, "second", "third", signal.SIGSTOP)
    swarm.processes["second"].send_signal(signal.SIGCONT)
    assert swarm.processes["second"].wait(60) != 0, "a learner that was too late ended without an error"
    assert "another learner has taken over" in swarm.log("second", 3), swarm.log("second")
    swarm.processes["learner"] = swarm.processes.pop("third")
    swarm.commands["learner"] = swarm.commands.pop("third")
    pathlib.Path("learner.log").write_text(pathlib.Path("third.log").read_text())
    kept = Kept("third")
    expect_more_games(swarm, kept)
    result = stop_and_check(swarm, kept, "third")
    return f"{result}; a copy after {copied:.1f} s; taken over after a kill in {killed}, after a stop in {stopped}"


need(PROGRAM)
run_test(PROGRAM, check)
