#!/usr/bin/env python3
"""loaded_swarm.py PROGRAM LOAD_PROGRAM WORKERS SECONDS BLOCKS_A_MINUTE GAMES_A_BLOCK: a hub and a learner's intake under load.

WORKERS workers play nothing, but send so many blocks (tests/swarm/load/swarm_load.cc). Prints what each role costs.
At the end each block is stored once. Needs nats-server. Uses only Python's own modules.
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

from swarm_processes import free_ports, need

PROGRAM, LOAD = (pathlib.Path(path).resolve() for path in sys.argv[1:3])
WORKERS, SECONDS, BLOCKS, GAMES = sys.argv[3:7]
REPORT = 7  # seconds after which the learner has told what it has


def cpu_seconds(process):
    fields = pathlib.Path(f"/proc/{process.pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def megabytes(process):
    pages = int(pathlib.Path(f"/proc/{process.pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def last_json(text):
    return json.loads(text.strip().splitlines()[-1])


def main():
    port = free_ports(1)[0]
    pathlib.Path("hub.conf").write_text(
        f'listen: 127.0.0.1:{port}\nmax_payload: 1MB\njetstream {{ store_dir: "js", max_file_store: 20GB }}\n')
    url = f"nats://127.0.0.1:{port}"
    hub = subprocess.Popen(["nats-server", "-c", "hub.conf"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        time.sleep(1)
        learner = subprocess.Popen([LOAD, "learner", url, "run"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                   text=True)
        time.sleep(3)
        before = cpu_seconds(hub)
        workers = last_json(subprocess.run([LOAD, "workers", url, WORKERS, SECONDS, BLOCKS, GAMES, "spools"],
                                           stdout=subprocess.PIPE, text=True, check=True).stdout)
        time.sleep(REPORT)
        status = subprocess.run([PROGRAM, "hub", "status", "--hub", url, "--run", "load", "--seconds", "0"],
                                stdout=subprocess.PIPE, text=True, check=True).stdout
        taken = last_json(learner.communicate()[0])
        assert learner.returncode == 0, learner.returncode
        assert len([line for line in status.splitlines() if line.startswith("w")]) == int(WORKERS) + 1, status
        print(f"{WORKERS} workers, {GAMES} games a block: {workers['games']} games "
              f"in {workers['seconds']:.0f} s, {workers['bytesAGame']} bytes each")
        for role, cpu, memory in (("hub", cpu_seconds(hub) - before, megabytes(hub)),
                                  ("learner", taken["cpu"], taken["megabytes"]),
                                  ("workers", workers["cpu"], workers["megabytes"])):
            print(f"{role:8} {1000 * cpu / workers['games']:6.2f} ms of CPU a game, {memory:.0f} MB")
        assert workers["notStored"] == 0, f"{workers['notStored']} blocks are not stored"
        assert taken["games"] == workers["games"], (taken, workers)
    finally:
        hub.kill()
        hub.wait()


need(PROGRAM)
with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    main()
    os.chdir("/")
