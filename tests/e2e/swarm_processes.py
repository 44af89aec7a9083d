"""A swarm for tests that break something: its processes, the games that it stores, and its ledger."""
import json
import os
import pathlib
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import traceback

from game_files import expect_no_repetition, records_in


def skip(why):
    print(f"skipped: {why}")
    sys.exit(77)


def need(program, *tools):
    """Skips the test where the program has no swarm or a tool is missing."""
    for tool in ["nats-server", *tools]:
        if not shutil.which(tool):
            skip(f"{tool} is not installed")
    if "unknown" in subprocess.run([program, "worker", "--help"], capture_output=True, text=True).stderr:
        skip("the program was built without libnats")


def need_right(what, *command):
    """Skips the test where a command fails that needs root's rights."""
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        skip(f"{what} needs rights that this user lacks: {done.stderr.strip()}")


def free_ports(count):
    sockets = [socket.socket() for _ in range(count)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


def random_from(seed):
    """Random numbers, and the line that lets one repeat them."""
    seed = random.randrange(1000000) if seed is None else int(seed)
    print(f"seed {seed}", flush=True)
    return random.Random(seed)


class Swarm:
    """The processes by name; each can be killed and started again. Each writes NAME.log."""

    def __init__(self, program):
        self.program, self.commands, self.processes = program, {}, {}

    def add_hub(self, config, name="hub", front=()):
        pathlib.Path(f"{name}.conf").write_text(config)
        self.commands[name] = [*front, "nats-server", "-c", f"{name}.conf"]

    def add_plain_hub(self, port):
        self.add_hub(f'listen: 127.0.0.1:{port}\nmax_payload: 1MB\n'
                     'jetstream { store_dir: "js", max_file_store: 8GB }\n')

    def add_user(self, name, *more):
        """Its credentials are in NAME.json; add_club_hub() knows it."""
        done = subprocess.run([self.program, "hub", "add-worker", name, "--run", "club", *more],
                              capture_output=True, text=True)
        assert done.returncode == 0, done.stderr

    def add_club_hub(self, port):
        """As the club of docs/swarm.md has it, with the users of users.conf."""
        example = pathlib.Path(__file__).resolve().parents[2] / "examples/swarm/nats.conf"
        self.add_hub(example.read_text().replace("0.0.0.0:4222", f"127.0.0.1:{port}"))

    def add_learner(self, hub, games=300, folder="run", front=(), matches=("--match-every", "0")):
        self.commands["learner"] = [*front, self.program, "train", "--dir", folder, "--size", "5", "--net", "b1c8",
                                    "--games", str(games), "--simulations", "2", "--threads", "1", "--reuse", "0.5",
                                    *matches, "--run", "club", *hub]

    def add_worker(self, name, hub, spool=None, front=()):
        self.commands[name] = [*front, self.program, "worker", "--name", name, "--spool", spool or name,
                               "--threads", "1", "--run", "club", *hub]

    def workers(self):
        return [name for name, command in self.commands.items() if "worker" in command]

    def start(self, name):
        log = open(f"{name}.log", "a")
        # This script may run in the background, where shells ignore SIGINT.
        self.processes[name] = subprocess.Popen(self.commands[name], stdout=log, stderr=subprocess.STDOUT,
                                                preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))

    def start_hubs(self):
        hubs = [name for name, command in self.commands.items() if "nats-server" in command]
        for name in hubs:
            if name not in self.processes:
                self.start(name)
        time.sleep(1)

    def start_all(self):
        """The hubs first: a learner that starts without them ends with an error."""
        self.start_hubs()
        for name in self.commands:
            if name not in self.processes:
                self.start(name)

    def runs(self, name):
        return self.processes[name].poll() is None

    def end(self, name, how, seconds=60):
        assert self.runs(name), f"{name} ended by itself with {self.processes[name].returncode}: {self.log(name)}"
        self.processes[name].send_signal(how)
        self.processes[name].wait(seconds)

    def stop(self, names, kept, seconds=60):
        """By Ctrl-C, all at once; games that come meanwhile are seen."""
        for name in names:
            assert self.runs(name), f"{name} ended by itself: {self.log(name)}"
            self.processes[name].send_signal(signal.SIGINT)
        stopped = kept.look_until(lambda: not any(self.runs(name) for name in names), seconds)
        assert stopped is not None, f"{names} did not stop in {seconds} seconds"

    def log(self, name, lines=5):
        return "".join(self.all_lines(name)[-lines:])

    @staticmethod
    def all_lines(name):
        return open(f"{name}.log").readlines()

    def end_all(self):
        for process in self.processes.values():
            if process.poll() is None:
                process.kill()
                process.wait()


class Kept:
    """All games that were ever stored; files that have left the learner's window are deleted."""

    def __init__(self, folder="run"):
        self.folder, self.by_cycle, self.seen = pathlib.Path(folder), {}, {}
        self.last_news, self.longest_gap = time.time(), 0

    def look(self):
        for path in self.folder.glob("games/*.games"):
            try:
                stat = path.stat()
                seen = (stat.st_size, stat.st_mtime_ns)
                if seen == self.seen.get(path.stem):
                    continue
                records = records_in(path)
            except FileNotFoundError:
                continue
            if not path.exists():  # deleted meanwhile
                continue
            self.seen[path.stem] = seen
            before = self.by_cycle.get(path.stem, [])
            assert records[:len(before)] == before, f"{path}: games that were stored have changed"
            if len(records) > len(before):
                self.note_news()
            self.by_cycle[path.stem] = records

    def note_news(self):
        now = time.time()
        self.longest_gap, self.last_news = max(self.longest_gap, now - self.last_news), now

    def forget_gaps(self):
        self.last_news, self.longest_gap = time.time(), 0

    def look_for(self, seconds):
        self.look_until(lambda: False, seconds)

    def look_until(self, is_done, seconds):
        """The seconds until it was done; nothing if it was not."""
        begin = time.time()
        while time.time() < begin + seconds:
            if is_done():
                return time.time() - begin
            time.sleep(0.1)
            self.look()
        return None

    def count(self):
        return sum(len(records) for records in self.by_cycle.values())

    def games(self):
        return [record for cycle in sorted(self.by_cycle) for record in self.by_cycle[cycle]]


def ledger_entries(folder="run"):
    """Those so far. A last line that is not complete yet is left out."""
    path = pathlib.Path(folder) / "ledger.jsonl"
    text = path.read_text() if path.exists() else ""
    return [json.loads(line) for line in text[:text.rfind("\n") + 1].splitlines()]


def games_of_ledger(folder="run"):
    count = 0
    for entry in ledger_entries(folder):
        count += sum(account["games"] for account in entry.get("workers", {}).values())
        count += sum(block[2] for block in entry.get("blocks", []) if len(block) == 3)
        refused = [account["reasons"] for account in entry.get("workers", {}).values() if account["refused"]]
        refused += [block[3] for block in entry.get("blocks", []) if len(block) > 3]
        assert not refused, f"honest workers were refused: {refused}"
    return count


def last_stored(worker, folder="run"):
    """The number of the worker's last block that is in the ledger."""
    last = 0
    for entry in ledger_entries(folder):
        last = max(last, entry.get("workers", {}).get(worker, {}).get("stored", 0))
        last = max([last, *[block[1] for block in entry.get("blocks", []) if block[0] == worker]])
    return last


def newest_block(spool):
    """The highest number that waits in a worker's spool, 0 if none waits."""
    return max([0, *[int(path.stem) for path in pathlib.Path(spool).glob("*.block")]])


def expect_more_games(swarm, kept, more=300, seconds=120):
    """The run goes on by itself. Returns the seconds until it has so many more games; first it may learn from many."""
    kept.look()
    before = kept.count()
    took = kept.look_until(lambda: kept.count() >= before + more, seconds)
    told = "".join(swarm.log(name) for name in swarm.processes)
    assert took is not None, f"only {kept.count() - before} more games in {seconds} seconds: {told}"
    return took


def expect_arrival(kept, worker, number, folder="run", seconds=120):
    """The seconds until the learner has stored this block of the worker."""
    took = kept.look_until(lambda: last_stored(worker, folder) >= number, seconds)
    assert took is not None, f"{worker}'s block {number} did not come, only up to {last_stored(worker, folder)}"
    return took


def stop_and_check(swarm, kept, folder="run"):
    """Stops the swarm, then compares the games with the ledger. Returns how many there are."""
    swarm.stop(swarm.workers(), kept)
    kept.look_for(3)
    swarm.stop(["learner"], kept)
    kept.look()
    games = kept.games()
    lines = (pathlib.Path(folder) / "metrics.jsonl").read_text().splitlines()
    last = json.loads(lines[-1]) if lines else {"cycle": 0, "games": 0}
    begun = [len(records) for cycle, records in kept.by_cycle.items() if int(cycle) > last["cycle"]]
    stored, told = last["games"] + sum(begun), games_of_ledger(folder)
    assert told == stored, f"the ledger says {told} games, the run has {stored}"
    assert len(games) > 0.9 * stored, f"only {len(games)} of {stored} games were seen"
    expect_no_repetition(games, "the swarm")
    return f"{stored} games in {len(kept.by_cycle)} cycles"


def run_test(program, check):
    """Calls check(swarm) in a folder of its own, prints what it returns, and ends all processes."""
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        swarm = Swarm(program)
        try:
            print(check(swarm))
        except BaseException:
            traceback.print_exc()
            for name in swarm.processes:
                print(f"--- {name}\n{swarm.log(name, 15)}")
            sys.exit(1)
        finally:
            swarm.end_all()
            os.chdir("/")
