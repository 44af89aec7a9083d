"""A session of Ogatak 2.2 with its engine.

  ogatak.py PONNUKI SOURCE_DIR
"""
import contextlib
import os
import sys
import tempfile
import time

from answers import check_analysis
from engine import PATIENCE, PipeEngine

GAME = [["B", "E5"], ["W", "E6"], ["B", "D6"], ["W", "G3"], ["B", "F6"]]


class Ogatak:
    """Ogatak has one search at a time: it sends a new query once the end of the old one is confirmed."""

    def __init__(self, engine):
        self.engine = engine
        self.version = None
        self.refused_29 = False
        self.counter = 0
        self.running = None
        self.desired = None
        self.queries = {}
        self.shown = {}  # query's id → its answers, in order
        engine.send({"id": "query_version", "action": "query_version"})
        engine.send({"id": "test_bs29", "rules": "Chinese", "boardXSize": 29, "boardYSize": 29, "maxVisits": 1, "moves": []})

    def query(self, moves, stones=(), player=None, size=9, visits=1_000_000, rules="Chinese", komi=7.5, avoid=None):
        self.counter += 1
        query = {
            "id": f"{len(moves)}:{self.counter}",
            "rules": rules,
            "komi": komi,
            "boardXSize": size,
            "boardYSize": size,
            "maxVisits": visits,
            "analysisPVLen": 32,
            "reportDuringSearchEvery": 0.1,
            "includePolicy": True,
            "includeOwnership": True,
            "includeMovesOwnership": True,
            "overrideSettings": {"reportAnalysisWinratesAs": "BLACK", "wideRootNoise": 0.04},
            "firstReportDuringSearchAfter": 0.05,
            "initialStones": list(stones),
            "moves": list(moves),
        }
        if visits <= 5:  # play by policy
            del query["reportDuringSearchEvery"], query["firstReportDuringSearchAfter"]
        if avoid:
            query["avoidMoves"] = [{"player": player or "B", "moves": avoid, "untilDepth": 1}]
        if not moves:
            query["initialPlayer"] = player or "B"
        self.queries[query["id"]] = query
        return query

    def analyse(self, query):
        """Sends the query, or ends the running one; returns its id."""
        self.desired = query
        if self.running:
            self.halt()
        else:
            self.start_desired()
        return query["id"]

    def halt(self):
        running = self.running["id"]
        self.engine.send({"id": f"stop!{running}", "action": "terminate", "terminateId": running})

    def start_desired(self):
        self.engine.send(self.desired)
        self.running = self.desired

    def receive(self):
        message = self.engine.receive()
        assert message is not None, "the engine has quit"
        if message.get("id") == "test_bs29":
            assert "error" in message  # else Ogatak says that large boards make it slow
            self.refused_29 = True
            return
        assert "error" not in message and "warning" not in message, message  # Ogatak opens a window
        if message.get("action") == "query_version":
            self.version = [int(part) for part in message["version"].split(".")]
        elif message.get("action") == "terminate":
            self.confirm_end(message["terminateId"])
        elif not message.get("noResults"):
            self.show(message)

    def confirm_end(self, query_id):
        if not self.running or self.running["id"] != query_id:
            return
        if self.desired is self.running:
            self.desired = None
        self.running = None
        if self.desired:
            self.start_desired()

    def show(self, message):
        if message["moveInfos"]:
            check_analysis(message, self.queries[message["id"]])
            # It warns of a hash that is not KataGo's.
            assert "thisHash" not in message["rootInfo"]
        self.shown.setdefault(message["id"], []).append(message)

    def wait_until(self, condition):
        end = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < end, "nothing more comes"
            self.receive()

    def wait_for_visits(self, query_id, visits):
        self.wait_until(lambda: any(m["rootInfo"]["visits"] >= visits for m in self.shown.get(query_id, [])))
        return self.shown[query_id][-1]


def start(ogatak):
    ogatak.wait_until(lambda: ogatak.version and ogatak.refused_29)
    assert len(ogatak.version) == 3 and ogatak.version >= [1, 12, 0]  # from there on it asks for a first report
    assert ogatak.version != [1, 9, 0]  # which it warns of


def walk_through_a_game(ogatak):
    """The search of each position is ended by that of the next."""
    for n in range(len(GAME) + 1):
        current = ogatak.analyse(ogatak.query(GAME[:n]))
        ogatak.wait_for_visits(current, 20)
    lengths = [len(info["pv"]) for info in ogatak.shown[current][-1]["moveInfos"]]
    assert 0 < max(lengths) <= 32


def edited_positions(ogatak):
    """A setup in mid-game, komi corrected by the prisoners; White to move."""
    stones = [["B", "E5"], ["B", "D6"], ["B", "F6"], ["B", "E7"], ["W", "G3"]]
    current = ogatak.analyse(ogatak.query([], stones=stones, player="W", rules="Japanese", komi=5.5))
    assert ogatak.wait_for_visits(current, 10)["rootInfo"]["currentPlayer"] == "W"
    current = ogatak.analyse(ogatak.query([["W", "C3"], ["B", "pass"]], stones=stones, size=13, rules="AGA"))
    assert ogatak.wait_for_visits(current, 10)["rootInfo"]["currentPlayer"] == "W"
    current = ogatak.analyse(ogatak.query(GAME, player="W", avoid=["E7", "D5"]))
    ogatak.wait_for_visits(current, 10)


def play_by_policy(ogatak):
    current = ogatak.analyse(ogatak.query(GAME, visits=5))
    answer = ogatak.wait_for_visits(current, 5)
    assert answer["isDuringSearch"] is False and max(answer["policy"]) > 0


def halt(ogatak):
    """The confirmation comes at once, whatever the search does."""
    ogatak.wait_for_visits(ogatak.analyse(ogatak.query(GAME[:3])), 10)
    start_time = time.monotonic()
    ogatak.halt()
    ogatak.wait_until(lambda: ogatak.running is None)
    assert time.monotonic() - start_time < 10


def one_end_each(ogatak):
    """No answer comes after the end."""
    for query_id, messages in ogatak.shown.items():
        ends = [not message["isDuringSearch"] for message in messages]
        assert sum(ends) <= 1 and True not in ends[:-1], f"{query_id}: {ends}"
        visits = [message["rootInfo"]["visits"] for message in messages]
        assert visits == sorted(visits)


def play_session(ponnuki, model, config):
    engine = PipeEngine([ponnuki, "analysis", "-config", config, "-model", model, "-quit-without-waiting"])
    with contextlib.ExitStack() as stack:
        stack.callback(engine.program.kill)
        ogatak = Ogatak(engine)
        for part in (start, walk_through_a_game, edited_positions, play_by_policy, halt, one_end_each):
            part(ogatak)
            print(part.__name__, flush=True)
        ogatak.analyse(ogatak.query(GAME))
        engine.end_input()  # with a search of a million visits on its way
        assert engine.program.exit_code() == 0
        assert not any("exception" in line for line in engine.program.stderr)  # which it would show
        engine.program.wait_for_stderr("ready to begin handling requests")
    print(f"{len(ogatak.shown)} searches, {sum(map(len, ogatak.shown.values()))} answers")


def main():
    ponnuki, source = sys.argv[1:3]
    model = os.path.join(source, "nets", "built-in", "zero.bin.gz")
    with tempfile.TemporaryDirectory() as folder:
        config = os.path.join(folder, "analysis.cfg")
        with open(config, "w") as file:
            file.write("numAnalysisThreads = 1\nnumSearchThreads = 8\nmaxVisits = 1000000\nreportAnalysisWinratesAs = BLACK\n")
        play_session(ponnuki, model, config)


main()
