"""Files of games of self-play (docs/formats.md, selfplay/records/game_record.h)."""
import struct


def records_in(path):
    """The records of a file, as bytes. A half block at its end is left out, as the program does."""
    data = path.read_bytes() if path.exists() else b""
    records, at = [], 12
    assert data[:12] in (b"PNKGAMES\1\0\0\0", data[:0]), f"{path}: no file of games"
    while at + 8 <= len(data):
        end = at + 8 + struct.unpack_from("<I", data, at)[0]
        if end > len(data):
            break
        at += 8
        while at < end:
            length = struct.unpack_from("<I", data, at)[0]
            records.append(data[at + 4:at + 4 + length])
            at += 4 + length
        assert at == end, f"{path}: a block of other games than its length says"
    return records


def turns_of(record):
    """Moves, weights and policies of a record."""
    area = record[0] * record[1]
    count, at, turns = struct.unpack_from("<H", record, 6)[0], 8, []
    for _ in range(count):
        move, weight = struct.unpack_from("<HB", record, at)
        at += 7
        policy = record[at:at + area + 1] if weight else b""
        at += len(policy)
        turns.append((move, weight, policy))
    return area, turns


def expect_no_repetition(records, what):
    """Chance may repeat games in which few moves were searched: two passes, or the same fork at the end of a game."""
    own = [record for record in records if sum(weight > 0 for _, weight, _ in turns_of(record)[1]) >= 10]
    assert len(own) > len(records) / 2, f"{what}: hardly any game has moves of its own"
    twice = len(own) - len(set(own))
    assert twice == 0, f"{what}: {twice} of {len(own)} games are there twice"
