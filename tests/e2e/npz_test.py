#!/usr/bin/env python3
"""npz_test.py FOLDER LENGTH: reads training rows like numpy does, and checks every row.

Uses only Python's own modules. Prints the number of rows, or exits with code 1 and a line about the first error.
"""
import ast
import pathlib
import struct
import sys
import zipfile

PLANES, GLOBALS, TARGETS, EXTRA = 22, 19, 80, 60


def read_array(bytes_):
    """Shape and numbers of an .npy file."""
    assert bytes_[:8] == b"\x93NUMPY\x01\x00", "no .npy of format 1.0"
    length = struct.unpack("<H", bytes_[8:10])[0]
    header = ast.literal_eval(bytes_[10:10 + length].decode())
    assert header["fortran_order"] is False
    code = {"|u1": "B", "|i1": "b", "<i2": "h", "<f4": "f"}[header["descr"]]
    body = bytes_[10 + length:]
    count = 1
    for side in header["shape"]:
        count *= side
    return header["descr"], header["shape"], struct.unpack(f"<{count}{code}", body)


def check_file(path, length):
    """The number of rows."""
    area = length * length
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        arrays = {name: read_array(archive.read(name)) for name in archive.namelist()}
    rows = arrays["globalTargetsNC.npy"][1][0]
    packed = (area + 7) // 8
    expected = {"binaryInputNCHWPacked.npy": ("|u1", (rows, PLANES, packed)),
                "globalInputNC.npy": ("<f4", (rows, GLOBALS)),
                "policyTargetsNCMove.npy": ("<i2", (rows, 2, area + 1)),
                "globalTargetsNC.npy": ("<f4", (rows, TARGETS)),
                "scoreDistrN.npy": ("|i1", (rows, 2 * (area + EXTRA))),
                "valueTargetsNCHW.npy": ("|i1", (rows, 5, length, length)),
                "qValueTargetsNCMove.npy": ("<i2", (rows, 3, area + 1))}
    assert {name: array[:2] for name, array in arrays.items()} == expected, "names, types or shapes"

    def row(name, number):
        numbers = arrays[name + ".npy"][2]
        size = len(numbers) // rows
        return numbers[number * size:(number + 1) * size]

    for n in range(rows):
        target, policy, value = row("globalTargetsNC", n), row("policyTargetsNCMove", n), row("valueTargetsNCHW", n)
        bits = [row("binaryInputNCHWPacked", n)[cell // 8] >> (7 - cell % 8) & 1 for cell in range(area)]
        board = sum(bits)
        assert board in (25, 15), f"{board} points on the board"
        for first in (0, 4, 8, 12, 16):
            assert abs(sum(target[first:first + 3]) - 1) < 1e-5, "chances add up to something else"
        assert max(policy[:area + 1]) == 255 and min(policy) >= 0, "policy"
        assert all(bits[cell] or policy[cell] == 0 for cell in range(area)), "a move beside the board"
        distribution = row("scoreDistrN", n)
        assert sum(distribution) == 100, "score distribution"
        if target[27] == 0:  # no result
            assert target[:4] == (0, 0, 1, 0), "no result"
            continue
        # The points, the distribution and the score are one.
        mean = sum(share * (bin_ - area - EXTRA + 0.5) for bin_, share in enumerate(distribution)) / 100
        assert abs(mean - target[3]) < 1e-4 and target[3] == target[20], "score"
        taxed_groups = row("globalInputNC", n)[11] == 1
        assert taxed_groups or abs(sum(value[:area]) + target[47] + target[61] - target[3]) < 1e-4, \
            "owners, komi and bonus make another score"
        assert [v * 120 for v in value[:area]] == list(value[4 * area:]), "points are no owners"
        assert all(bits[cell] or value[cell] == 0 for cell in range(area)), "an owner beside the board"
        assert not any(row("qValueTargetsNCMove", n)), "values of moves"
        assert target[63] == 3 and target[25] == 1
    return rows


def main():
    paths = sorted(pathlib.Path(sys.argv[1]).glob("*.npz"))
    try:
        rows = sum(check_file(path, int(sys.argv[2])) for path in paths)
    except AssertionError as error:
        print(f"{sys.argv[1]}: {error}")
        return 1
    print(f"{rows} rows in {len(paths)} files")
    return 0


if __name__ == "__main__":
    sys.exit(main())
