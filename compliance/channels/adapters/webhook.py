"""A signed call to an address of the installation's own: its portal, its office system.

The receiver computes HMAC-SHA256 with the shared secret over `timestamp + "." + body`, compares it
with X-Shuangyuan-Signature in constant time, refuses a timestamp more than five minutes off, and
keeps X-Shuangyuan-Key for a day: the same key is the same letter, however often it comes.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Mapping
from hashlib import sha256

from compliance.channels.adapters.http import call
from compliance.channels.letters import Letter, Refused, Unavailable

# Answers that say this letter is wrong, whoever sends it again.
WRONG_LETTER = frozenset({400, 413, 422})


class Webhook:
    """One address, signed."""

    def __init__(self, settings: Mapping[str, str]) -> None:
        self._url, self._secret = settings["url"], settings["secret"]

    def send(self, letter: Letter) -> None:
        """Post the letter; 2xx means taken, whatever the answer says."""
        body = json.dumps(
            {
                "key": letter.key,
                "kind": letter.kind,
                "recipient": letter.recipient,
                "cases": letter.cases,
                "urgent": letter.urgent,
                "text": letter.text,
                "link": letter.link,
            },
            ensure_ascii=False,
        ).encode()
        timestamp = str(int(letter.at.timestamp()))
        answer = call(
            self._url,
            body=body,
            headers={
                "Content-Type": "application/json; charset=utf-8",
                "User-Agent": "Shuangyuan",
                "X-Shuangyuan-Key": letter.key,
                "X-Shuangyuan-Timestamp": timestamp,
                "X-Shuangyuan-Signature": signature(self._secret, timestamp, body),
            },
        )
        if answer.status in WRONG_LETTER:
            raise Refused(f"webhook {answer.status}")
        if not 200 <= answer.status < 300:
            raise Unavailable(f"webhook {answer.status}")


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """HMAC-SHA256 in hex over the timestamp, a full stop and the body."""
    return hmac.new(secret.encode(), timestamp.encode() + b"." + body, sha256).hexdigest()
