#!/usr/bin/env python3
"""leaf_swarm.py PROGRAM: two workers of a site play by a leaf node, which carries each net once.

Needs nats-server. Uses only Python's own modules.
"""
import json
import pathlib
import subprocess
import sys
import time
import urllib.request

from swarm_processes import Kept, expect_more_games, free_ports, need, run_test, stop_and_check

PROGRAM = pathlib.Path(sys.argv[1]).resolve()


def bytes_over_leaf(port):
    """From the hub to the leaf, so far."""
    leafs = json.load(urllib.request.urlopen(f"http://127.0.0.1:{port}/leafz"))["leafs"]
    return sum(leaf["out_bytes"] for leaf in leafs)


def check(swarm):
    hub, http, leaf, leafs = free_ports(4)
    swarm.add_hub(f'server_name: hub\nlisten: 127.0.0.1:{hub}\nhttp: 127.0.0.1:{http}\nmax_payload: 1MB\n'
                  f'jetstream {{ store_dir: "js", max_file_store: 8GB, domain: hub }}\n'
                  f'leafnodes {{ listen: 127.0.0.1:{leafs} }}\n')
    swarm.add_hub(f'server_name: site\nlisten: 127.0.0.1:{leaf}\nmax_payload: 1MB\n'
                  f'jetstream {{ store_dir: "site-js", max_file_store: 1GB, domain: site }}\n'
                  f'leafnodes {{ remotes: [ {{ url: "nats-leaf://127.0.0.1:{leafs}" }} ] }}\n', "site")
    swarm.add_learner(["--hub", f"nats://127.0.0.1:{hub}"])
    swarm.start_all()
    time.sleep(1)
    site = ["--hub", f"nats://127.0.0.1:{leaf}"]
    made = subprocess.run([PROGRAM, "hub", "mirror", "--run", "club", *site], capture_output=True, text=True)
    assert made.returncode == 0, made.stderr
    workers = [f"w{i}" for i in range(4)]
    for name in workers:
        swarm.add_worker(name, site)
        swarm.start(name)
    kept = Kept()
    took = expect_more_games(swarm, kept, 1500)
    nets = len(list(pathlib.Path("run/nets").glob("*")))
    size = max(path.stat().st_size for path in pathlib.Path("run/nets").glob("*"))
    sent = bytes_over_leaf(http)
    result = stop_and_check(swarm, kept)
    return (f"{result}; {nets} nets of {size / 1e3:.0f} KB for {len(workers)} workers: "
            f"{sent / 1e3:.0f} KB to the site in {took:.0f} s")


need(PROGRAM)
run_test(PROGRAM, check)
