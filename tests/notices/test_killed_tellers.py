"""Killed at any seam and run again: one notice each, and one key for each letter."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from tests.outbox.processes import KILLED, Site, open_site

pytestmark = pytest.mark.deep
DO = "tests.outbox.worker"
JOIN = """
    WITH joined AS (
        INSERT INTO people_user (password, public_id, username, display_name, is_active, demo)
        VALUES ('!', gen_random_uuid(), 'qu', '区教委', true, false) RETURNING id
    )
    INSERT INTO people_membership (user_id, role, period)
    SELECT id, 'commission', '[2020-01-01,)' FROM joined
"""


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with open_site() as opened:
        opened.ask(JOIN)
        yield opened


@pytest.fixture(autouse=True)
def nothing_left(site: Site) -> Iterator[None]:
    yield
    site.end()


def place_and_judge(site: Site) -> int:
    """An uninsured placement, its cases opened and not yet told; how many steps are to be told."""
    for table in ("delivery", "notice", "alertstep", "alert"):
        site.ask(f"SET session_replication_role = replica; DELETE FROM compliance_{table}")
    site.ask("DELETE FROM audit_outbox")
    site.finish(DO, "place")
    site.finish("manage", "sweep", "--write", "--format", "json")
    site.ask("DELETE FROM audit_outbox WHERE topic <> 'case-told'")
    return int(site.ask("SELECT count(*) FROM compliance_alertstep WHERE kind = 'opened'"))


def told(site: Site) -> tuple[int, int]:
    """Notices, and steps that have one."""
    notices = site.ask("SELECT count(*) FROM compliance_notice")
    return int(notices), int(site.ask("SELECT count(DISTINCT step_id) FROM compliance_notice"))


def left(site: Site) -> Counter[str]:
    """How often each key was written to the file of what leaves."""
    return Counter(line["key"] for line in lines(site))


def lines(site: Site) -> list[dict[str, Any]]:
    written = sorted((site.base / "told").glob("*.jsonl"))
    return [json.loads(line) for file in written for line in file.read_text("utf-8").splitlines()]


def wake(site: Site) -> None:
    site.wake()
    site.ask("UPDATE compliance_delivery SET available_at = now() WHERE state = 'queued'")


@pytest.mark.parametrize("seam", ["before-notice", "after-claim", "before-commit", "after-commit"])
def test_a_teller_killed_at_a_seam_and_run_again_tells_each_step_once(
    site: Site, seam: str
) -> None:
    steps = place_and_judge(site)

    killed = site.finish("manage", "outbox", "--drain", checkpoint=f"{seam}:kill")
    site.wake()
    again = [site.finish("manage", "outbox", "--drain") for _ in range(2)]

    assert (killed, again) == (KILLED, [0, 0])
    assert steps >= 3
    assert told(site) == (steps, steps)
    # One letter a channel, of all of them
    spoken_of = site.ask("SELECT array_agg(cardinality(notices)) FROM compliance_delivery")
    assert spoken_of == [steps, steps]


@pytest.mark.parametrize(
    ("seam", "times"),
    [("after-send", 2), ("before-send", 1)],
)
def test_a_sender_killed_at_a_seam_and_run_again_sends_under_the_same_key(
    site: Site, seam: str, times: int
) -> None:
    place_and_judge(site)
    site.finish("manage", "outbox", "--drain")
    site.ask("DELETE FROM compliance_delivery WHERE channel <> 'file'")
    for file in (site.base / "told").glob("*"):
        file.unlink()

    wake(site)
    killed = site.finish("manage", "deliveries", "--send", checkpoint=f"{seam}:kill")
    at_once = site.finish("manage", "deliveries", "--send")
    wake(site)
    again = [site.finish("manage", "deliveries", "--send") for _ in range(2)]

    assert (killed, at_once, again) == (KILLED, 0, [0, 0])
    assert list(left(site).values()) == [times]
    assert site.ask("SELECT count(*) FROM compliance_delivery WHERE state = 'sent'") == 1
