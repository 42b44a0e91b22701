"""The code that goes to a signer's phone: six digits, ten minutes, five tries."""

from __future__ import annotations

import hmac
import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from common.encryption import blind_index
from internships.models import SigningLink
from internships.signing.links import read_link
from internships.signing.refusals import NotTheSigner

LIFETIME = timedelta(minutes=10)
TRIES = 5


@transaction.atomic
def renew_code(token: str, *, at: datetime) -> tuple[SigningLink, str]:
    """A new code for the link, in place of any before it. Raises LinkRefused."""
    link = read_link(token, at=at, locked=True)
    code = f"{secrets.randbelow(10**6):06d}"
    link.code_digest, link.code_until, link.code_tries = _digest(link, code), at + LIFETIME, 0
    link.save(update_fields=["code_digest", "code_until", "code_tries"])
    return link, code


def check_code(link: SigningLink, code: str, *, at: datetime) -> None:
    """Raise NotTheSigner unless it is the link's code of now.

    Each try is counted before it is compared, in one statement that is committed whatever follows.
    """
    counted = SigningLink.objects.filter(
        pk=link.pk, code_until__gt=at, code_tries__lt=TRIES, code_digest__isnull=False
    ).update(code_tries=F("code_tries") + 1)
    if not counted:
        raise NotTheSigner(_("验证码已失效，请重新获取"))
    kept = SigningLink.objects.values_list("code_digest", flat=True).get(pk=link.pk)
    if not hmac.compare_digest(bytes(kept or b""), _digest(link, code.strip())):
        raise NotTheSigner(_("验证码不对，请检查后再试"))


def _digest(link: SigningLink, code: str) -> bytes:
    return blind_index(f"{link.public_id.hex}\x00{code}", purpose="internships_signinglink.code")
