"""A client of WebSocket (RFC 6455) in Python's own modules."""
import base64
import socket
import struct


class WebSocket:
    def __init__(self, port, timeout=None):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=timeout)
        key = base64.b64encode(bytes(16)).decode()
        self.socket.sendall(f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                            f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n\r\n".encode())
        self.file = self.socket.makefile("rb")
        status = self.file.readline()
        if b" 101 " not in status:
            raise ConnectionRefusedError(f"no WebSocket: {status}")
        while self.file.readline().strip():
            pass

    @staticmethod
    def frame(text):
        """The bytes of a message of less than 64 KiB. Its mask is 0."""
        data = text.encode()
        length = bytes([0x80 | len(data)]) if len(data) < 126 else b"\xfe" + struct.pack(">H", len(data))
        return b"\x81" + length + bytes(4) + data

    def send(self, text):
        self.socket.sendall(self.frame(text))

    def receive(self):
        """The next text; others are left out. ConnectionError at the end."""
        while True:
            head = self.file.read(2)
            if len(head) < 2 or head[0] & 15 == 8:
                raise ConnectionError("the server has closed the connection")
            length = head[1]
            if length >= 126:
                length = struct.unpack(">H" if length == 126 else ">Q", self.file.read(2 if length == 126 else 8))[0]
            data = self.file.read(length)
            if head[0] & 15 == 1:
                return data.decode()

    def close(self):
        self.file.close()
        self.socket.close()
