#!/usr/bin/env python3
"""full_disk_swarm.py PROGRAM SECONDS [ROUNDS]: the disks of a worker, a learner and a hub are full for so long.

Each has a small file system of its own (tmpfs), which is filled up while the run goes on and then freed. A process may
end with one clear line; then it is started again. No game is lost or stored twice, and the run goes on. Needs root and
nats-server. Uses only Python's own modules.
"""
import os
import pathlib
import signal
import subprocess
import sys

from swarm_processes import (Kept, expect_arrival, expect_more_games, free_ports, last_stored, need, need_right,
                             run_test, stop_and_check)

PROGRAM, SECONDS = pathlib.Path(sys.argv[1]).resolve(), float(sys.argv[2])
ROUNDS = int(sys.argv[3]) if len(sys.argv) > 3 else 1
DISKS = {"ann": 16, "learner": 256, "hub": 64}  # megabytes
RUN = "disks/learner/run"


def mount(name, megabytes):
    folder = pathlib.Path("disks", name)
    folder.mkdir(parents=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", folder], check=True)


def unmount_all():
    for name in DISKS:
        subprocess.run(["umount", "-l", f"disks/{name}"], capture_output=True)


class FullDisk:
    """A file that takes all the room of a disk, also what becomes free meanwhile."""

    def __init__(self, name):
        self.path = pathlib.Path("disks", name, "filler")
        self.file = open(self.path, "ab", buffering=0)

    def fill(self):
        for size in [1 << 20, 4096, 1]:
            try:
                while True:
                    self.file.write(bytes(size))
            except OSError:
                pass

    def free(self):
        self.file.close()
        self.path.unlink()


def fill_for(swarm, kept, name):
    """Returns the lines that the processes wrote meanwhile."""
    before = {each: len(swarm.all_lines(each)) for each in swarm.processes}
    disk = FullDisk(name)
    kept.look_until(disk.fill, SECONDS)
    disk.free()
    return {each: swarm.all_lines(each)[before[each]:] for each in swarm.processes}


def show(name, lines):
    for each, told in lines.items():
        for line in told[:6]:
            if "games" not in line or "rror" in line:
                print(f"{name} is full; {each}: {line.strip()[:160]}", flush=True)


def restart_if_ended(swarm, name, told):
    if swarm.runs(name):
        return "went on"
    code, errors = swarm.processes[name].returncode, [line for line in told if "o space left" in line]
    assert code == 1 and len(errors) == 1, f"{name} ended with {code}: {told}"
    swarm.start(name)
    return "ended with one line and was started again"


def full_worker(swarm, kept):
    told = fill_for(swarm, kept, "ann")
    assert any("o space left" in line for line in told["ann"]), f"ann says nothing of its full disk: {told['ann']}"
    assert swarm.runs("ann"), f"ann ended: {told['ann']}"
    after = last_stored("ann", RUN)
    took = expect_arrival(kept, "ann", after + 3, RUN)
    return told, f"ann went on; new blocks after {took:.1f} s"


def full_learner(swarm, kept):
    told = fill_for(swarm, kept, "learner")
    did = restart_if_ended(swarm, "learner", told["learner"])
    return told, f"the learner {did}"


def full_hub(swarm, kept):
    """A nats-server 2.9 whose disk was full may answer no more (it waits for itself) until it is started again."""
    told = fill_for(swarm, kept, "hub")
    before = kept.count()
    goes_on = kept.look_until(lambda: kept.count() > before, 15) is not None
    for name in ["learner", "ann", "ben"]:
        assert swarm.runs(name), f"{name} ended: {told[name]}"
    if not goes_on:
        swarm.end("hub", signal.SIGKILL)
        swarm.start("hub")
    return told, f"the hub {'went on' if goes_on else 'hung and was started again'}"


def check(swarm):
    for name, megabytes in DISKS.items():
        mount(name, megabytes)
    port = free_ports(1)[0]
    hub = ["--hub", f"nats://127.0.0.1:{port}"]
    swarm.add_hub(f'listen: 127.0.0.1:{port}\nmax_payload: 1MB\n'
                  'jetstream { store_dir: "disks/hub", max_file_store: 8GB }\n')
    swarm.add_learner(hub, folder=RUN)
    swarm.add_worker("ann", hub, spool="disks/ann/spool")
    swarm.add_worker("ben", hub)
    swarm.start_all()
    kept = Kept(RUN)
    expect_more_games(swarm, kept)
    for _ in range(ROUNDS):
        for fill in [full_worker, full_learner, full_hub]:
            told, line = fill(swarm, kept)
            show(fill.__name__, told)
            print(line, flush=True)
            took = expect_more_games(swarm, kept)
            print(f"300 more games {took:.1f} s later", flush=True)
    return stop_and_check(swarm, kept, RUN)


def check_and_unmount(swarm):
    try:
        return check(swarm)
    finally:
        swarm.end_all()
        unmount_all()


need(PROGRAM, "mount", "unshare")
if "PONNUKI_TEST_MOUNTS" not in os.environ:  # file systems that nobody else sees, and that end with this process
    need_right("a file system of its own", "unshare", "-m", "mount", "-t", "tmpfs", "tmpfs", "/mnt")
    os.environ["PONNUKI_TEST_MOUNTS"] = "private"
    os.execvp("unshare", ["unshare", "-m", sys.executable, *sys.argv])
run_test(PROGRAM, check_and_unmount)
