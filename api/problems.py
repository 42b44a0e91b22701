"""Every refusal as a problem document (RFC 9457): a stable code, a status, words for the reader."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import APIException

MEDIA_TYPE = "application/problem+json"
TYPE = "urn:shuangyuan:problem:"


class ProblemCode(Enum):
    """What was refused: the code that stays, the status, and what it is called."""

    MALFORMED = "malformed", 400, _("请求内容无法读懂")
    NOT_SIGNED_IN = "not-signed-in", 401, _("请先登录")
    NO_ROLE = "no-role", 403, _("这个账号今天没有任何角色")
    CONSOLE_ONLY = "console-only", 403, _("您的角色只能在网页上登录")
    WRONG_PASSWORD = "wrong-password", 401, _("用户名或密码不对")
    TOKEN_REFUSED = "token-refused", 401, _("登录已失效，请重新登录")
    NOT_PERMITTED = "not-permitted", 403, _("您看得到它，但不能这样做")
    CSRF = "csrf", 403, _("缺少页面令牌，或令牌已失效")
    NOT_FOUND = "not-found", 404, _("找不到，或者不属于您")
    METHOD_NOT_ALLOWED = "method-not-allowed", 405, _("这个地址不接受这种请求方法")
    NOT_ACCEPTABLE = "not-acceptable", 406, _("只能以 application/json 回答")
    KEY_REQUIRED = "idempotency-key-required", 400, _("请附上 Idempotency-Key")
    KEY_REUSED = "idempotency-key-reused", 422, _("这个 Idempotency-Key 已用于另一请求")
    MATCH_REQUIRED = "if-match-required", 428, _("请附上所见内容的 If-Match")
    CHANGED_MEANWHILE = "changed-meanwhile", 412, _("您看过之后它已有变化，请看过再决定")
    NOT_IN_THIS_STATE = "not-in-this-state", 409, _("它现在的状态不能这样做")
    GATE_CLOSED = "gate-closed", 409, _("检查没有通过，原因已逐条列出")
    TOO_LARGE = "too-large", 413, _("请求内容太大")
    UNSUPPORTED_MEDIA_TYPE = "unsupported-media-type", 415, _("只接受 application/json")
    INVALID = "invalid", 422, _("填写的内容有误")
    THROTTLED = "throttled", 429, _("请求太频繁，请稍后再试")
    FAILED = "failed", 500, _("系统出错，已记录")

    def __init__(self, word: str, status: int, title: Any) -> None:
        self.word = word
        self.status = status
        self.title = title


class Problem(APIException):
    """A refusal by its code, with a sentence that says why here; `places` says where.

    `reasons` are those of a gate that stays closed, every one of them.
    """

    def __init__(
        self,
        code: ProblemCode,
        detail: str = "",
        *,
        places: list[dict[str, str]] | None = None,
        reasons: list[dict[str, Any]] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail or code.title, code.word)
        self.code = code
        self.said = detail
        self.places = places or []
        self.reasons = reasons or []
        self.headers = dict(headers or {})
        self.status_code = code.status


def document(problem: Problem, *, instance: str) -> dict[str, Any]:
    """The members of the document.

    `errors` stands only where something sent was wrong, `reasons` only where a gate stays closed.
    """
    code = problem.code
    said: dict[str, Any] = {
        "type": f"{TYPE}{code.word}",
        "title": str(code.title),
        "status": code.status,
        "code": code.word,
        "detail": str(problem.said or code.title),
        "instance": instance,
    }
    if problem.places:
        said["errors"] = problem.places
    if problem.reasons:
        said["reasons"] = problem.reasons
    return said


def places_of(errors: Any, *, within: str) -> list[dict[str, str]]:
    """Each thing wrong with its place: a parameter's name, or a JSON pointer into the body."""
    return [
        {"in": within, "place": place, "code": error.code, "detail": str(error)}
        for place, error in _leaves(errors, "")
    ]


def _leaves(errors: Any, place: str) -> Iterator[tuple[str, Any]]:
    if isinstance(errors, Mapping):
        for name, part in errors.items():
            inner = place if name == "non_field_errors" else f"{place}/{name}"
            yield from _leaves(part, inner)
    elif isinstance(errors, list | tuple):
        for number, part in enumerate(errors):
            nested = isinstance(part, Mapping | list | tuple)
            yield from _leaves(part, f"{place}/{number}" if nested else place)
    else:
        yield place, errors
