"""KaTrain's side of the protocol: the queries of version 1.18, and how it reads the answers."""
import time

from answers import check_analysis
from engine import PATIENCE

# KaTrain's priorities.
GAME, SWEEP, EXTRA, NEW_MOVE, AI = -100, -10, 100, 1000, 10_000
VISITS, FAST_VISITS = 20, 8  # KaTrain's own: 500 and 25


class KaTrain:
    """KaTrain's list of queries. A query ends with an error or a message that is not during the search."""

    def __init__(self, engine, remote):
        self.engine = engine
        self.remote = remote
        self.counter = 0
        self.base_priority = 0
        self.open = {}  # id → query
        self.results = {}  # id → the last answer with results
        self.errors = {}
        self.warnings = {}
        self.partial = {}  # id → answers during the search
        self.ended = set()
        self.forgotten = set()
        self.ponder = None

    def send(self, query):
        self.counter += 1
        query["id"] = f"QUERY:{self.counter}"
        if query.get("action") != "terminate":
            self.open[query["id"]] = query
        self.engine.send(query)
        return query["id"]

    def ask(self, moves=(), stones=(), first="B", size=(9, 9), priority=NEW_MOVE, visits=VISITS, next_move=None, avoid=None,
            ownership=True, rules="japanese", komi=6.5, report_every=1, limit_time=True, settings=None):
        """Sends a query with all of KaTrain's fields and returns its id."""
        played = list(moves) + ([next_move] if next_move else [])
        query = {
            "rules": rules,
            "priority": self.base_priority + priority,
            "analyzeTurns": [len(played)],
            "maxVisits": visits,
            "komi": komi,
            "boardXSize": size[0],
            "boardYSize": size[1],
            "includeOwnership": ownership and not next_move,
            "includeMovesOwnership": ownership and not next_move,
            "includePolicy": True,
            "initialStones": list(stones),
            "initialPlayer": first,
            "moves": played,
            "overrideSettings": {"reportAnalysisWinratesAs": "BLACK", "wideRootNoise": 0.04},
        }
        if limit_time:
            query["overrideSettings"]["maxTime"] = 8.0
        query["overrideSettings"].update(settings or {})
        if report_every:
            query["reportDuringSearchEvery"] = report_every
        if avoid:
            query["avoidMoves"] = avoid
        return self.send(query)

    def terminate(self, query_id, forget=True):
        self.send({"action": "terminate", "terminateId": query_id})
        if forget and self.open.pop(query_id, None):
            self.forgotten.add(query_id)

    def start_pondering(self, **wishes):
        """KaTrain sends the new query before it ends the old one."""
        old = self.ponder
        self.ponder = self.ask(visits=10_000_000, report_every=0.25, limit_time=False, priority=EXTRA, **wishes)
        if old:
            self.terminate(old, forget=False)

    def stop_pondering(self):
        if self.ponder:
            self.terminate(self.ponder, forget=False)
        self.ponder = None

    def new_game(self):
        self.base_priority += 1
        for query_id in list(self.open):
            self.terminate(query_id)
        self.ponder = None

    def dispatch(self):
        """Reads a message as KaTrain does."""
        message = self.engine.receive()
        assert message is not None, "the engine has gone"
        assert "id" in message, f"without an id: {message}"
        query_id = message["id"]
        if query_id not in self.open:
            unasked = query_id not in self.forgotten and message.get("action") != "terminate"
            assert not unasked, f"an answer too many: {message}"
            return
        query = self.open[query_id]
        if "error" in message:
            self.errors[query_id] = message["error"]
            self.end(query_id)
            return
        if "warning" in message:
            self.warnings.setdefault(query_id, []).append(message["warning"])
            if not self.remote:
                return
        if "terminateId" in message:
            return
        self.take_results(query_id, query, message)

    def take_results(self, query_id, query, message):
        partial = message.get("isDuringSearch", False)
        if not message.get("noResults", False):
            check_analysis(message, query)
            self.results[query_id] = message
        if partial:
            self.partial[query_id] = self.partial.get(query_id, 0) + 1
        else:
            self.end(query_id)

    def end(self, query_id):
        assert query_id not in self.ended
        self.ended.add(query_id)
        del self.open[query_id]

    def wait(self, *query_ids):
        """Waits for the ends of these queries, or of all, and returns their results."""
        wanted = query_ids or tuple(self.open)
        while any(query_id in self.open for query_id in wanted):
            self.dispatch()
        return [self.results.get(query_id) for query_id in wanted]

    def wait_until(self, condition):
        end = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < end, "nothing more comes"
            self.dispatch()
