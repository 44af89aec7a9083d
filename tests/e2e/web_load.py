#!/usr/bin/env python3
"""web_load.py PROGRAM [PAGES] [ANALYSING]: many pages of `ponnuki web`, some of which analyse without end.

Each page (200 if not given) has a game of its own on 19x19; some (20) analyse its first position. The others then play
their first move, one after the other, and wait until they see it on their board. Prints the time to the first move of
the first page, these waits, and memory. Exit code 1: a wait was longer than two seconds, or a page got an error. Exit
code 77: the program has no page.
"""
import json
import statistics
import subprocess
import sys
import tempfile
import threading
import time

from websocket_client import WebSocket

PROGRAM = sys.argv[1]
PAGES = int(sys.argv[2]) if len(sys.argv) > 2 else 200
ANALYSING = int(sys.argv[3]) if len(sys.argv) > 3 else 20
PEOPLE = {"engine": False}


def memory(pid):
    with open(f"/proc/{pid}/status") as file:
        return next(int(line.split()[1]) / 1024 for line in file if line.startswith("VmRSS"))


class Page:
    def __init__(self, port):
        self.socket = WebSocket(port)
        self.next("hello")

    def send(self, **message):
        self.socket.send(json.dumps(message))

    def next(self, kind):
        while True:
            message = json.loads(self.socket.receive())
            assert message["type"] != "error", message
            if message["type"] == kind:
                return message

    def start(self, white=None):
        self.send(type="new", width=19, height=19, rules="japanese", komi=6.5, handicap=0, black=PEOPLE,
                  white=white or PEOPLE)
        self.game = self.next("game")

    def play(self, move):
        self.send(type="play", version=self.game["version"], node=self.game["position"]["node"], move=move)
        self.game = self.next("game")


def drain(page):
    try:
        while True:
            page.socket.receive()
    except Exception:
        pass  # the end


def main():
    with tempfile.TemporaryDirectory() as folder:
        begin = time.monotonic()
        server = subprocess.Popen([PROGRAM, "web", "--no-browser", "--listen", "0", "--games", folder, "--max-connections",
                                   str(PAGES + 10)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        try:
            address = server.stdout.readline().strip()
            if not address:
                print(server.stderr.read())
                return 77
            port = int(address.rsplit(":", 1)[1].strip("/"))
            first = Page(port)
            first.start({"engine": True, "level": "5k"})
            first.play("Q16")
            while len(first.game["nodes"]) < 3:
                first.game = first.next("game")
            print(f"the engine's first move: {time.monotonic() - begin:.2f} s after the start of the program")

            pages = [Page(port) for _ in range(PAGES)]
            for page in pages:
                page.start()
            print(f"{PAGES} pages, each with a game: {memory(server.pid):.0f} MB")
            for page in pages[:ANALYSING]:
                page.send(type="analyse", visits=1_000_000)
                threading.Thread(target=drain, args=(page,), daemon=True).start()
            time.sleep(5)
            waits = []
            for page in pages[ANALYSING:]:
                begin = time.monotonic()
                page.play("D4")
                waits.append(time.monotonic() - begin)
            print(f"{ANALYSING} of them analysing: {memory(server.pid):.0f} MB; a move is on the board after "
                  f"{1000 * statistics.median(waits):.0f} ms (median), {1000 * max(waits):.0f} ms (most)")
            return int(max(waits) > 2)
        finally:
            server.kill()
            server.wait()


if __name__ == "__main__":
    sys.exit(main())
