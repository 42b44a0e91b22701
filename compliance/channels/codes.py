"""Sends a signer the code: by text message, and in development by the file of what would leave."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from audit.reveal import reveal
from compliance.channels.adapters import adapter_of
from compliance.channels.letters import Letter, Refused, Unavailable
from compliance.channels.wanted import ChannelName, given, is_on
from internships.signing.codes import renew_code
from internships.signing.links import read_link
from internships.signing.refusals import LinkRefused
from people.accounts.limits import claim_one

A_PHONE, A_PLACE = 5, 60
BY, REASON = "system:signing", "a code goes to the phone of who is to sign"


class TooManyCodes(Exception):
    """So many were asked for that the next has to wait `seconds`."""

    def __init__(self, seconds: int) -> None:
        super().__init__(_("验证码要得太频繁，请稍后再试"))
        self.seconds = seconds


def channel_of_codes() -> ChannelName | None:
    """By what codes leave; None where nothing is set up for them."""
    if is_on(ChannelName.SMS) and "code_template" in given(ChannelName.SMS):
        return ChannelName.SMS
    # What is written to a file reaches no phone: it is for who develops
    return ChannelName.FILE if settings.DEBUG and is_on(ChannelName.FILE) else None


def send_code(token: str, *, place: str, at: datetime) -> None:
    """Send a new code to the phone of the link's signer; the code before it is good no more.

    At most five a phone and sixty a place in a quarter of an hour. Raises LinkRefused, also where
    no channel carries codes or the provider does not answer, and TooManyCodes.
    """
    channel = channel_of_codes()
    link = read_link(token, at=at)
    if channel is None:
        raise LinkRefused(_("系统还没有开通短信，请联系学校改用纸质签署"))
    phone = f"code to {bytes(link.phone_index).hex()}"
    for name, limit in ((phone, A_PHONE), (f"codes from {place}", A_PLACE)):
        if wait := claim_one(name, at=at, most=limit):
            raise TooManyCodes(wait)
    link, code = renew_code(token, at=at)
    assert link.phone is not None
    (address,) = reveal([link.phone], by=BY, reason=REASON, at=at)
    letter = Letter(
        key=f"code-{link.public_id}-{at.timestamp():.0f}",
        kind="code",
        recipient=str(link.public_id),
        text=code,
        link="",
        cases=0,
        urgent=0,
        at=at,
        address=address,
    )
    try:
        adapter_of(channel).send(letter)
    except (Unavailable, Refused) as failed:
        raise LinkRefused(_("短信现在发不出去，请过几分钟再试")) from failed
