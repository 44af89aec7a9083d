#!/usr/bin/env python3
"""Servers under load: many clients at once, no file descriptors left, and signals.

    server_load.py PONNUKI

Prints what went wrong; no time is asserted, but nothing may hang.
"""
import resource
import signal
import socket
import subprocess
import sys
import time

PROGRAM = sys.argv[1]
PATIENCE = 60  # seconds; only failures wait that long
failures = []


def check(condition, text):
    if not condition:
        failures.append(text)
        print("FAILED:", text)


class Server:
    """A server on a port of its own. `prepare` runs in its process before it starts."""

    def __init__(self, *options, prepare=None):
        self.process = subprocess.Popen(
            [PROGRAM, "gtp", "--net", "none", "--threads", "2", "--listen", "127.0.0.1:0", *options],
            stderr=subprocess.PIPE, text=True, preexec_fn=prepare)
        line = self.process.stderr.readline()
        self.port = int(line.rsplit(":", 1)[1])

    def connect(self):
        return socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)

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
no_descriptors()
signals()
sys.exit(1 if failures else 0)
