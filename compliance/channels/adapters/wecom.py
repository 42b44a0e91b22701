"""Messages of an application of WeChat Work (企业微信) to the member with the account's phone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from compliance.channels.adapters.http import call
from compliance.channels.letters import Letter, Refused, Unavailable

ENDPOINT = "https://qyapi.weixin.qq.com"
# No such member, or one outside what the application may see: no other try helps.
NO_SUCH_MEMBER = frozenset({46004, 60111, 60102, 81013})
TOKEN_OVER = frozenset({40014, 42001})
FOUR_HOURS = 4 * 60 * 60

_tokens: dict[tuple[str, str, str], str] = {}


class WeCom:
    """An application of one corporation."""

    def __init__(self, settings: Mapping[str, str]) -> None:
        self._settings = settings
        self._endpoint = settings.get("endpoint", ENDPOINT).rstrip("/")

    def send(self, letter: Letter) -> None:
        """Send the text; the provider drops the very same text within four hours.

        A token that is over is asked for anew once.
        """
        member = self._asked("user/getuserid", {"mobile": letter.address.removeprefix("+86")})
        text = "\n".join((letter.text, *letter.lines))
        self._asked(
            "message/send",
            {
                "touser": str(member.get("userid", "")),
                "msgtype": "text",
                "agentid": int(self._settings["agent_id"]),
                # The last line tells one letter from the next, so that only a repeat is dropped
                "text": {"content": f"{text[:1800]}\n[{letter.key[-6:]}]"},
                "enable_duplicate_check": 1,
                "duplicate_check_interval": FOUR_HOURS,
            },
        )

    def _asked(self, action: str, question: Mapping[str, Any]) -> Mapping[str, Any]:
        for fresh in (False, True):
            answer = self._post(action, question, token=self._token(fresh=fresh))
            code = answer.get("errcode")
            if code == 0:
                return answer
            if code in NO_SUCH_MEMBER:
                raise Refused(f"wecom {code}")
            if code not in TOKEN_OVER:
                break
        raise Unavailable(f"wecom {_number(answer.get('errcode'))}")

    def _token(self, *, fresh: bool) -> str:
        corporation, secret = self._settings["corp_id"], self._settings["secret"]
        key = (self._endpoint, corporation, secret)
        if fresh or key not in _tokens:
            query = urlencode({"corpid": corporation, "corpsecret": secret})
            answer = _read(call(f"{self._endpoint}/cgi-bin/gettoken?{query}", method="GET").body)
            token = answer.get("access_token")
            if answer.get("errcode") != 0 or not isinstance(token, str):
                raise Unavailable(f"wecom token {_number(answer.get('errcode'))}")
            _tokens[key] = token
        return _tokens[key]

    def _post(self, action: str, question: Mapping[str, Any], *, token: str) -> Mapping[str, Any]:
        url = f"{self._endpoint}/cgi-bin/{action}?{urlencode({'access_token': token})}"
        body = json.dumps(question, ensure_ascii=False).encode()
        return _read(call(url, body=body, headers={"Content-Type": "application/json"}).body)


def _read(body: bytes) -> Mapping[str, Any]:
    try:
        answer = json.loads(body)
    except ValueError:
        answer = None
    if not isinstance(answer, dict):
        raise Unavailable("wecom answered no JSON")
    return answer


def _number(code: Any) -> str:
    return str(code) if isinstance(code, int) else "without a code"
