"""A session of KaTrain 1.18 with its engine, by pipes and by WebSocket (KaTrain's 'remote' engine).

  katrain.py PONNUKI SOURCE_DIR
"""
import contextlib
import os
import sys
import tempfile
import time

from engine import PATIENCE, PipeEngine, Program, WebSocketEngine
from katrain_client import AI, EXTRA, FAST_VISITS, GAME, SWEEP, VISITS, KaTrain

CAPTURE_GAME = "E5 E6 D6 G3 F6 C3 E7 pass G7 D3 C7 F3".split()  # Black takes E6 with E7
CONFIG = """# as KaTrain ships it
reportAnalysisWinratesAs = BLACK
conservativePass = true
maxVisits = 500
numAnalysisThreads = 12
numSearchThreads = 8
nnMaxBatchSize = 96
nnCacheSizePowerOfTwo = 20
nnMutexPoolSizePowerOfTwo = 16
nnRandomize = true
"""


def alternating(vertices, first="B"):
    other = "W" if first == "B" else "B"
    return [[(first, other)[i % 2], vertex] for i, vertex in enumerate(vertices)]


# --- what users do with KaTrain


def new_board(katrain):
    for size in ((9, 9), (13, 7), (19, 19)):
        visits = VISITS if size == (9, 9) else 2
        root, = katrain.wait(katrain.ask(size=size, visits=visits))
        assert root["moveInfos"] and root["rootInfo"]["currentPlayer"] == "B"


def load_a_game(katrain):
    """Every position in a query of its own. The stone on E6 is captured; then E6 is suicide for White and legal for Black."""
    game = alternating(CAPTURE_GAME)
    ids = [katrain.ask(game[:n], priority=GAME, visits=FAST_VISITS) for n in range(len(game) + 1)]
    answers = katrain.wait(*ids)
    assert [a["turnNumber"] for a in answers] == list(range(len(game) + 1))
    assert [a["rootInfo"]["currentPlayer"] for a in answers] == [("B", "W")[n % 2] for n in range(len(game) + 1)]
    e6 = (9 - 6) * 9 + 4
    assert [answers[n]["policy"][e6] >= 0 for n in (6, 7, 8)] == [False, False, True]
    again = [katrain.ask(game[:n], priority=-1_000_000, visits=VISITS, limit_time=False, report_every=None)
             for n in range(len(game) + 1)]
    katrain.wait(*again)
    assert not any(query_id in katrain.partial for query_id in again)


def handicap_and_setup(katrain):
    """Winrates and points are from Black's perspective, whoever is to move."""
    black = [["B", vertex] for vertex in "C3 G7 C7 G3 C5 G5 E3 E7 E5".split()]
    both = black + [["W", "D5"], ["W", "A1"]]
    answers = katrain.wait(katrain.ask(stones=black[:2], first="W", komi=0.5), katrain.ask(stones=black, first="W"),
                           katrain.ask(stones=both, first="B"),
                           katrain.ask(alternating(["D4", "D6"], "W"), stones=black, first="W"))
    assert [a["rootInfo"]["currentPlayer"] for a in answers] == ["W", "W", "B", "W"]
    for answer in answers[1:]:
        assert answer["rootInfo"]["winrate"] > 0.5 and answer["rootInfo"]["scoreLead"] > 0
        assert sum(answer["ownership"]) > 0


def all_rules(katrain):
    rules = ["japanese", "chinese", "korean", "aga", "tromp-taylor", "new zealand", "stone_scoring",
             {"ko": "SIMPLE", "scoring": "TERRITORY", "tax": "SEKI", "suicide": False}]
    assert all(katrain.wait(*[katrain.ask(rules=each, visits=FAST_VISITS) for each in rules]))


def sweep_and_equalize(katrain):
    """A query for each move. KaTrain expects this error text for illegal moves."""
    game = alternating(CAPTURE_GAME)
    wanted = [["B", vertex] for vertex in ("A1", "J9", "D5", "pass")]
    ids = [katrain.ask(game, priority=SWEEP, visits=FAST_VISITS, next_move=move, limit_time=False) for move in wanted]
    for answer in katrain.wait(*ids):
        assert answer["moveInfos"] and "ownership" not in answer
    illegal = [katrain.ask(game[:7], priority=SWEEP, visits=FAST_VISITS, next_move=["W", vertex], limit_time=False)
               for vertex in ("E5", "E6")]
    katrain.wait(*illegal)
    for query_id in illegal:
        assert "Illegal move" in katrain.errors[query_id], katrain.errors


def alternatives_and_region(katrain):
    game = alternating(CAPTURE_GAME)
    first, = katrain.wait(katrain.ask(game))
    known = [info["move"] for info in first["moveInfos"]]
    other, = katrain.wait(katrain.ask(game, priority=EXTRA, limit_time=False, visits=VISITS,
                                      avoid=[{"moves": known, "player": "B", "untilDepth": 1}]))
    assert other["moveInfos"]
    columns, region = "ABCDEFGHJ", {f"{x}{y}" for x in "ABC" for y in range(1, 4)}
    outside = [f"{x}{y}" for x in columns for y in range(1, 10) if f"{x}{y}" not in region]
    avoid = [{"moves": outside, "player": player, "untilDepth": 1} for player in "BW"]
    local, = katrain.wait(katrain.ask(game, priority=EXTRA, limit_time=False, avoid=avoid))
    assert {info["move"] for info in local["moveInfos"]} <= region | {"pass"}


def ai_players(katrain):
    """Ponnuki may warn of settings that it lacks, but answers the query."""
    settings = ({"playoutDoublingAdvantage": 2.0, "playoutDoublingAdvantagePla": "BLACK"}, {"antiMirror": True},
                {"humanSLProfile": "rank_5k", "ignorePreRootHistory": False})
    ids = [katrain.ask(priority=AI, ownership=False, settings=each) for each in settings]
    assert all(katrain.wait(*ids))
    print(f"warnings: {sum(katrain.warnings.values(), [])}")


def one_visit(katrain):
    """KaTrain then plays by the policy."""
    answer, = katrain.wait(katrain.ask(visits=1))
    assert answer["moveInfos"] == [] and answer["rootInfo"]["visits"] == 1


def ponder(katrain):
    """Reports come until another position is asked for, which ends the old query. Queries of moves are answered meanwhile."""
    game = alternating(CAPTURE_GAME)
    katrain.start_pondering(moves=game)
    old = katrain.ponder
    katrain.wait_until(lambda: katrain.partial.get(old, 0) >= 2)
    katrain.start_pondering(moves=game[:-1])
    katrain.wait(old)
    katrain.wait(katrain.ask(game[:-2]))
    new = katrain.ponder
    katrain.wait_until(lambda: katrain.partial.get(new, 0) >= 1)
    katrain.stop_pondering()
    katrain.wait(new)
    assert katrain.results[new]["isDuringSearch"] is False


def new_game_amid_analysis(katrain):
    """Earlier queries are ended. The first position of the new game does not wait for them."""
    for n in range(5):
        katrain.ask(alternating(CAPTURE_GAME[:n]), visits=1_000_000, limit_time=False)
    katrain.new_game()
    start = time.monotonic()
    katrain.wait(katrain.ask())
    assert time.monotonic() - start < PATIENCE / 2


SESSION = (new_board, load_a_game, handicap_and_setup, all_rules, sweep_and_equalize, alternatives_and_region, ai_players,
           one_visit, ponder, new_game_amid_analysis)


def play_session(katrain, name):
    for part in SESSION:
        start = time.monotonic()
        part(katrain)
        print(f"{name}: {part.__name__}, {time.monotonic() - start:.1f} s", flush=True)
    assert not katrain.open
    print(f"{name}: {len(katrain.ended)} queries ended, {len(katrain.forgotten)} forgotten")


# --- how KaTrain starts and ends its engine


def command(ponnuki, model, config, human_model=None):
    human = ["-human-model", human_model] if human_model else []
    return [ponnuki, "analysis", "-model", model, *human, "-config", config, "-override-config",
            f"homeDataDir={os.path.expanduser('~/.katrain')}"]


def check_stderr(lines):
    """KaTrain takes this text for the death of the engine."""
    for line in lines:
        assert "Uncaught exception" not in line and "what()" not in line, line


def by_pipes(ponnuki, model, config):
    engine = PipeEngine(command(ponnuki, model, config, human_model=config))
    with contextlib.ExitStack() as stack:
        stack.callback(engine.program.kill)
        play_session(KaTrain(engine, remote=False), "pipes")
        engine.program.wait_for_stderr("ready to begin handling requests")
        engine.program.process.terminate()  # as KaTrain does when it is closed
        assert engine.program.process.wait(10) is not None
        check_stderr(engine.program.stderr)


def end_of_input(ponnuki, model, config):
    engine = PipeEngine(command(ponnuki, model, config))
    with contextlib.ExitStack() as stack:
        stack.callback(engine.program.kill)
        katrain = KaTrain(engine, remote=False)
        for n in range(len(CAPTURE_GAME)):
            katrain.ask(alternating(CAPTURE_GAME[:n]))
        engine.end_input()
        assert all(katrain.wait())
        assert engine.receive() is None
        assert engine.program.exit_code() == 0
    print("end of input: all answered, exit code 0")


def broken_net(ponnuki, config):
    """KaTrain shows such a line in a window."""
    for model in ("missing.bin.gz", config):
        engine = PipeEngine(command(ponnuki, model, config))
        engine.program.wait_for_stderr("Uncaught exception")
        assert engine.receive() is None
        assert engine.program.exit_code() not in (0, 1)  # 1 is an end that KaTrain says nothing about
    print("broken net: the cause is told")


def by_websocket(ponnuki, model, config):
    server = Program([ponnuki, "analysis", "--net", model, "-config", config, "--listen", "127.0.0.1:0"])
    with contextlib.ExitStack() as stack:
        stack.callback(server.kill)
        url = server.wait_for_stderr("ready to begin handling requests on ws://").split()[-1]
        host, port = url.removeprefix("ws://").split(":")
        engine = WebSocketEngine(host, int(port))
        play_session(KaTrain(engine, remote=True), "WebSocket")
        engine.close()
        reconnect(host, int(port))
        server.process.terminate()
        assert server.process.wait(10) is not None
        check_stderr(server.stderr)


def reconnect(host, port):
    """KaTrain sends unanswered queries again, with the same ids."""
    katrain = KaTrain(WebSocketEngine(host, port), remote=True)
    ids = [katrain.ask(alternating(CAPTURE_GAME[:n]), visits=2000, limit_time=False) for n in range(6)]
    katrain.engine.drop()
    katrain.engine = WebSocketEngine(host, port)
    for query in list(katrain.open.values()):
        query["maxVisits"] = VISITS
        katrain.engine.send(query)
    assert all(katrain.wait(*ids))
    katrain.engine.close()
    print("WebSocket: reconnected")


def main():
    ponnuki, source = sys.argv[1:3]
    model = os.path.join(source, "nets", "built-in", "zero.bin.gz")
    with tempfile.TemporaryDirectory() as folder:
        config = os.path.join(folder, "analysis_config.cfg")
        with open(config, "w") as file:
            file.write(CONFIG)
        by_pipes(ponnuki, model, config)
        end_of_input(ponnuki, model, config)
        broken_net(ponnuki, config)
        by_websocket(ponnuki, model, config)


main()
