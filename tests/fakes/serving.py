"""The HTTP under the fake endpoint: connections that are counted, watched for hang-ups, and closed at once on stop."""

import json
import socket
import sys
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from typing import Any, Protocol
from urllib.parse import urlsplit

from tests.fakes.exchange import Call, Json, Line

LINGER_S = 0.5
GLANCE_S = 0.02


class Host(Protocol):
    """Who answers: `chat` for a POST, `page` for a GET."""

    pace_s: float
    delay_s: float
    connections: int
    disconnects: int
    failures: list[BaseException]
    stopping: threading.Event
    lock: threading.Lock

    def record(self, body: Json, headers: dict[str, str], *, path: str) -> Call:
        """Note a chat call."""

    def chat(self, call: Call, line: Line) -> None:
        """Answer a POST."""

    def page(self, call: Call, line: Line) -> None:
        """Answer a GET."""


class Stopped(Exception):
    """The endpoint is going away, so its handlers leave."""


class Server(ThreadingHTTPServer):
    """Threads that do not outlive the endpoint, and no output."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, host: Host, port: int) -> None:
        self.host = host
        self._open: set[Any] = set()
        self._closed = threading.Condition()
        super().__init__(("127.0.0.1", port), Handler)

    def server_bind(self) -> None:
        """Bind without asking a name server who we are."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = "127.0.0.1", int(self.server_address[1])

    def process_request(self, request: Any, client_address: Any) -> None:
        """Remember the connection, then serve it."""
        with self._closed:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """Forget the connection once it is served."""
        super().shutdown_request(request)
        with self._closed:
            self._open.discard(request)
            self._closed.notify_all()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Keep what went wrong in a handler for the test."""
        error = sys.exc_info()[1]
        if error is not None and not isinstance(error, ConnectionError):
            self.host.failures.append(error)

    def leave(self) -> None:
        """Stop listening, hang up on everybody, and give the handlers a moment to notice."""
        self.shutdown()
        self.server_close()
        with self._closed:
            for request in self._open:
                with suppress(OSError):
                    request.shutdown(socket.SHUT_RDWR)
            self._closed.wait_for(lambda: not self._open, LINGER_S)


class Handler(BaseHTTPRequestHandler):
    """One connection; it is the `Line` that scenarios write to."""

    server: Server
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    _is_counted = False
    _is_chunked = False

    def do_GET(self) -> None:
        """A probe."""
        self._serve(Call(0, {}, self._named_headers(), self.path), self.server.host.page)

    def do_POST(self) -> None:
        """A chat, or something this server does not have."""
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        body = {}
        with suppress(ValueError):
            body = json.loads(raw)
        body = body if isinstance(body, dict) else {}
        if urlsplit(self.path).path.endswith("/chat/completions"):
            call = self.server.host.record(body, self._named_headers(), path=self.path)
        else:
            call = Call(0, body, self._named_headers(), self.path)
        self._serve(call, self.server.host.chat)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""

    @property
    def pace_s(self) -> float:
        """The pause after a piece of text."""
        return self.server.host.pace_s

    @property
    def delay_s(self) -> float:
        """The pause before slow headers."""
        return self.server.host.delay_s

    def whole(self, status: int, body: bytes, *, kind: str, headers: Mapping[str, str]) -> None:
        """Send a complete response."""
        self._check()
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def open(self, kind: str, length: int | None = None) -> None:
        """Send the headers; without a length the body comes in chunks."""
        self._check()
        self._is_chunked = length is None
        self.send_response(200)
        self.send_header("Content-Type", kind)
        if length is None:
            self.send_header("Transfer-Encoding", "chunked")
        else:
            self.send_header("Content-Length", str(length))
        self.end_headers()

    def send(self, data: bytes) -> None:
        """Send a part of the body, at once."""
        self._check()
        self.wfile.write(self._framed(data))

    def finish_body(self, last: bytes = b"") -> None:
        """Send the last part together with the end of the body, so that a client may leave after reading it."""
        self._check()
        self.wfile.write(self._framed(last) + (b"0\r\n\r\n" if self._is_chunked else b""))

    def cut(self) -> None:
        """Close the connection, whatever was promised."""
        self.close_connection = True
        with suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)

    def wait(self, seconds: float) -> None:
        """Pause; `Stopped` or `ConnectionError` end it early."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            if self.server.host.stopping.wait(min(left, GLANCE_S)):
                raise Stopped
            self._check()

    def _serve(self, call: Call, answer: Callable[[Call, Line], None]) -> None:
        host = self.server.host
        with host.lock:
            host.connections += not self._is_counted
            self._is_counted = True
        try:
            answer(call, self)
        except Stopped:
            self.close_connection = True
        except ConnectionError:
            self.close_connection = True
            with host.lock:
                host.disconnects += call.is_stream and not host.stopping.is_set()

    def _check(self) -> None:
        """Raise when the client hung up."""
        with suppress(BlockingIOError):
            if not self.connection.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT):
                raise ConnectionResetError("the client went away")

    def _framed(self, data: bytes) -> bytes:
        if not (self._is_chunked and data):
            return data
        return f"{len(data):x}\r\n".encode() + data + b"\r\n"

    def _named_headers(self) -> dict[str, str]:
        return {name.lower(): value for name, value in self.headers.items()}
