"""Reads mail addresses of accounts and masks them."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from common.identifiers import BadIdentifier

LONGEST = 254


class BadMail(BadIdentifier):
    """The text is not a mail address."""


def parse_mail(text: str) -> str:
    """The address without outer spaces, its domain in small letters; refuses what is none."""
    name, at, domain = text.strip().rpartition("@")
    address = f"{name}{at}{domain.lower()}"
    try:
        validate_email(address)
    except ValidationError:
        address = ""
    if not address or len(address) > LONGEST:
        raise BadMail("mail_invalid", _("不是邮箱地址"), _("请填写完整的邮箱地址"))
    return address


def mask_mail(text: str) -> str:
    """The first character, stars, and the domain: `l***@school.example`."""
    name, _at, domain = text.rpartition("@")
    return f"{name[:1]}***@{domain}"
