#!/usr/bin/env python3
"""three_hubs_swarm.py PROGRAM ROUNDS [SEED]: three hubs are one; the one that leads the games is killed again and again.

The others go on with what it had. No game is lost or stored twice, and no gap between stored games is long. Needs
nats-server. Uses only Python's own modules.
"""
import json
import pathlib
import signal
import sys
import time
import urllib.request

from swarm_processes import Kept, expect_more_games, free_ports, need, random_from, run_test, stop_and_check

PROGRAM, ROUNDS = pathlib.Path(sys.argv[1]).resolve(), int(sys.argv[2])
# Seconds. An election of nats-server takes up to 9; a learner that asks meanwhile waits 5 for each answer that does not
# come. 10 are the aim.
LONGEST_GAP = 30
HUBS = ["hub1", "hub2", "hub3"]
PORTS = dict(zip(HUBS, zip(*[iter(free_ports(9))] * 3)))  # of clients, of the cluster, of HTTP


def config_of(name):
    clients, cluster, http = PORTS[name]
    routes = ", ".join(f"nats://127.0.0.1:{PORTS[each][1]}" for each in HUBS if each != name)
    return f"""server_name: {name}
listen: 127.0.0.1:{clients}
http: 127.0.0.1:{http}
max_payload: 1MB
jetstream {{ store_dir: "js-{name}", max_file_store: 8GB }}
cluster {{ name: club, listen: 127.0.0.1:{cluster}, routes: [{routes}] }}
"""


def jetstream(name):
    """What a hub says of JetStream; nothing while it is away."""
    url = f"http://127.0.0.1:{PORTS[name][2]}/jsz?accounts=true&streams=true"
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:
            return json.load(answer)
    except OSError:
        return {}


def stream_clusters(name):
    """Of each stream that this hub has: who leads, and the others."""
    accounts = jetstream(name).get("account_details") or []
    return {stream["name"]: stream.get("cluster", {}) for account in accounts
            for stream in account.get("stream_detail") or []}


def leader_of_games():
    """The hub that leads the stream of games, by its own word; nothing if none does."""
    for name in HUBS:
        if stream_clusters(name).get("GAMES_club", {}).get("leader") == name:
            return name
    return None


def is_whole():
    """All streams have a leader, and two others that have all."""
    for stream in ["GAMES_club", "NETS_club", "RUN_club"]:
        leaders = [clusters[stream] for name in HUBS for clusters in [stream_clusters(name)]
                   if clusters.get(stream, {}).get("leader") == name]
        if len(leaders) != 1:
            return False
        others = leaders[0].get("replicas", [])
        if len(others) != 2 or not all(other.get("current") and not other.get("offline") for other in others):
            return False
    return True


def kill_leader(swarm, kept):
    """The longest gap between stored games around the death of the leader."""
    assert kept.look_until(is_whole, 90) is not None, "the hubs do not become one again"
    expect_more_games(swarm, kept, more=50)
    leader = leader_of_games()
    kept.forget_gaps()
    swarm.end(leader, signal.SIGKILL)
    kept.look_for(RANDOM.choice([0, 5, 12]))
    swarm.start(leader)
    expect_more_games(swarm, kept, more=300)
    print(f"{leader} killed: {kept.longest_gap:.1f} s without games", flush=True)
    return kept.longest_gap


def check(swarm):
    hub = ["--hub", ",".join(f"nats://127.0.0.1:{PORTS[name][0]}" for name in HUBS)]
    for name in HUBS:
        swarm.add_hub(config_of(name), name)
    swarm.add_learner(hub)
    for name in ["ann", "ben"]:
        swarm.add_worker(name, hub)
    swarm.start_hubs()
    deadline = time.time() + 30
    while not any(jetstream(name).get("meta_cluster", {}).get("leader") for name in HUBS):
        assert time.time() < deadline, "the hubs find no leader"
        time.sleep(0.2)
    swarm.start_all()
    kept = Kept()
    expect_more_games(swarm, kept)
    gaps = [kill_leader(swarm, kept) for _ in range(ROUNDS)]
    assert max(gaps) < LONGEST_GAP, f"{max(gaps):.1f} seconds without games"
    return f"{stop_and_check(swarm, kept)}, {ROUNDS} kills, at most {max(gaps):.1f} s without games"


need(PROGRAM)
RANDOM = random_from(sys.argv[3] if len(sys.argv) > 3 else None)
run_test(PROGRAM, check)
