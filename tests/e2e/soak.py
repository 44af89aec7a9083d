#!/usr/bin/env python3
"""soak.py PROGRAM MINUTES [NAME=PID...]: servers at work for hours, whose memory, threads and files must stay flat.

Three servers work side by side, each about a twentieth of the time: GTP over standard input, GTP over TCP with clients
that come and go, and the analysis engine over WebSocket. NAME=PID watches a process of something else, such as a
training run. A line a minute tells what each has; at the end a table compares the quarters of the time. Speed is work
for a CPU second, so that other work on the machine hardly counts.

Exit code 1: a server has a quarter more memory at the end than after half of the time, or two more threads or files.
Caches and the heap take minutes to fill, so only hours tell whether memory is flat.
"""
import itertools
import json
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time

from websocket_client import WebSocket

PROGRAM, MINUTES = sys.argv[1], float(sys.argv[2])
TICKS = os.sysconf("SC_CLK_TCK")
SHARE = 0.05  # of the time that a client keeps its server at work
END = time.monotonic() + 60 * MINUTES
RANDOM = random.Random(1)
SIZES = (7, 19, 9, 13)  # in turn: a visit costs more on large boards


class Watched:
    """A process. Memory in MB, threads, open files, CPU seconds."""

    def __init__(self, name, pid):
        self.name, self.pid, self.samples = name, pid, []
        self.work, self.work_cpu = 0, 0.0

    def cpu(self):
        with open(f"/proc/{self.pid}/stat") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def sample(self):
        with open(f"/proc/{self.pid}/status") as file:
            status = dict(line.split(":", 1) for line in file)
        self.samples.append((int(status["VmRSS"].split()[0]) / 1024, int(status["Threads"]),
                             len(os.listdir(f"/proc/{self.pid}/fd")), self.cpu(), self.work, self.work_cpu))
        return self.samples[-1]

    def does(self, amount, work):
        """Runs `work`, counts it, and rests for as long as its share says."""
        cpu, start = self.cpu(), time.monotonic()
        work()
        self.work, self.work_cpu = self.work + amount, self.work_cpu + self.cpu() - cpu
        time.sleep((time.monotonic() - start) * (1 / SHARE - 1))


def start(name, *arguments):
    process = subprocess.Popen([PROGRAM, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE)
    return process, Watched(name, process.pid)


def port_of(process):
    while True:
        line = process.stderr.readline().decode()
        if "127.0.0.1" in line:
            threading.Thread(target=process.stderr.read, daemon=True).start()
            return int(line.rsplit(":", 1)[1].strip("./\n "))


class Gtp:
    """A client of GTP over two files."""

    def __init__(self, reader, writer, games=0):
        self.reader, self.writer, self.games = reader, writer, games

    def send(self, line):
        self.writer.write(line.encode() + b"\n")
        self.writer.flush()

    def to_end_of_answer(self):
        text = b""
        while not text.endswith(b"\n\n") and text != b"\n":
            line = self.reader.readline()
            assert line, "the server has ended"
            text += line
        return text

    def ask(self, line):
        self.send(line)
        text = self.to_end_of_answer()
        assert text.startswith(b"="), text

    def game(self, watched, moves, visits):
        """Some moves of a game, each of `visits` visits, and analyses between them."""
        self.ask(f"boardsize {SIZES[self.games % len(SIZES)]}")
        self.games += 1
        self.ask("clear_board")
        for turn in range(moves):
            if time.monotonic() > END:
                return
            self.ask("clear_cache")
            color = "bw"[turn % 2]
            watched.does(visits, lambda: self.ask(f"genmove {color}"))
            if turn % 5 == 0:
                self.send("kata-analyze 10")
                for _ in range(3):
                    self.reader.readline()
                self.send("")
                self.to_end_of_answer()
            if turn % 7 == 6:
                self.ask("undo")
                self.ask("undo")
        self.ask("final_status_list dead")


def gtp(process, watched):
    client = Gtp(process.stdout, process.stdin)
    while time.monotonic() < END:
        client.game(watched, 40, 400)


def tcp(process, watched):
    port = port_of(process)
    for number in itertools.count():
        if time.monotonic() > END:
            return
        with socket.create_connection(("127.0.0.1", port)) as connection:
            file = connection.makefile("rwb")
            Gtp(file, file, number).game(watched, 5, 400)
            if RANDOM.random() < 0.3:
                file.write(b"kata-analyze 5\n")  # leaves in the middle of it
                file.flush()


def websocket(process, watched):
    port = port_of(process)
    while time.monotonic() < END:
        client = WebSocket(port)
        for number in range(20):
            if time.monotonic() > END:
                break
            size = SIZES[number % len(SIZES)]
            places = RANDOM.sample([(x, y) for x in range(size) for y in range(size)], 8)
            moves = [["BW"[i % 2], f"{'ABCDEFGHJKLMNOPQRST'[x]}{y + 1}"] for i, (x, y) in enumerate(places)]
            query = {"id": str(number), "moves": moves, "rules": "chinese", "komi": 7.5, "boardXSize": size,
                     "boardYSize": size, "maxVisits": 100, "analyzeTurns": [2, 5, 8], "includeOwnership": True}

            def answered():
                client.send(json.dumps(query))
                for _ in range(3):
                    assert "error" not in client.receive()
            watched.does(300, answered)
        client.close()


def main():
    common = ["--threads", "1", "--cache-mb", "8"]  # a cache that is soon full
    servers = [(*start("gtp", "gtp", "--visits", "400", *common), gtp),
               (*start("gtp --listen", "gtp", "--visits", "400", *common, "--listen", "127.0.0.1:0"), tcp),
               (*start("analysis --listen", "analysis", *common, "--listen", "127.0.0.1:0"), websocket)]
    watched = [server[1] for server in servers]
    watched += [Watched(name, int(pid)) for name, pid in (argument.split("=") for argument in sys.argv[3:])]
    clients = [threading.Thread(target=client, args=(process, one)) for process, one, client in servers]
    for client in clients:
        client.start()
    begin = time.monotonic()
    while time.monotonic() < END - 5:
        time.sleep(min(60, max(1, END - 5 - time.monotonic())))
        for one in watched:
            memory, threads, files, cpu, work, _ = one.sample()
            print(f"{(time.monotonic() - begin) / 60:6.1f} min  {one.name:18} {memory:7.1f} MB {threads:3} threads "
                  f"{files:3} files {cpu:8.1f} CPU s {work:8} visits", flush=True)
    for client in clients:
        client.join()
    code = 0
    print("\n| process | MB after 1/4, 1/2, 3/4, all | threads | files | visits a CPU second in each quarter |")
    print("|---|---|---|---|---|")
    for one in watched:
        marks = [one.samples[max(0, len(one.samples) * quarter // 4 - 1)] for quarter in range(5)]
        rates = [f"{(b[4] - a[4]) / max(b[5] - a[5], 0.01):.0f}" for a, b in zip(marks, marks[1:])]
        columns = [", ".join(f"{mark[i]:.0f}" for mark in marks[1:]) for i in range(3)]
        print(f"| {one.name} | {columns[0]} | {columns[1]} | {columns[2]} | {', '.join(rates)} |")
        is_server = any(one is server[1] for server in servers)
        half, end = marks[2], marks[4]
        if is_server and (end[0] > 1.25 * half[0] or end[1] > half[1] + 1 or end[2] > half[2] + 1):
            code = 1
    for process, one, _ in servers:
        begin = time.monotonic()
        process.terminate()
        end = process.wait(60)
        print(f"{one.name}: exit code {end} after {time.monotonic() - begin:.2f} s")
        code = code or (0 if end in (0, -signal.SIGTERM) else 1)
    return code


if __name__ == "__main__":
    sys.exit(main())
