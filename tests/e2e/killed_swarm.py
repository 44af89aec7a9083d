#!/usr/bin/env python3
"""killed_swarm.py PROGRAM ROUNDS [SEED]: a learner, a hub and three workers, which are killed at random moments.

The run goes on by itself. At the end the run has as many games as its ledger says, and none is there twice. Needs
nats-server. Uses only Python's own modules.
"""
import pathlib
import signal
import sys
import time

from swarm_processes import Kept, expect_more_games, free_ports, need, random_from, run_test, stop_and_check

PROGRAM, ROUNDS = pathlib.Path(sys.argv[1]).resolve(), int(sys.argv[2])
WORKERS = ["ann", "ben", "carla"]


def add_processes(swarm):
    port = free_ports(1)[0]
    hub = ["--hub", f"nats://127.0.0.1:{port}"]
    swarm.add_plain_hub(port)
    swarm.add_learner(hub)
    for name in WORKERS:
        swarm.add_worker(name, hub)


def check(swarm):
    add_processes(swarm)
    swarm.start_all()
    kept = Kept()
    time.sleep(4)
    for _ in range(ROUNDS):
        if not swarm.runs("hub") and "nats-server/server" in swarm.log("hub", 100):
            print("nats-server has crashed by itself, in code of its own; started again")
            swarm.start("hub")
            kept.look_for(1.5)
        victim = RANDOM.choice(["hub", "learner", "learner", *WORKERS])
        kept.look()
        swarm.end(victim, signal.SIGKILL)
        kept.look_for(RANDOM.choice([0, 0, 1]))
        swarm.start(victim)
        if victim == "hub":  # a learner that starts while the hub is away ends with an error
            kept.look_for(1.5)
        kept.look_for(RANDOM.uniform(0.2, 2))
    took = expect_more_games(swarm, kept)
    return f"{stop_and_check(swarm, kept)}, {ROUNDS} kills; 300 more games {took:.1f} s after the last one"


need(PROGRAM)
RANDOM = random_from(sys.argv[3] if len(sys.argv) > 3 else None)
run_test(PROGRAM, check)
