"""Which channels there are, what each needs to be set, and which of them are on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from compliance.findings import Severity

OFF = "off"
HERE = frozenset({"localhost", "127.0.0.1", "::1"})
SHORTEST_SECRET = 32
MAIL_SECURITIES = ("tls", "starttls", "none")


class ChannelName(models.TextChoices):
    CONSOLE = "console", _("日志")
    FILE = "file", _("文件")
    MAIL = "mail", _("邮件")
    SMS = "sms", _("短信")
    WECOM = "wecom", _("企业微信")
    WEBHOOK = "webhook", _("签名回调")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a channel needs: settings it cannot do without, those it may have, and its defaults.

    `lowest` is the mildest severity that leaves by it, `digest` whether digests do. `column` is
    the account's column without which nobody is reached.
    """

    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    lowest: str = Severity.INFO
    digest: bool = True
    column: str = ""


WANTED: Mapping[str, Wanted] = {
    ChannelName.CONSOLE: Wanted(),
    ChannelName.FILE: Wanted(optional=("directory",)),
    ChannelName.MAIL: Wanted(
        required=("host", "sender"),
        optional=("port", "security", "user", "password"),
        lowest=Severity.WARNING,
        column="email_sealed",
    ),
    ChannelName.SMS: Wanted(
        required=("key_id", "key_secret", "sign_name", "template"),
        optional=("digest_template", "code_template", "endpoint"),
        lowest=Severity.CRITICAL,
        digest=False,
        column="phone_sealed",
    ),
    ChannelName.WECOM: Wanted(
        required=("corp_id", "secret", "agent_id"),
        optional=("endpoint",),
        lowest=Severity.CRITICAL,
        column="phone_sealed",
    ),
    ChannelName.WEBHOOK: Wanted(required=("url", "secret")),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """A setting that is missing or wrong, and what would be right."""

    setting: str
    remedy: str


def setting(channel: str, key: str) -> str:
    """The environment's name of a channel's setting."""
    return f"SHUANGYUAN_{channel}_{key}".upper()


def given(channel: str) -> dict[str, str]:
    """What is set for the channel; empty texts are not set."""
    told: Mapping[str, str] = settings.CHANNELS.get(channel, {})
    return {key: value for key, value in told.items() if value}


def lowest_of(channel: str) -> str:
    """The mildest severity that leaves by the channel, or `off`."""
    return given(channel).get("lowest", str(WANTED[channel].lowest))


def sends_digests(channel: str) -> bool:
    """Whether digests leave by the channel."""
    told = given(channel).get("digest", "")
    return told == "1" if told else WANTED[channel].digest


def is_on(channel: str) -> bool:
    """Whether the channel is set up, without a fault, and not turned off."""
    if lowest_of(channel) == OFF or faults_of(channel):
        return False
    return set(WANTED[channel].required) <= given(channel).keys()


def channels_on() -> list[str]:
    """The names of the channels that are on."""
    return [channel for channel in WANTED if is_on(channel)]


def faults_of(channel: str) -> list[Fault]:
    """What is wrong with the channel's settings; nothing is wrong with one that has none."""
    told, wanted = given(channel), WANTED[channel]
    if lowest_of(channel) == OFF:
        return []
    faults = list(_of_choices(channel, told))
    own = told.keys() - {"lowest", "digest"}
    if wanted.required and own:
        missing = [key for key in wanted.required if key not in told]
        faults += [Fault(setting(channel, key), "这一渠道缺了它不能用") for key in missing]
        if not settings.SITE_URL:
            faults.append(Fault("SHUANGYUAN_SITE_URL", "消息里的链接要从网站的地址开始"))
        faults += _of_values(channel, told)
    return faults


def _of_choices(channel: str, told: Mapping[str, str]) -> Iterator[Fault]:
    if told.get("lowest", OFF) not in {*Severity.values, OFF}:
        yield Fault(setting(channel, "lowest"), f"只能是 {'、'.join((*Severity.values, OFF))}")
    if told.get("digest", "1") not in {"0", "1"}:
        yield Fault(setting(channel, "digest"), "只能是 0 或 1")


def _of_values(channel: str, told: Mapping[str, str]) -> Iterator[Fault]:
    for key in ("url", "endpoint"):
        if key in told and not is_safe(told[key]):
            yield Fault(setting(channel, key), "应以 https:// 开头（本机除外），不带用户名和密码")
    if channel == ChannelName.WEBHOOK and len(told.get("secret", "x" * 99)) < SHORTEST_SECRET:
        yield Fault(setting(channel, "secret"), f"至少 {SHORTEST_SECRET} 个字符的随机密钥")
    if channel == ChannelName.MAIL:
        if told.get("security", "tls") not in MAIL_SECURITIES:
            yield Fault(setting(channel, "security"), f"只能是 {'、'.join(MAIL_SECURITIES)}")
        if not told.get("port", "1").isdecimal():
            yield Fault(setting(channel, "port"), "应为端口号")
        if "@" not in told.get("sender", "@"):
            yield Fault(setting(channel, "sender"), "应为发件人的邮箱地址")
    if not told.get("agent_id", "1").isdecimal():
        yield Fault(setting(channel, "agent_id"), "应为应用的数字编号")


def is_safe(url: str) -> bool:
    """Whether what is sent to the address travels encrypted, or stays on this machine."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return False
    if not host or parts.username or parts.password:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and host in HERE)
