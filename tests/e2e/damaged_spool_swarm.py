#!/usr/bin/env python3
"""damaged_spool_swarm.py PROGRAM: a block that waits in a worker's spool is damaged; the next ones are stored.

Needs nats-server. Uses only Python's own modules.
"""
import pathlib
import signal
import sys

from swarm_processes import Kept, expect_arrival, free_ports, last_stored, ledger_entries, need, newest_block, run_test

PROGRAM = pathlib.Path(sys.argv[1]).resolve()


def refused_blocks():
    """Those of the ledger, by number."""
    return {block[1]: block[3] for entry in ledger_entries() for block in entry.get("blocks", []) if len(block) > 3}


def check(swarm):
    port = free_ports(1)[0]
    hub = ["--hub", f"nats://127.0.0.1:{port}"]
    swarm.add_plain_hub(port)
    swarm.add_learner(hub)
    swarm.add_worker("ann", hub)
    swarm.start_all()
    kept = Kept()
    expect_arrival(kept, "ann", 1)
    swarm.end("hub", signal.SIGKILL)
    damaged = last_stored("ann") + 2
    assert kept.look_until(lambda: newest_block("ann") >= damaged + 2, 30) is not None, swarm.log("ann")
    swarm.end("ann", signal.SIGKILL)
    damaged = newest_block("ann") - 1
    block = next(pathlib.Path("ann").glob(f"*{damaged}.block"))
    block.write_bytes(block.read_bytes()[:-7])
    for name in ["hub", "ann"]:
        swarm.start(name)
    took = expect_arrival(kept, "ann", damaged + 2)
    assert list(refused_blocks()) == [damaged], f"refused are {refused_blocks()}, damaged is {damaged}"
    return f"the block after the damaged one came {took:.1f} s later; refused: {refused_blocks()}"


need(PROGRAM)
run_test(PROGRAM, check)
