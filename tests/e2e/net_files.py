#!/usr/bin/env python3
"""Our own net files, read by Python without our code; and hostile files.

    net_files.py PONNUKI

Bad files of every kind must be refused with one line and exit code 2, in less than 2 s, with at most twice the memory
that the good file takes.
"""
import json
import os
import random
import resource
import struct
import subprocess
import sys
import tempfile
import time
import zlib


def read_tensors(path):
    """The whole content of a file: metadata and {name: (shape, floats)}."""
    with open(path, "rb") as file:
        length, = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
        data = file.read()
    metadata, tensors = header.pop("__metadata__"), {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        assert entry["dtype"] == "F32", name
        tensors[name] = entry["shape"], struct.unpack(f"<{(end - begin) // 4}f", data[begin:end])
    crc = zlib.crc32(data, zlib.crc32(metadata["architecture"].encode()))
    assert metadata["checksum"] == f"crc32:{crc:08x}", "the checksum is wrong"
    return metadata, tensors


def run(program, *args):
    """Exit code, stdout, stderr, seconds, megabytes."""
    begin = time.monotonic()
    process = subprocess.Popen([program, *args], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    out, err = process.stdout.read(), process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode, out, err, time.monotonic() - begin, usage.ru_maxrss / 1024


def convert(program, source, target, *options):
    code, out, err, _, _ = run(program, "net", "convert", source, target, *options)
    assert code == 0, (source, target, err)
    return out


def check_reading(program, folder):
    """Python reads the same weights as from KataGo's text file."""
    own, text = os.path.join(folder, "net.safetensors"), os.path.join(folder, "net.txt")
    convert(program, "built-in", own)
    convert(program, own, text)
    metadata, tensors = read_tensors(own)
    assert metadata["format"] == "ponnuki-net" and metadata["format_version"] == "1"
    architecture = json.loads(metadata["architecture"])
    assert architecture["encoder"] == "katago-v7"
    first = architecture["trunk"]["initial_conv"]
    shape, values = tensors["trunk.initial_conv.weights"]
    assert shape == [first["out"], first["in"], first["height"], first["width"]]

    with open(text) as file:
        words = file.read().split()
    at = words.index(first["name"]) + 7  # height, width, in, out and two dilations
    for y in range(first["height"]):
        for x in range(first["width"]):
            for i in range(first["in"]):
                for o in range(first["out"]):
                    ours = values[((o * first["in"] + i) * first["height"] + y) * first["width"] + x]
                    assert abs(ours - float(words[at])) <= 1e-6 * abs(ours), (y, x, i, o)
                    at += 1


def check_ways(program, folder):
    """A net is the same after conversion through all kinds of files."""
    path = lambda name: os.path.join(folder, name)
    convert(program, "built-in", path("a.txt"))
    walk = ["b.safetensors", "c.onnx", "d.bin", "e.bin.gz", "f.onnx", "g.safetensors", "h.txt.gz", "i.txt"]
    before = "a.txt"
    for name in walk:
        convert(program, path(before), path(name))
        before = name
    with open(path("a.txt")) as first, open(path("i.txt")) as last:
        assert first.read() == last.read(), "the net is another one after a walk through all kinds of files"
    with open(path("noname"), "wb"):
        pass
    convert(program, "built-in", path("noname"), "--to", "katago11", "--text")
    code, out, err, _, _ = run(program, "net", "info", path("noname"))
    assert code == 0 and "version           11" in out, err


def bad_files(good, rng):
    """(name, bytes) of bad files."""
    for i in range(12):
        yield f"cut {i}", good[:rng.randrange(len(good))]
    for i in range(12):
        broken = bytearray(good)
        for _ in range(20):
            broken[rng.randrange(len(broken))] ^= 1 << rng.randrange(8)
        yield f"flipped {i}", bytes(broken)
    yield "nothing but its beginning", good[:64] + bytes(4 << 20)
    yield "noise behind its beginning", good[:64] + rng.randbytes(4 << 20)


def lying_files():
    huge = json.dumps({"__metadata__": {"format": "ponnuki-net", "format_version": "1", "architecture": "{}"},
                       "a": {"dtype": "F32", "shape": [1 << 30], "data_offsets": [0, 1 << 32]}}).encode()
    yield "huge tensor", struct.pack("<Q", len(huge)) + huge
    yield "huge header", struct.pack("<Q", 1 << 31) + b'{"a":1}'
    deep = b'{"a":' * 200_000
    yield "deep header", struct.pack("<Q", len(deep)) + deep
    wide = b'{"a":[' + b"1," * 500_000 + b"1]}"
    yield "wide header", struct.pack("<Q", len(wide)) + wide
    yield "huge ONNX graph", b"\x08\x08\x3a\xff\xff\xff\xff\xff\xff\xff\xff\x7f\x2a\xff\xff\xff\xff\xff\xff\xff\x7f"
    yield "endless fields", b"\x08\x08" + b"\x12\x00" * 2_000_000


def check_bad_files(program, folder):
    rng = random.Random(1)
    worst = [0.0, 0.0]
    for kind in ("net.safetensors", "net.onnx", "net.bin.gz", "net.bin"):
        path = os.path.join(folder, kind)
        convert(program, "built-in", path)
        code, _, _, _, good_memory = run(program, "net", "info", path)
        assert code == 0
        with open(path, "rb") as file:
            good = file.read()
        for name, data in [*bad_files(good, rng), *lying_files()]:
            bad = os.path.join(folder, "bad")
            with open(bad, "wb") as file:
                file.write(data)
            code, out, err, seconds, memory = run(program, "net", "info", bad)
            if kind == "net.bin" and name.startswith("flipped") and code == 0:
                continue  # other weights: such files have no checksum
            worst = [max(worst[0], seconds), max(worst[1], memory / good_memory)]
            what = f"{kind}, {name}: exit code {code}, {seconds:.1f} s, {memory:.0f} MB (good: {good_memory:.0f}), {err}"
            assert code == 2 and not out and err.count("\n") == 1 and err.startswith("ponnuki: "), what
            assert seconds < 2 and memory < 2 * good_memory, what
    print(f"bad files: at most {worst[0]:.2f} s and {worst[1]:.2f} times a good file's memory")


def main():
    os.environ.pop("PONNUKI_CONFIG", None)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for check in (check_reading, check_ways, check_bad_files):
        with tempfile.TemporaryDirectory() as folder:
            check(sys.argv[1], folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
