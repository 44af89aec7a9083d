"""Checks what a client reads of an answer against its query."""
import re

VERTEX = re.compile(r"^(pass|[A-HJ-Z][1-9][0-9]?)$")


def check_share(value, what):
    assert isinstance(value, (int, float)) and 0 <= value <= 1, f"{what}: {value!r}"


def check_number(value, what):
    assert isinstance(value, (int, float)) and abs(value) < 1e6, f"{what}: {value!r}"


def check_ownership(values, area):
    assert len(values) == area, f"ownership of {len(values)} points instead of {area}"
    assert all(-1 <= value <= 1 for value in values)


def check_policy(values, query):
    """One number per point, row by row from the top, -1 on stones; then pass."""
    width, height = query["boardXSize"], query["boardYSize"]
    assert len(values) == width * height + 1, f"policy of {len(values)} numbers"
    assert all(value == -1 or 0 <= value <= 1 for value in values)
    total = sum(value for value in values if value > 0)
    assert abs(total - 1) < 0.01, f"the policy's sum is {total}"
    assert values[-1] >= 0
    vertices = [vertex for _, vertex in query.get("initialStones", [])] if not query["moves"] else [query["moves"][-1][1]]
    for vertex in vertices:
        if vertex != "pass":
            assert values[cell(vertex, width, height)] == -1, f"policy of {vertex}, where a stone stands"


def cell(vertex, width, height):
    column = "ABCDEFGHJKLMNOPQRSTUVWXYZ".index(vertex[0])
    return (height - int(vertex[1:])) * width + column


def check_root(root):
    assert isinstance(root["visits"], int) and root["visits"] >= 1
    check_share(root["winrate"], "winrate")
    check_number(root["scoreLead"], "scoreLead")
    assert root["currentPlayer"] in ("B", "W")


def check_move(info, order, area, with_ownership):
    assert info["order"] == order, f"order {info['order']} instead of {order}"
    assert VERTEX.match(info["move"]), info["move"]
    assert isinstance(info["visits"], int) and info["visits"] >= 0
    for name in ("winrate", "prior"):
        check_share(info[name], name)
    for name in ("scoreLead", "scoreStdev", "lcb"):
        check_number(info[name], name)
    assert info["pv"] and info["pv"][0] == info["move"] and all(VERTEX.match(vertex) for vertex in info["pv"])
    assert ("ownership" in info) == with_ownership
    if with_ownership:
        check_ownership(info["ownership"], area)


def check_analysis(answer, query):
    """An answer with results, during the search or at its end."""
    area = query["boardXSize"] * query["boardYSize"]
    assert answer["turnNumber"] == len(query["moves"])
    check_root(answer["rootInfo"])
    for order, info in enumerate(answer["moveInfos"]):
        check_move(info, order, area, query.get("includeMovesOwnership", False))
    assert ("ownership" in answer) == query.get("includeOwnership", False)
    if "ownership" in answer:
        check_ownership(answer["ownership"], area)
    assert ("policy" in answer) == query.get("includePolicy", False)
    if "policy" in answer:
        check_policy(answer["policy"], query)
    avoided = {vertex for item in query.get("avoidMoves", []) if item["player"] == answer["rootInfo"]["currentPlayer"]
               for vertex in item["moves"]}
    assert not avoided & {info["move"] for info in answer["moveInfos"]}, "a move that should be avoided"
