#!/usr/bin/env python3
"""cut_network_swarm.py PROGRAM SECONDS: the network between a hub and its workers is cut for so long.

Hub and learner live in one network namespace, each of two workers in one of its own; a bridge is between them. A cut
is silent: nobody gets an error, packets just do not come. First one worker is cut off, then the other, then both at
once; at last one is stopped while it is cut off, and started again. Meanwhile workers go on playing; afterwards all
their games arrive. Needs root, iproute2 and nats-server. Uses only Python's own modules.
"""
import os
import pathlib
import signal
import subprocess
import sys

from swarm_processes import (Kept, expect_arrival, expect_more_games, last_stored, need, need_right, newest_block,
                             run_test, skip, stop_and_check)

PROGRAM, SECONDS = pathlib.Path(sys.argv[1]).resolve(), float(sys.argv[2])
WORKERS = ["ann", "ben"]
PREFIX = f"ponnuki{os.getpid()}-"
PORT = 4222  # of a namespace where nobody else is
CONFIG = f"""listen: 0.0.0.0:{PORT}
max_payload: 1MB
jetstream {{ store_dir: "js", max_file_store: 8GB }}
"""


def space(name):
    return PREFIX + name


def inside(name):
    return ["ip", "netns", "exec", space(name)]


def ip(name, line):
    subprocess.run(["ip", "-n", space(name), *line.split()], check=True)


def make_network():
    for name in ["hub", *WORKERS]:
        subprocess.run(["ip", "netns", "add", space(name)], check=True)
        ip(name, "link set lo up")
    ip("hub", "link add bridge type bridge")
    ip("hub", "addr add 10.77.0.1/24 dev bridge")
    ip("hub", "link set bridge up")
    for number, name in enumerate(WORKERS):
        ip("hub", f"link add to-{name} type veth peer name hub netns {space(name)}")
        ip("hub", f"link set to-{name} master bridge up")
        ip(name, f"addr add 10.77.0.{number + 2}/24 dev hub")
        ip(name, "link set hub up")


def remove_network():
    for name in ["hub", *WORKERS]:
        subprocess.run(["ip", "netns", "del", space(name)], capture_output=True)


def cut(swarm, kept, link, workers):
    """Cuts a link for SECONDS. What was played meanwhile must arrive. Returns a line about it."""
    ip("hub", f"link set {link} down")
    begun = {name: max(newest_block(name), last_stored(name)) for name in workers}
    kept.look_for(SECONDS)
    played = {name: newest_block(name) for name in workers}
    for name in workers:
        assert last_stored(name) <= begun[name], f"{name} is not cut off"
        assert played[name] > begun[name], f"{name} did not play while it was cut off: {swarm.log(name)}"
    ip("hub", f"link set {link} up")
    took = max(expect_arrival(kept, name, played[name]) for name in workers)
    blocks = sum(played[name] - begun[name] for name in workers)
    return f"{'+'.join(workers)} cut off: {blocks} blocks meanwhile, all stored after {took:.1f} s"


def stop_while_cut(swarm, kept, name):
    ip("hub", f"link set to-{name} down")
    kept.look_for(4)
    swarm.processes[name].send_signal(signal.SIGINT)
    took = kept.look_until(lambda: not swarm.runs(name), 90)  # games leave the window meanwhile
    assert took is not None, f"{name} does not stop while it is cut off: {swarm.log(name)}"
    left = newest_block(name)
    assert left > last_stored(name), f"{name} has nothing left to send"
    ip("hub", f"link set to-{name} up")
    swarm.start(name)
    arrived = expect_arrival(kept, name, left)
    return f"{name} stopped while cut off in {took:.1f} s; its games came {arrived:.1f} s after its next start"


def check(swarm):
    make_network()
    swarm.add_hub(CONFIG, front=inside("hub"))
    # Cycles are long: games of a net that is too old are refused.
    swarm.add_learner(["--hub", f"nats://127.0.0.1:{PORT}"], games=3000, front=inside("hub"))
    for name in WORKERS:
        swarm.add_worker(name, ["--hub", f"nats://10.77.0.1:{PORT}"], front=inside(name))
    swarm.start_all()
    kept = Kept()
    assert kept.look_until(lambda: min(map(last_stored, WORKERS)) > 0, 60) is not None, "no games at all"
    for link, workers in [("to-ann", ["ann"]), ("to-ben", ["ben"]), ("bridge", WORKERS)]:
        print(cut(swarm, kept, link, workers), flush=True)
    print(stop_while_cut(swarm, kept, "ann"), flush=True)
    expect_more_games(swarm, kept)
    return stop_and_check(swarm, kept)


if not sys.platform.startswith("linux"):
    skip("network namespaces are Linux's")
need(PROGRAM, "ip")
need_right("a network namespace", "ip", "netns", "add", space("hub"))
remove_network()
try:
    run_test(PROGRAM, check)
finally:
    remove_network()
