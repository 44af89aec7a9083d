#!/usr/bin/env python3
"""net_get.py PROGRAM NET: ponnuki net get against a server that breaks off, lies, redirects and is slow.

NET is a file of a net. The server speaks HTTPS with a certificate of its own. Needs openssl. The test of a full disk
needs root, too. Uses only Python's own modules.
"""
import hashlib
import http.server
import os
import pathlib
import shutil
import signal
import ssl
import subprocess
import sys
import tempfile
import threading
import time

PROGRAM, NET = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).read_bytes()
SUM = hashlib.sha256(NET).hexdigest()
PIECE = 16384


class Server(http.server.BaseHTTPRequestHandler):
    """Each path is a way to behave. `asked` has the path and the range of each request."""
    protocol_version = "HTTP/1.1"
    asked, etag = [], '"one"'

    def log_message(self, *_):
        pass

    def do_GET(self):
        wanted = self.headers.get("Range", "")
        Server.asked.append((self.path, wanted))
        begin = int(wanted[len("bytes="):-1]) if wanted else 0
        if self.headers.get("If-Range", Server.etag) != Server.etag:
            begin = 0
        getattr(self, self.path.split("/")[1])(begin)

    def head(self, begin, length=None, etag=True):
        self.send_response(206 if begin else 200)
        self.send_header("Content-Length", str(len(NET) - begin if length is None else length))
        if begin:
            self.send_header("Content-Range", f"bytes {begin}-{len(NET) - 1}/{len(NET)}")
        if etag:
            self.send_header("ETag", Server.etag)
        self.end_headers()

    def good(self, begin):
        self.head(begin)
        self.wfile.write(NET[begin:])

    def cut(self, begin):
        """A third of the file, then the connection breaks."""
        self.head(begin)
        self.wfile.write(NET[begin:begin + len(NET) // 3])
        self.close_connection = True

    def cut_once(self, begin):
        (self.good if begin else self.cut)(begin)

    def cut_without_etag(self, begin):
        self.head(begin, etag=False)
        self.wfile.write(NET[begin:begin + (len(NET) // 3 if len(Server.asked) == 1 else len(NET))])
        self.close_connection = True

    def whole_again(self, begin):
        """It knows no ranges."""
        self.cut(0) if len(Server.asked) == 1 else self.good(0)

    def slow(self, begin):
        self.head(begin)
        for at in range(begin, len(NET), PIECE):
            self.wfile.write(NET[at:at + PIECE])
            time.sleep(0.02)

    def moved(self, begin):
        self.redirect("/good/net.bin.gz")

    def circle(self, begin):
        self.redirect(self.path)

    def to_http(self, begin):
        self.redirect("http://127.0.0.1:1/net.bin.gz")

    def to_file(self, begin):
        self.redirect("file:///etc/passwd")

    def redirect(self, where):
        self.send_response(302)
        self.send_header("Location", where)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def missing(self, begin):
        self.send_error(404)

    def busy_once(self, begin):
        self.send_error(503) if len(Server.asked) == 1 else self.good(begin)

    def huge(self, begin):
        self.head(0, length=1 << 50)

    def endless(self, begin):
        """Says no length and goes on, so that only the known size ends it."""
        self.send_response(200)
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        try:
            while True:
                self.wfile.write(bytes(1 << 20))
        except OSError:
            pass

    def page(self, begin):
        text = b"<html>Please log in</html>"
        self.head(0, length=len(text))
        self.wfile.write(text)


def start_server():
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                    "-keyout", "key.pem", "-out", "ca.pem", "-days", "1", "-subj", "/CN=test",
                    "-addext", "subjectAltName=IP:127.0.0.1"], check=True, capture_output=True)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # clients leave
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain("ca.pem", "key.pem")
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"https://127.0.0.1:{server.server_address[1]}"


def command(way, *options):
    return [PROGRAM, "net", "get", f"{URL}/{way}/net.bin.gz", "--bench", "0", "--ca", "ca.pem", *options]


def get(way, *options):
    Server.asked.clear()
    return subprocess.run(command(way, *options), capture_output=True, text=True, timeout=200)


def nets():
    return {str(path.relative_to(FOLDER)): path.read_bytes() for path in sorted(FOLDER.rglob("*")) if path.is_file()}


def expect_net(way, *options):
    done = get(way, *options)
    assert done.returncode == 0, f"{way}: {done.returncode} {done.stderr}"
    assert nets() == {"net.bin.gz": NET}, f"{way}: {[(name, len(text)) for name, text in nets().items()]}"
    (FOLDER / "net.bin.gz").unlink()
    print(f"{way}: as it should be, {len(Server.asked)} requests", flush=True)


def expect_failure(way, words, *options, left=(), code=1):
    done = get(way, *options)
    assert done.returncode == code and words in done.stderr, f"{way}: {done.returncode} {done.stderr}"
    assert done.stderr.count("\n") == 1, f"{way}: more than a line: {done.stderr}"
    assert list(nets()) == list(left), f"{way}: it leaves {list(nets())}"
    print(f"{way}: {done.stderr.strip()}", flush=True)


def check_resumption():
    expect_net("cut_once")
    assert [wanted for _, wanted in Server.asked] == ["", f"bytes={len(NET) // 3}-"], Server.asked
    expect_net("whole_again")
    expect_net("cut_without_etag")  # it begins anew: nobody knows whether it is the same file
    assert [wanted for _, wanted in Server.asked] == ["", ""], Server.asked
    expect_net("cut_without_etag", "--sha256", SUM)
    assert Server.asked[1][1] == f"bytes={len(NET) // 3}-", Server.asked
    # Another file at the same address, between two calls: an interrupted call first.
    process = subprocess.Popen(command("slow"), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    wait_for(lambda: len(nets().get("net.bin.gz.part", b"")) > 0 or process.poll() is not None)
    process.send_signal(signal.SIGINT)
    _, words = process.communicate(timeout=30)
    assert process.returncode == 1 and "the same command goes on" in words, words
    assert list(nets()) == ["net.bin.gz.part", "net.bin.gz.part.etag"], list(nets())
    Server.etag = '"two"'
    expect_net("good")
    assert Server.asked[0][1].startswith("bytes="), Server.asked


def wait_for(is_so, seconds=60):
    end = time.time() + seconds
    while not is_so() and time.time() < end:
        time.sleep(0.02)


def check_one_at_a_time():
    process = subprocess.Popen(command("slow"), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    wait_for(lambda: nets() or process.poll() is not None)
    done = get("good")
    assert done.returncode == 1 and "another process fetches" in done.stderr, done.stderr
    assert process.wait(100) == 0
    (FOLDER / "net.bin.gz").unlink()


def check_full_disk():
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", FOLDER], capture_output=True).returncode:
        print("the test of a full disk is left out: it needs root")
        return
    try:
        expect_failure("good", "room for 0 MB")
        done = get("endless")
        assert done.returncode == 1 and "No space left" in done.stderr, done.stderr
    finally:
        subprocess.run(["umount", "-l", FOLDER], check=True)


def check():
    expect_net("good")
    expect_net("good", "--sha256", SUM)
    expect_net("moved")
    expect_net("busy_once")
    check_resumption()
    check_one_at_a_time()
    expect_failure("good", "SHA-256 is " + SUM, "--sha256", "0" * 64)
    expect_failure("missing", "HTTP 404")
    expect_failure("page", "it was removed")
    expect_failure("huge", "more than the 4294967296 bytes")
    expect_failure("circle", "redirects")
    expect_failure("to_http", "http")
    expect_failure("to_file", "file")
    done = subprocess.run([PROGRAM, "net", "get", f"{URL}/good/net.bin.gz"], capture_output=True, text=True)
    assert done.returncode == 1 and "certificate" in done.stderr, done.stderr
    check_full_disk()
    # The net is found by its name, and its speed is told.
    done = subprocess.run([*command("good"), "--as", "mine", "--bench", "0.5"], capture_output=True, text=True)
    assert done.returncode == 0 and "visits/s here" in done.stdout, done.stdout + done.stderr
    shown = subprocess.run([PROGRAM, "net", "info", "mine"], capture_output=True, text=True)
    assert shown.returncode == 0, shown.stderr
    listed = subprocess.run([PROGRAM, "net", "list"], capture_output=True, text=True).stdout
    assert any(line.startswith("* mine") for line in listed.splitlines()), listed
    missing = subprocess.run([PROGRAM, "net", "info", "b18"], capture_output=True, text=True)
    assert "ponnuki net get b18" in missing.stderr, missing.stderr
    print("all as expected")


if not shutil.which("openssl"):
    print("skipped: openssl is not installed")
    sys.exit(77)
if "no subcommand" in subprocess.run([PROGRAM, "net", "get", "--help"], capture_output=True, text=True).stderr:
    print("skipped: the program was built without libcurl")
    sys.exit(77)
with tempfile.TemporaryDirectory() as home:
    os.chdir(home)
    for name in ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "PONNUKI_NET", "PONNUKI_CONFIG"]:
        os.environ.pop(name, None)
    os.environ["XDG_DATA_HOME"] = home + "/data"
    FOLDER = pathlib.Path(home, "data/ponnuki/nets")
    FOLDER.mkdir(parents=True)
    URL = start_server()
    check()
