#!/usr/bin/env python3
"""Servers under load: many clients at once, hostile ones among them, little memory, no file descriptors left, signals.

    server_load.py PONNUKI [MINUTES]

Prints what went wrong, and figures; no time is asserted, but nothing may hang. MINUTES: how long the hostile clients
work; a few seconds if not given.
"""
import json
import random
import resource
import select
import signal
import socket
import subprocess
import sys
import threading
import time

from websocket_client import WebSocket

PROGRAM = sys.argv[1]
SECONDS = 60 * float(sys.argv[2]) if len(sys.argv) > 2 else 4
PATIENCE = 60  # seconds; only failures wait that long
failures = []


def check(condition, text):
    if not condition:
        failures.append(text)
        print("FAILED:", text)


class Server:
    """A server on a port of its own. `prepare` runs in its process before it starts."""

    def __init__(self, *options, command="gtp", prepare=None):
        self.process = subprocess.Popen(
            [PROGRAM, command, "--net", "none", "--threads", "2", "--listen", "127.0.0.1:0", *options],
            stderr=subprocess.PIPE, text=True, preexec_fn=prepare)
        line = self.process.stderr.readline()
        self.port = int(line.rsplit(":", 1)[1])

    def connect(self):
        return socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)

    def status(self, name):
        with open(f"/proc/{self.process.pid}/status") as file:
            return int(next(line for line in file if line.startswith(name)).split()[1])

    def end(self, number, expected=0):
        self.process.send_signal(number)
        try:
            code = self.process.wait(PATIENCE)
            check(code == expected, f"{number!r}: exit code {code}, not {expected}")
        except subprocess.TimeoutExpired:
            check(False, f"{number!r}: the server does not end")
            self.process.kill()


def answer(client):
    """One response, or what came before the end."""
    text = b""
    while not text.endswith(b"\n\n"):
        try:
            more = client.recv(65536)
        except ConnectionResetError:
            more = b""
        if not more:
            break
        text += more
    return text.decode()


def ask(client, command):
    client.sendall(command.encode() + b"\n")
    return answer(client)


def is_served_in_time(server):
    """Whether a new client gets an answer, once the server has seen that others have left."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            if ask(server.connect(), "name") == "= Ponnuki\n\n":
                return True
        except OSError:  # refused
            pass
        time.sleep(0.05)
    return False


def many_clients():
    server = Server("--max-connections", "100")
    clients = [server.connect() for _ in range(100)]
    for client in clients[:10]:
        client.sendall(b"kata-analyze b 10\n")  # half of them never read
    for client in clients[10:]:
        check(ask(client, "name") == "= Ponnuki\n\n", "a client among many gets no answer")
    for client in clients[:5]:
        check(client.recv(2) == b"=\n", "an analysis does not begin")
    server.end(signal.SIGTERM)


def little_memory():
    def limit():
        resource.setrlimit(resource.RLIMIT_AS, (512 << 20, 512 << 20))

    server = Server("--max-connections", "200", prepare=limit)
    clients = [server.connect() for _ in range(200)]
    for client in clients[:20]:
        client.sendall(b"kata-analyze b 10\n")
    for client in clients[20:]:
        check(ask(client, "name") == "= Ponnuki\n\n", "a client gets no answer within 512 MB")
    server.end(signal.SIGTERM)


def no_descriptors():
    def limit():
        resource.setrlimit(resource.RLIMIT_NOFILE, (24, 24))

    server = Server("--max-connections", "100", prepare=limit)
    clients = [server.connect() for _ in range(60)]
    answers = []
    for client in clients:
        try:
            answers.append(ask(client, "name"))
        except OSError:  # refused long ago
            answers.append("")
    check("= Ponnuki\n\n" in answers, "nobody is served")
    check("? too many connections\n\n" in answers, "nobody is refused")
    for client in clients:
        client.close()
    check(is_served_in_time(server), "the server does not recover")
    server.end(signal.SIGTERM)


# --- hostile clients beside polite ones

class GtpClients:
    command, analysis = "gtp", b"kata-analyze b 10\n"
    question, garbage = b"name\n", b"\xff\0(;[]\n" * 20

    @staticmethod
    def connect(server):
        return server.connect()

    @staticmethod
    def socket_of(client):
        return client

    @staticmethod
    def is_served(client):
        return ask(client, "name") == "= Ponnuki\n\n"


class WebSocketClients:
    command = "analysis"
    analysis = WebSocket.frame(json.dumps({"id": "a", "moves": [], "rules": "chinese", "boardXSize": 9, "boardYSize": 9,
                                           "maxVisits": 10**9, "reportDuringSearchEvery": 0.1}))
    question = WebSocket.frame(json.dumps({"id": "v", "action": "query_version"}))
    garbage = WebSocket.frame("[[[{") * 20

    @staticmethod
    def connect(server):
        client = WebSocket(server.port, PATIENCE)
        client.sendall, client.recv = client.socket.sendall, client.socket.recv
        return client

    @staticmethod
    def socket_of(client):
        return client.socket

    @staticmethod
    def is_served(client):
        client.sendall(WebSocketClients.question)
        return "version" in client.receive()


def quietly(work, *arguments):
    """The server may hang up on a hostile client."""
    try:
        return work(*arguments)
    except (OSError, ValueError):
        return None


def hostile_clients(kind):
    """20 clients analyse, 20 send a byte now and then, 20 ask and never read, 10 flood, 130 are idle, and 30 a second
    come, say something and go. Meanwhile a polite client asks."""
    server = Server("--max-connections", "250", "--cache-mb", "8", "--memory-mb", "100", command=kind.command)
    end = time.monotonic() + SECONDS
    groups = {"analyse": 20, "slow": 20, "deaf": 20, "flood": 10, "idle": 130}
    clients = {name: [kind.connect(server) for _ in range(number)] for name, number in groups.items()}
    for client in clients["analyse"] + clients["deaf"]:
        client.sendall(kind.analysis)

    def read():
        sockets = [kind.socket_of(client) for client in clients["analyse"]]
        while time.monotonic() < end:
            for ready in select.select(sockets, [], [], 0.1)[0]:
                quietly(ready.recv, 1 << 20)

    def send_slowly():
        for i in range(10**9):
            if time.monotonic() > end:
                return
            for client in clients["slow"]:
                quietly(client.sendall, kind.question[i % len(kind.question):][:1])
            time.sleep(0.05)

    def flood(client):
        kind.socket_of(client).settimeout(1)
        while time.monotonic() < end:
            if quietly(client.sendall, kind.question * 1000) is None:
                time.sleep(0.1)

    def churn():
        while time.monotonic() < end:
            client = quietly(kind.connect, server)
            if client:
                quietly(client.sendall, random.choice([kind.garbage, kind.question, kind.analysis, b"GET /\r\n\r\n"]))
                client.close()
            time.sleep(1 / 30)

    works = [threading.Thread(target=work) for work in (read, send_slowly, churn)]
    works += [threading.Thread(target=flood, args=(client,)) for client in clients["flood"]]
    for work in works:
        work.start()
    polite, slowest, answers, memory = kind.connect(server), 0, 0, []
    while time.monotonic() < end:
        begin = time.monotonic()
        check(kind.is_served(polite), "the polite client gets no answer")
        slowest, answers = max(slowest, time.monotonic() - begin), answers + 1
        memory.append(server.status("VmRSS") / 1024)
        time.sleep(0.05)
    for work in works:
        work.join()
    threads, begin = server.status("Threads"), time.monotonic()
    quarters = [memory[max(0, len(memory) * i // 4 - 1)] for i in range(1, 5)]
    server.end(signal.SIGTERM)
    print(f"{kind.command}: {answers} answers, the slowest after {slowest:.2f} s; {threads} threads; MB after each "
          f"quarter: {', '.join(f'{one:.0f}' for one in quarters)}; ends in {time.monotonic() - begin:.2f} s", flush=True)


def signals():
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        server = Server()
        client = server.connect()
        client.sendall(b"kata-set-param maxTime 1e9\ngenmove b\n")
        answer(client)
        server.end(number)
    server = Server(prepare=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN))  # as nohup does
    server.process.send_signal(signal.SIGHUP)
    check(ask(server.connect(), "name") == "= Ponnuki\n\n", "SIGHUP ends a server under nohup")
    server.end(signal.SIGTERM)


many_clients()
little_memory()
no_descriptors()
hostile_clients(GtpClients)
hostile_clients(WebSocketClients)
signals()
sys.exit(1 if failures else 0)
