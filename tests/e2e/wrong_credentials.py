#!/usr/bin/env python3
"""wrong_credentials.py PROGRAM: users of a hub with a wrong password, or with another's name, are told.

A learner ends with an error. A worker says once why it waits, and plays as soon as the hub takes its credentials. When
the hub refuses those of a run under way, for a while, the run goes on by itself afterwards. Needs nats-server. Uses
only Python's own modules.
"""
import json
import pathlib
import signal
import subprocess
import sys

from swarm_processes import Kept, expect_arrival, expect_more_games, free_ports, last_stored, need, run_test, \
    stop_and_check

PROGRAM = pathlib.Path(sys.argv[1]).resolve()
REFUSED = "Authorization Violation"


def write_wrong_password(name):
    pathlib.Path(f"{name}.json").write_text(json.dumps({"user": name, "password": "wrong"}))


def expect_words(swarm, kept, name, words, times=1, seconds=15, most=None):
    """The process says these words as often, and not more often later, or at most so often."""
    def said():
        return [line for line in swarm.all_lines(name) if all(word in line for word in words)]
    assert kept.look_until(lambda: len(said()) >= times, seconds) is not None, \
        f"{name} does not say {words}: {swarm.log(name)}"
    kept.look_for(4)
    assert times <= len(said()) <= (most or times), f"{name} says {words} {len(said())} times: {swarm.log(name)}"
    print(f"{name}: {said()[-1].strip()}", flush=True)


def refused_learner(url, creds):
    done = subprocess.run([PROGRAM, "train", "--dir", "other", "--size", "5", "--net", "b1c8", "--run", "club",
                           "--hub", url, "--creds", creds], capture_output=True, text=True, timeout=60)
    errors = [line for line in done.stderr.splitlines() if REFUSED in line]
    assert done.returncode == 2 and len(errors) == 1, f"exit code {done.returncode}: {done.stderr}"
    print(f"a learner with a wrong password: {errors[0]}", flush=True)


def reload_hub(swarm, users):
    pathlib.Path("users.conf").write_text(users)
    swarm.processes["hub"].send_signal(signal.SIGHUP)


def check(swarm):
    port = free_ports(1)[0]
    url = f"nats://127.0.0.1:{port}"
    for name, more in [("learner", ["--learner"]), ("ann", []), ("ben", [])]:
        swarm.add_user(name, *more)
    users = pathlib.Path("users.conf").read_text()
    swarm.add_user("carla")  # the hub does not know her yet
    users_with_carla = pathlib.Path("users.conf").read_text()
    pathlib.Path("users.conf").write_text(users)
    write_wrong_password("nobody")
    refused = {"wrong": ["--hub", url, "--creds", "nobody.json"], "carla": ["--hub", url, "--creds", "carla.json"],
               "dora": ["--hub", url, "--creds", "ben.json"]}
    swarm.add_club_hub(port)
    swarm.add_learner(["--hub", url, "--creds", "learner.json", "--users", "users.conf"])
    swarm.add_worker("ann", ["--hub", url, "--creds", "ann.json"])
    swarm.start_all()
    kept = Kept()
    expect_more_games(swarm, kept)
    refused_learner(url, "nobody.json")
    for name, hub in refused.items():
        swarm.add_worker(name, hub)
        swarm.start(name)
    expect_words(swarm, kept, "wrong", [REFUSED])
    expect_words(swarm, kept, "carla", [REFUSED])
    expect_words(swarm, kept, "dora", ["Permissions Violation"])

    reload_hub(swarm, users_with_carla)
    took = expect_arrival(kept, "carla", 1, seconds=40)
    print(f"carla's first games came {took:.1f} s after the hub knew her", flush=True)

    reload_hub(swarm, "users: [ { user: somebody, password: else } ]\n")
    # Where it was connected and where it connects anew, the same has two wordings.
    expect_words(swarm, kept, "learner", [REFUSED], seconds=30, most=2)
    reload_hub(swarm, users_with_carla)
    expect_more_games(swarm, kept)
    for name in ["ann", "carla"]:
        expect_arrival(kept, name, last_stored(name) + 1, seconds=40)
    return stop_and_check(swarm, kept)


need(PROGRAM)
run_test(PROGRAM, check)
