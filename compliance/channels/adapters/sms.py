"""Text messages by Aliyun's SendSms, its requests signed with ACS3-HMAC-SHA256.

The template is one approved for the installation with `${cases}` in it, such as
“您有${cases}条新的红色预警，请登录双元查看。”; the text itself is not sent. The one for
codes has `${code}` in it.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Mapping
from datetime import UTC
from hashlib import sha256
from urllib.parse import quote, urlsplit

from compliance.channels.adapters.http import call
from compliance.channels.letters import Letter, Refused, Unavailable

ENDPOINT = "https://dysmsapi.aliyuncs.com"
ACTION, VERSION = "SendSms", "2017-05-25"
ALGORITHM = "ACS3-HMAC-SHA256"
# Codes that speak of this one number; every other fault is of the account or of the moment.
WRONG_NUMBER = frozenset(
    {
        "isv.MOBILE_NUMBER_ILLEGAL",
        "isv.MOBILE_COUNT_OVER_LIMIT",
        "isv.BLACK_KEY_CONTROL_LIMIT",
        "isv.MOBILE_IN_BLACK",
    }
)


class AliyunSms:
    """Aliyun 短信服务."""

    def __init__(self, settings: Mapping[str, str]) -> None:
        self._settings = settings
        self._endpoint = settings.get("endpoint", ENDPOINT).rstrip("/")

    def send(self, letter: Letter) -> None:
        """Send one message; OutId carries the letter's key into the provider's receipts."""
        template = self._settings["template"]
        if letter.kind == "digest":
            template = self._settings.get("digest_template", template)
        told = {"cases": str(letter.cases)}
        if letter.kind == "code":
            template, told = self._settings["code_template"], {"code": letter.text}
        query = canonical_query(
            {
                "PhoneNumbers": letter.address.removeprefix("+86").lstrip("+"),
                "SignName": self._settings["sign_name"],
                "TemplateCode": template,
                "TemplateParam": json.dumps(told),
                "OutId": letter.key,
            }
        )
        headers = signed_headers(
            query,
            host=urlsplit(self._endpoint).netloc,
            date=letter.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            # A try is a request of its own: a repeated nonce would be refused as a replay
            nonce=f"{letter.key}-{letter.at.timestamp():.6f}",
            key_id=self._settings["key_id"],
            key_secret=self._settings["key_secret"],
        )
        answer = call(f"{self._endpoint}/?{query}", headers=headers)
        code = code_of(answer.body)
        if code == "OK":
            return
        if code in WRONG_NUMBER:
            raise Refused(f"sms {code}")
        raise Unavailable(f"sms {answer.status} {code}".strip())


def code_of(body: bytes) -> str:
    """The code that the answer carries, without odd signs; empty where there is none."""
    try:
        code = str(json.loads(body).get("Code", ""))
    except (ValueError, AttributeError):
        return ""
    return "".join(sign for sign in code if sign.isalnum() or sign in "._")[:60]


def encoded(text: str) -> str:
    """Percent-encoding as RFC 3986 wants it: letters, digits and -_.~ stay."""
    return quote(text, safe="-_.~")


def canonical_query(parameters: Mapping[str, str]) -> str:
    """The parameters sorted by name and encoded."""
    return "&".join(f"{encoded(name)}={encoded(parameters[name])}" for name in sorted(parameters))


def signed_headers(
    query: str, *, host: str, date: str, nonce: str, key_id: str, key_secret: str
) -> dict[str, str]:
    """The headers of a call without a body, with the Authorization that signs them."""
    content = sha256(b"").hexdigest()
    headers = {
        "host": host,
        "x-acs-action": ACTION,
        "x-acs-content-sha256": content,
        "x-acs-date": date,
        "x-acs-signature-nonce": nonce,
        "x-acs-version": VERSION,
    }
    names = ";".join(sorted(headers))
    lines = "".join(f"{name}:{headers[name]}\n" for name in sorted(headers))
    request = "\n".join(("POST", "/", query, lines, names, content))
    to_sign = f"{ALGORITHM}\n{sha256(request.encode()).hexdigest()}"
    signed = hmac.new(key_secret.encode(), to_sign.encode(), sha256).hexdigest()
    authorization = f"{ALGORITHM} Credential={key_id},SignedHeaders={names},Signature={signed}"
    return headers | {"Authorization": authorization}
