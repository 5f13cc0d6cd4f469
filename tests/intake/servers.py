"""A real HTTP server on this machine, whose answers a test writes down."""

from __future__ import annotations

import http.server
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@dataclass
class Answer:
    """What the server says at one path; `drip` sends the body byte by byte with so many seconds between."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    drip: float = 0.0


@dataclass
class Server:
    """`answers` maps a path to an answer, or to what makes one from the request's headers; `asked` lists the requests."""

    url: str
    answers: dict[str, Answer | Callable[[dict[str, str]], Answer]]
    asked: list[tuple[str, dict[str, str]]]

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked if path != "/robots.txt"]


@contextmanager
def serving(answers: dict[str, Answer | Callable[[dict[str, str]], Answer]]) -> Iterator[Server]:
    """A server on a free port of 127.0.0.1 until the end of the block.  What is not there is 404, robots.txt too."""
    asked: list[tuple[str, dict[str, str]]] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            asked.append((self.path, headers))
            found = answers.get(self.path, Answer(status=404))
            answer = found if isinstance(found, Answer) else found(headers)
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            if "Content-Length" not in answer.headers:
                self.send_header("Content-Length", str(len(answer.body)))
            self.send_header("Connection", "close")
            self.end_headers()
            self.close_connection = True
            try:
                if answer.drip:
                    for i in range(len(answer.body)):
                        self.wfile.write(answer.body[i : i + 1])
                        self.wfile.flush()
                        time.sleep(answer.drip)
                else:
                    self.wfile.write(answer.body)
            except OSError:  # the other side has had enough
                pass

        def log_message(self, *_: object) -> None: ...

    class Quiet(http.server.ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None: ...

    server = Quiet(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield Server(f"http://127.0.0.1:{server.server_port}", answers, asked)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
