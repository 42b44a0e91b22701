"""Pages of a web process, asked for over its socket by somebody who signs in."""

from __future__ import annotations

import re
import socket
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

from people.accounts.totp import code_of, step_at

CSRF = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
SECRET = re.compile("<code>([A-Z2-7 ]+)</code>")


class SocketConnection(HTTPConnection):
    """HTTP over a Unix socket."""

    def __init__(self, path: Path) -> None:
        super().__init__("localhost", timeout=10)
        self.path = path

    def connect(self) -> None:
        """Connect to the socket."""
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(str(self.path))


@dataclass
class Visitor:
    """Somebody with cookies; follows no redirect."""

    path: Path
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(self, address: str, form: dict[str, str] | None = None) -> tuple[int, str]:
        """Status and text of a page; a form is posted."""
        connection = SocketConnection(self.path)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(
                "GET" if form is None else "POST",
                address,
                body=None if form is None else urlencode(form),
                headers=headers,
            )
            answer = connection.getresponse()
            for cookie in answer.headers.get_all("Set-Cookie") or []:
                name, _, value = cookie.partition(";")[0].partition("=")
                self.cookies[name] = value
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    def answers(self) -> bool:
        """Whether the web process answers yet."""
        try:
            return self.ask("/healthz")[0] == 200
        except OSError:
            return False

    def sign_in(self, username: str, password: str) -> None:
        """Sign in by the form of the page, and take the second factor on."""
        self._send("/sign-in", self.ask("/sign-in")[1], username=username, password=password)
        page = self.ask("/sign-in/second-factor")[1]
        secret = SECRET.search(page)
        assert secret is not None
        code = code_of(secret.group(1).replace(" ", ""), step_at(datetime.now(UTC)))
        self._send("/sign-in/second-factor", page, code=code)

    def _send(self, address: str, page: str, **form: str) -> None:
        """Send the form of the page that was read."""
        token = CSRF.search(page)
        assert token is not None
        status, _ = self.ask(address, {"csrfmiddlewaretoken": token.group(1), **form})
        assert status in (200, 302)
