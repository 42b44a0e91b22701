"""Named seams at which a test makes a process wait, fail or be killed; nothing in production."""

from __future__ import annotations

import os
import signal
import time

VARIABLE = "SHUANGYUAN_CHECKPOINT"

SEAMS = (
    "after-publish",  # a message is written, its transaction is open
    "after-claim",  # a batch of the outbox is claimed, its effect not begun
    "before-commit",  # the effect is there, nothing committed
    "after-commit",  # the effect is committed, the batch's process not back in its loop
    "after-period",  # a due period is claimed, its transaction is open
    "mid-sweep",  # some rules of a judgement are asked, others not
    "before-notice",  # a notice is about to be written
    "before-send",  # a message is about to be handed to an outside channel
    "after-send",  # an outside channel has taken it, nothing committed
)
"""Every seam there is: tests that kill at each of them read this list."""


class CheckpointReached(Exception):
    """What `name:raise` makes of a seam."""


class CheckpointUnknown(Exception):
    """A seam, or what to do at it, is not one of those that are known."""


def checkpoint(name: str) -> None:
    """Do what SHUANGYUAN_CHECKPOINT says of this seam: nothing, unless it names it.

    "name:kill" ends the process by SIGKILL, "name:raise" raises CheckpointReached, "name:wait:2.5"
    waits that many seconds; several are parted by commas. In production the variable is not read.
    """
    if name not in SEAMS:
        raise CheckpointUnknown(f"{name!r} is not in SEAMS")
    told = os.environ.get(VARIABLE)
    if not told or os.environ.get("SHUANGYUAN_ENV") == "production":
        return
    for order in told.split(","):
        seam, _, deed = order.strip().partition(":")
        if seam == name:
            _act(name, deed)


def _act(name: str, deed: str) -> None:
    word, _, seconds = deed.partition(":")
    if word == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    elif word == "raise":
        raise CheckpointReached(name)
    elif word == "wait":
        time.sleep(float(seconds))
    else:
        raise CheckpointUnknown(f"{VARIABLE} says {deed!r} at {name}: kill, raise or wait:SECONDS")
