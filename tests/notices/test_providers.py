"""Each adapter speaks to its provider as that provider's rules ask, and hands over no more."""

from __future__ import annotations

import hashlib
import hmac
import json
import stat
from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest

from compliance.channels.adapters import adapter_of
from compliance.channels.letters import Letter, Refused, Unavailable
from tests.notices.conftest import SetUp
from tests.notices.providers import Asked, PostOffice, Provider

AT = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
PHONE, MAIL = "+8613800138000", "li@school.example"
SECRET = "a-secret-of-the-webhook-with-enough-letters"
SMS = {"key_id": "AKID", "key_secret": "AKSECRET", "sign_name": "双元", "template": "SMS_1"}


def letter(*, address: str = "", kind: str = "notices", lines: tuple[str, ...] = ()) -> Letter:
    return Letter(
        key="01936a00-0000-7000-8000-0000000000aa",
        kind=kind,
        recipient="01936a00-0000-7000-8000-000000000001",
        text="双元：您有 1 条新的红色预警，请登录查看 https://shuangyuan.example/notices",
        link="https://shuangyuan.example/notices",
        cases=1,
        urgent=1,
        at=AT,
        address=address,
        lines=lines,
    )


def test_the_webhook_is_signed_over_timestamp_and_body(provider: Provider, set_up: SetUp) -> None:
    set_up(webhook={"url": f"{provider.url}/told", "secret": SECRET})

    adapter_of("webhook").send(letter())

    (asked,) = provider.asked
    signed = asked.headers["x-shuangyuan-timestamp"].encode() + b"." + asked.body
    expected = hmac.digest(SECRET.encode(), signed, "sha256").hex()
    assert (asked.method, asked.target) == ("POST", "/told")
    assert asked.headers["x-shuangyuan-timestamp"] == str(int(AT.timestamp()))
    assert asked.headers["x-shuangyuan-signature"] == expected
    assert asked.headers["x-shuangyuan-key"] == letter().key
    assert set(asked.json) == {"key", "kind", "recipient", "cases", "urgent", "text", "link"}


@pytest.mark.parametrize(
    ("status", "raised"),
    [(200, None), (204, None), (302, Unavailable), (400, Refused), (404, Unavailable)]
    + [(status, Unavailable) for status in (401, 429, 500, 503)],
)
def test_the_webhooks_status_says_whether_another_try_helps(
    provider: Provider, set_up: SetUp, status: int, raised: type[Exception] | None
) -> None:
    set_up(webhook={"url": provider.url, "secret": SECRET})
    provider.reply = lambda asked: (status, b"")

    outcome = None
    try:
        adapter_of("webhook").send(letter())
    except (Refused, Unavailable) as error:
        outcome = type(error)

    assert outcome is raised
    assert len(provider.asked) == 1  # a redirect is not followed


def test_an_endless_answer_is_cut_off(provider: Provider, set_up: SetUp) -> None:
    set_up(webhook={"url": provider.url, "secret": SECRET})
    provider.reply = lambda asked: (200, b"x" * 100_000)

    with pytest.raises(Unavailable, match="too long"):
        adapter_of("webhook").send(letter())


def test_a_silent_provider_is_given_up_after_its_seconds(
    provider: Provider, set_up: SetUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("compliance.channels.adapters.http.SECONDS_OF_SILENCE", 0.2)
    set_up(webhook={"url": provider.url, "secret": SECRET})
    provider.seconds = 1.0

    with pytest.raises(Unavailable, match="http TimeoutError"):
        adapter_of("webhook").send(letter())


def test_nobody_listening_is_unavailable(set_up: SetUp) -> None:
    set_up(webhook={"url": "http://127.0.0.1:9", "secret": SECRET})

    with pytest.raises(Unavailable, match="ConnectionRefusedError"):
        adapter_of("webhook").send(letter())


def acs3(asked: Asked, secret: str) -> str:
    """The signature of a request by Aliyun's description of V3, computed from what arrived."""
    names = asked.headers["authorization"].split("SignedHeaders=")[1].split(",")[0]
    path, _, query = asked.target.partition("?")
    pairs = sorted((name, values[0]) for name, values in parse_qs(query).items())
    canonical = [
        asked.method,
        path,
        "&".join(f"{quote(name, safe='~')}={quote(value, safe='~')}" for name, value in pairs),
        *(f"{name}:{asked.headers[name].strip()}" for name in names.split(";")),
        "",
        names,
        hashlib.sha256(asked.body).hexdigest(),
    ]
    hashed = hashlib.sha256("\n".join(canonical).encode()).hexdigest()
    return hmac.digest(secret.encode(), f"ACS3-HMAC-SHA256\n{hashed}".encode(), "sha256").hex()


def test_a_text_message_is_signed_as_aliyun_describes_it(provider: Provider, set_up: SetUp) -> None:
    set_up(sms={**SMS, "endpoint": provider.url})
    provider.reply = lambda asked: (200, {"Code": "OK", "BizId": "1"})

    adapter_of("sms").send(letter(address=PHONE))

    (asked,) = provider.asked
    query = parse_qs(urlsplit(asked.target).query)
    parameters = {name: values[0] for name, values in query.items()}
    assert asked.headers["authorization"].endswith(f"Signature={acs3(asked, 'AKSECRET')}")
    assert "Credential=AKID," in asked.headers["authorization"]
    assert asked.headers["x-acs-action"] == "SendSms"
    assert asked.headers["x-acs-date"] == "2026-11-24T01:00:00Z"
    assert parameters == {
        "PhoneNumbers": "13800138000",
        "SignName": "双元",
        "TemplateCode": "SMS_1",
        "TemplateParam": '{"cases": "1"}',
        "OutId": letter().key,
    }


def test_two_tries_of_a_text_message_carry_one_key_and_two_nonces(
    provider: Provider, set_up: SetUp
) -> None:
    set_up(sms={**SMS, "endpoint": provider.url})
    provider.reply = lambda asked: (200, {"Code": "OK"})

    adapter_of("sms").send(letter(address=PHONE))
    adapter_of("sms").send(Letter(**{**fields(letter(address=PHONE)), "at": AT.replace(minute=1)}))

    nonces = {asked.headers["x-acs-signature-nonce"] for asked in provider.asked}
    keys = {parse_qs(urlsplit(asked.target).query)["OutId"][0] for asked in provider.asked}
    assert (len(nonces), len(keys)) == (2, 1)


def fields(one: Letter) -> dict[str, Any]:
    return {name: getattr(one, name) for name in Letter.__slots__}


@pytest.mark.parametrize(
    ("answer", "raised"),
    [
        ((400, {"Code": "isv.MOBILE_NUMBER_ILLEGAL", "Message": "13800138000"}), Refused),
        ((200, {"Code": "isv.BUSINESS_LIMIT_CONTROL"}), Unavailable),
        ((403, {"Code": "SignatureDoesNotMatch"}), Unavailable),
        ((502, b"<html>"), Unavailable),
        ((200, [1]), Unavailable),
    ],
)
def test_a_refused_text_message_says_its_code_and_never_the_number(
    provider: Provider, set_up: SetUp, answer: tuple[int, Any], raised: type[Exception]
) -> None:
    set_up(sms={**SMS, "endpoint": provider.url})
    provider.reply = lambda asked: answer

    with pytest.raises(raised) as refused:
        adapter_of("sms").send(letter(address=PHONE))

    assert "1380" not in str(refused.value)


def wecom_of(provider: Provider, **codes: int) -> None:
    """Answer as WeChat Work: a token, a member, a message; `codes` are errors by action."""

    def reply(asked: Asked) -> tuple[int, Any]:
        action = urlsplit(asked.target).path.rpartition("/")[2]
        said: Any = {
            "gettoken": {"access_token": f"T{len(provider.asked)}", "expires_in": 7200},
            "getuserid": {"userid": "li"},
            "send": {"msgid": "m"},
        }[action]
        return 200, {"errcode": codes.get(action, 0), "errmsg": "13800138000", **said}

    provider.reply = reply


def test_wechat_work_is_asked_for_the_member_and_handed_the_text(
    provider: Provider, set_up: SetUp
) -> None:
    set_up(wecom={"corp_id": "C", "secret": "S", "agent_id": "7", "endpoint": provider.url})
    wecom_of(provider)

    adapter_of("wecom").send(letter(address=PHONE, lines=("未投保实习责任险：2 条",)))
    adapter_of("wecom").send(letter(address=PHONE))

    actions = [urlsplit(asked.target).path for asked in provider.asked]
    ask, send = provider.asked[1].json, provider.asked[2].json
    assert actions == [
        "/cgi-bin/gettoken",
        *("/cgi-bin/user/getuserid", "/cgi-bin/message/send") * 2,  # the token is kept
    ]
    assert ask == {"mobile": "13800138000"}
    assert (send["touser"], send["agentid"], send["enable_duplicate_check"]) == ("li", 7, 1)
    assert "1 条新的红色预警" in send["text"]["content"]
    assert "1380" not in provider.asked[2].body.decode()


@pytest.mark.parametrize(
    ("codes", "raised"),
    [
        ({"getuserid": 46004}, Refused),
        ({"send": 45009}, Unavailable),
        ({"gettoken": 40013}, Unavailable),
    ],
)
def test_wechat_works_codes_say_whether_another_try_helps(
    provider: Provider, set_up: SetUp, codes: dict[str, int], raised: type[Exception]
) -> None:
    set_up(wecom={"corp_id": "C", "secret": "S", "agent_id": "7", "endpoint": provider.url})
    wecom_of(provider, **codes)

    with pytest.raises(raised) as refused:
        adapter_of("wecom").send(letter(address=PHONE))

    assert str(next(iter(codes.values()))) in str(refused.value)
    assert "1380" not in str(refused.value)


def test_a_token_that_is_over_is_asked_for_anew_once(provider: Provider, set_up: SetUp) -> None:
    set_up(wecom={"corp_id": "C", "secret": "S", "agent_id": "7", "endpoint": provider.url})
    wecom_of(provider)
    adapter_of("wecom").send(letter(address=PHONE))
    sound, provider.asked[:] = provider.reply, []

    def over_at_first(asked: Asked) -> tuple[int, Any]:
        return (200, {"errcode": 42001}) if len(provider.asked) == 1 else sound(asked)

    provider.reply = over_at_first
    adapter_of("wecom").send(letter(address=PHONE))

    actions = [urlsplit(asked.target).path.rpartition("/")[2] for asked in provider.asked]
    assert actions == ["getuserid", "gettoken", "getuserid", "send"]


def test_a_mail_says_the_text_and_keeps_its_id(office: PostOffice, set_up: SetUp) -> None:
    set_up(
        mail={
            "host": "127.0.0.1",
            "port": str(office.port),
            "security": "none",
            "sender": "双元 <told@shuangyuan.example>",
        }
    )

    for _ in range(2):
        adapter_of("mail").send(letter(address=MAIL, kind="digest", lines=("未投保：2 条",)))

    first, second = (
        message_from_bytes(mail.encode(), policy=policy.default) for mail in office.mails
    )
    assert first["Message-ID"] == second["Message-ID"] == f"<{letter().key}@shuangyuan.example>"
    assert (first["To"], first["Auto-Submitted"]) == (MAIL, "auto-generated")
    assert "1 条新的红色预警" in first.get_content()
    assert "未投保：2 条" in first.get_content()


@pytest.mark.parametrize(
    ("answer", "raised"), [("550 no such box", Refused), ("450 come again", Unavailable)]
)
def test_a_refused_mail_says_its_code_and_never_the_address(
    office: PostOffice, set_up: SetUp, answer: str, raised: type[Exception]
) -> None:
    set_up(
        mail={
            "host": "127.0.0.1",
            "port": str(office.port),
            "security": "none",
            "sender": "told@shuangyuan.example",
        }
    )
    office.to_recipient = answer

    with pytest.raises(raised) as refused:
        adapter_of("mail").send(letter(address=MAIL))

    assert str(refused.value) == f"mail {answer[:3]}"


def test_a_file_gets_a_line_a_letter_that_nobody_else_may_read(
    set_up: SetUp, tmp_path: Path
) -> None:
    set_up(file={"directory": str(tmp_path / "here")})

    adapter_of("file").send(letter())
    adapter_of("file").send(letter())

    written = tmp_path / "here" / "2026-11-24.jsonl"
    lines = [json.loads(line) for line in written.read_text(encoding="utf-8").splitlines()]
    assert [line["key"] for line in lines] == [letter().key] * 2
    assert stat.S_IMODE(written.stat().st_mode) == 0o600


def test_a_disk_that_takes_nothing_is_unavailable(set_up: SetUp, tmp_path: Path) -> None:
    (tmp_path / "in-the-way").write_text("")
    set_up(file={"directory": str(tmp_path / "in-the-way")})

    with pytest.raises(Unavailable, match="file FileExistsError"):
        adapter_of("file").send(letter())


def test_the_log_says_ids_and_numbers_and_no_text(
    set_up: SetUp, caplog: pytest.LogCaptureFixture
) -> None:
    set_up(console={})

    with caplog.at_level("INFO", logger="shuangyuan.told"):
        adapter_of("console").send(letter(address=PHONE))

    (line,) = caplog.messages
    assert letter().key in line
    assert [word for word in ("双元", "1380", "http") if word in line] == []
