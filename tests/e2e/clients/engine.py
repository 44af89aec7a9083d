"""Ponnuki's JSON engine as clients use it: by pipes or a WebSocket. Every message must be JSON."""
import base64
import json
import os
import queue
import socket
import struct
import subprocess
import threading

TEXT, CLOSE, PING, PONG = 1, 8, 9, 10
PATIENCE = 60  # seconds


class Inbox:
    """Messages of the engine, read by a thread."""

    def __init__(self):
        self.messages = queue.Queue()

    def put_text(self, text):
        try:
            message = json.loads(text)
        except ValueError:
            message = None
        self.messages.put(message if isinstance(message, dict) else AssertionError(f"no JSON object: {text!r}"))

    def receive(self, timeout=PATIENCE):
        """The next message; None at the end."""
        try:
            message = self.messages.get(timeout=timeout)
        except queue.Empty:
            raise AssertionError(f"no message for {timeout} seconds") from None
        if isinstance(message, Exception):
            raise message
        return message


class Program:
    """A child process. Its lines on stderr are kept and can be waited for."""

    def __init__(self, command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL):
        self.process = subprocess.Popen(command, stdin=stdin, stdout=stdout, stderr=subprocess.PIPE)
        self.stderr = []
        self.news = threading.Condition()
        self.reader = threading.Thread(target=self._read_stderr, daemon=True)
        self.reader.start()

    def _read_stderr(self):
        for line in self.process.stderr:
            with self.news:
                self.stderr.append(line.decode(errors="replace").rstrip())
                self.news.notify_all()

    def wait_for_stderr(self, text):
        """Waits for the first line that contains the text."""
        def found():
            return next((line for line in self.stderr if text in line), None)
        with self.news:
            assert self.news.wait_for(found, PATIENCE), f"stderr lacks '{text}': {self.stderr}"
            return found()

    def exit_code(self):
        code = self.process.wait(PATIENCE)
        self.reader.join(PATIENCE)
        return code

    def kill(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()


class PipeEngine(Inbox):
    """A client that has launched the engine itself."""

    def __init__(self, command):
        super().__init__()
        self.program = Program(command, subprocess.PIPE, subprocess.PIPE)
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for line in self.program.process.stdout:
            self.put_text(line)
        self.messages.put(None)

    def send(self, message):
        stdin = self.program.process.stdin
        stdin.write((json.dumps(message) + "\n").encode())
        stdin.flush()

    def end_input(self):
        self.program.process.stdin.close()


class WebSocketEngine(Inbox):
    """A client of `ponnuki analysis --listen`: one JSON object per masked text frame (RFC 6455)."""

    def __init__(self, host, port):
        super().__init__()
        self.lock = threading.Lock()
        self.socket = socket.create_connection((host, port), PATIENCE)
        self.socket.settimeout(None)
        self.stream = self.socket.makefile("rb")
        self._shake_hands(f"{host}:{port}")
        threading.Thread(target=self._read, daemon=True).start()

    def _shake_hands(self, host):
        key = base64.b64encode(os.urandom(16)).decode()
        lines = ["GET / HTTP/1.1", "Upgrade: websocket", f"Host: {host}", f"Origin: http://{host}", f"Sec-WebSocket-Key: {key}",
                 "Sec-WebSocket-Version: 13", "Connection: Upgrade"]
        self.socket.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
        status = self.stream.readline()
        assert b" 101 " in status, f"handshake: {status!r}"
        while self.stream.readline().strip():
            pass

    def _send_frame(self, opcode, payload):
        mask = os.urandom(4)
        size = len(payload)
        if size < 126:
            head = struct.pack("!BB", 0x80 | opcode, 0x80 | size)
        elif size < 1 << 16:
            head = struct.pack("!BBH", 0x80 | opcode, 0x80 | 126, size)
        else:
            head = struct.pack("!BBQ", 0x80 | opcode, 0x80 | 127, size)
        masked = bytes(byte ^ mask[i % 4] for i, byte in enumerate(payload))
        with self.lock:
            self.socket.sendall(head + mask + masked)

    def _read_frame(self):
        """(last frame of its message?, opcode, payload); None at the end of the connection."""
        head = self.stream.read(2)
        if len(head) < 2:
            return None
        size = head[1] & 127
        if size == 126:
            size = struct.unpack("!H", self.stream.read(2))[0]
        elif size == 127:
            size = struct.unpack("!Q", self.stream.read(8))[0]
        return bool(head[0] & 0x80), head[0] & 15, self.stream.read(size)

    def _read(self):
        message = b""
        try:
            while (frame := self._read_frame()) is not None and frame[1] != CLOSE:
                last, opcode, payload = frame
                if opcode == PING:
                    self._send_frame(PONG, payload)
                elif opcode != PONG:
                    message += payload
                    if last:
                        self.put_text(message)
                        message = b""
        except OSError:
            pass
        self.messages.put(None)

    def send(self, message):
        self._send_frame(TEXT, json.dumps(message).encode())

    def close(self):
        self._send_frame(CLOSE, struct.pack("!H", 1000))
        self.drop()

    def drop(self):
        """Closes like a failing network."""
        self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()
