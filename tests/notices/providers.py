"""Providers on this machine that note what they are handed and answer as a test tells them."""

from __future__ import annotations

import json
import socketserver
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Reply = Callable[["Asked"], tuple[int, Any]]


@dataclass(frozen=True)
class Asked:
    """One request as it came over the wire."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body, read as JSON."""
        return json.loads(self.body)


@dataclass
class Provider:
    """A web server: where it is, what it was asked, and how it answers from now on."""

    url: str = ""
    asked: list[Asked] = field(default_factory=list)
    reply: Reply = lambda asked: (200, {})
    seconds: float = 0.0


@contextmanager
def web_provider() -> Iterator[Provider]:
    """A provider that speaks HTTP."""
    provider = Provider()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            asked = Asked(
                self.command,
                self.path,
                {name.lower(): value for name, value in self.headers.items()},
                self.rfile.read(length),
            )
            provider.asked.append(asked)
            time.sleep(provider.seconds)
            status, said = provider.reply(asked)
            body = said if isinstance(said, bytes) else json.dumps(said).encode()
            try:
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                if status in {301, 302, 307}:
                    self.send_header("Location", provider.url + "/elsewhere")
                self.end_headers()
                self.wfile.write(body)
            except OSError:
                return  # whoever asked did not wait

        do_GET = do_POST = answer  # noqa: N815  the names that the standard library calls

        def log_message(self, *args: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    provider.url = f"http://127.0.0.1:{server.server_address[1]}"
    with _served(server):
        yield provider


@dataclass
class PostOffice:
    """A mail server: its port, the mails it took, and its answer to a recipient."""

    port: int = 0
    mails: list[str] = field(default_factory=list)
    to_recipient: str = "250 ok"


@contextmanager
def post_office() -> Iterator[PostOffice]:
    """A provider that speaks as much SMTP as a mail needs."""
    office = PostOffice()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.say("220 here")
            while line := self.rfile.readline().decode().strip():
                word = line.upper()
                if word.startswith("RCPT"):
                    self.say(office.to_recipient)
                elif word == "DATA":
                    self.say("354 go on")
                    office.mails.append(self.read_mail())
                    self.say("250 taken")
                elif word == "QUIT":
                    self.say("221 bye")
                    return
                else:
                    self.say("250 ok")

        def read_mail(self) -> str:
            lines = []
            while (line := self.rfile.readline().decode()) != ".\r\n":
                lines.append(line)
            return "".join(lines)

        def say(self, line: str) -> None:
            self.wfile.write(f"{line}\r\n".encode())

    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    office.port = server.server_address[1]
    with _served(server):
        yield office


@contextmanager
def _served(server: Any) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
