"""Killed at any seam and run again: every effect is there, once."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from functools import partial

import pytest

from tests.outbox.pages import Visitor
from tests.outbox.processes import KILLED, Site, open_site, report, seconds_until

DO = "tests.outbox.worker"
PASSWORD = "horse-battery-2026"
LINK_TO_A_CASE = re.compile("/alerts/[0-9a-f]{8}-")
NIGHT = "2026-11-24T03:00:00+08:00"


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with open_site() as opened:
        yield opened


@pytest.fixture(autouse=True)
def nothing_left(site: Site) -> Iterator[None]:
    site.empty()
    yield
    site.end()


def test_a_process_killed_before_its_message_is_committed_leaves_none(site: Site) -> None:
    status = site.finish(DO, "publish", "3", checkpoint="after-publish:kill")

    assert status == KILLED
    assert site.waiting == 0


@pytest.mark.parametrize(
    "seam",
    [
        pytest.param("after-claim", marks=pytest.mark.deep),
        "before-commit",
        pytest.param("after-commit", marks=pytest.mark.deep),
    ],
)
def test_a_drain_killed_at_a_seam_and_run_again_does_everything_once(site: Site, seam: str) -> None:
    site.finish(DO, "publish", "12")

    killed = site.finish(DO, "drain", checkpoint=f"{seam}:kill")
    done_before = site.traces()[0]
    site.wake()
    again = site.finish(DO, "drain")

    assert (killed, again) == (KILLED, 0)
    assert done_before == (5 if seam == "after-commit" else 0)
    assert site.traces() == (12, 12)
    assert site.waiting == 0


@pytest.mark.deep
def test_a_look_killed_after_its_claim_claims_nothing_and_the_next_does(site: Site) -> None:
    killed = site.finish(DO, "look", NIGHT, checkpoint="after-period:kill")
    claimed_before = site.ask("SELECT count(*) FROM audit_periodrun")
    again = [site.finish(DO, "look", NIGHT) for _ in range(2)]

    assert (killed, again) == (KILLED, [0, 0])
    assert claimed_before == 0
    assert site.ask("SELECT count(*) FROM audit_periodrun") == 1
    assert site.ask("SELECT count(*) FROM audit_outbox WHERE topic = 'sweep'") == 1


@pytest.mark.deep
def test_nothing_is_done_before_a_worker_runs_and_all_within_five_seconds_after(
    site: Site,
) -> None:
    site.finish(DO, "publish", "20")
    before = site.traces()

    site.start_worker()
    seconds_until(lambda: site.waiting == 0, at_most=30)  # it has to start first
    site.ask("DELETE FROM audit_outbox")
    for _ in range(3):
        site.finish(DO, "publish", "20")
    seconds_until(lambda: site.waiting == 0, at_most=5)

    report(f"60 messages, each done at most {site.slowest:.2f} s after it was written")
    assert before == (0, 0)
    assert site.traces() == (80, 80)
    assert site.slowest < 5


@pytest.mark.parametrize(
    "seam",
    [
        "mid-sweep",
        *(
            pytest.param(seam, marks=pytest.mark.deep)
            for seam in ("after-claim", "before-commit", "after-commit")
        ),
    ],
)
def test_a_recheck_killed_at_a_seam_and_run_again_opens_each_case_once(
    site: Site, seam: str
) -> None:
    site.finish(DO, "place")
    steps = (
        "SELECT array_agg(opened) FROM ("
        "SELECT count(step.id) AS opened FROM compliance_alert alert "
        "LEFT JOIN compliance_alertstep step ON step.alert_id = alert.id AND step.kind = 'opened' "
        "GROUP BY alert.id) AS counted"
    )

    killed = site.finish("manage", "outbox", "--drain", checkpoint=f"{seam}:kill")
    site.wake()
    again = [site.finish("manage", "outbox", "--drain") for _ in range(2)]

    opened = site.ask(steps)
    assert (killed, again) == (KILLED, [0, 0])
    assert set(opened) == {1}
    assert len(opened) >= 3
    left = "SELECT count(*) FROM audit_outbox WHERE topic = 'recheck' AND done_at IS NULL"
    assert site.ask(left) == 0


@pytest.mark.deep
@pytest.mark.parametrize("seam", ["after-claim", "before-commit", "after-commit"])
def test_a_workers_child_killed_at_a_seam_loses_and_doubles_nothing(site: Site, seam: str) -> None:
    site.finish(DO, "publish", "12")

    dying = site.start_worker(checkpoint=f"{seam}:kill")
    log = site.base / "log" / "processes.log"
    seconds_until(lambda: "signal 9 (SIGKILL)" in log.read_text(errors="replace"), at_most=60)
    dying.kill()
    dying.wait(10)
    site.end()
    log.write_text("")
    site.wake()
    site.start_worker()
    seconds_until(lambda: site.waiting == 0, at_most=60)

    assert dying.returncode == KILLED
    assert site.traces() == (12, 12)


@pytest.mark.deep
def test_a_worker_killed_at_twenty_moments_does_everything_once(site: Site) -> None:
    for number in range(20):
        site.finish(DO, "publish", "7")
        worker = site.start_worker("--pool", "solo")
        time.sleep(2 + number * 0.1)
        worker.kill()
        assert worker.wait(10) == KILLED
        site.wake()
    site.finish(DO, "drain")

    assert site.traces() == (140, 140)
    assert site.waiting == 0


@pytest.mark.deep
def test_an_uninsured_placement_has_no_case_before_a_worker_runs_and_one_within_five_seconds(
    site: Site,
) -> None:
    cases = "SELECT count(*) FROM compliance_alert WHERE rule = 'INS-01' AND state = 'open'"
    site.finish(DO, "place")
    before = site.ask(cases)
    site.start_worker(app="backend")
    site.start_beat("beat", app="backend")
    seconds_until(lambda: site.ask(cases) == before + 1, at_most=30)  # they have to start first

    # As an operator would in SQL: nobody rings, the poller finds it
    seconds = []
    placements = site.ask("SELECT count(*) FROM internships_placement")
    for state, expected in (("withdrawn", 0), ("active", placements), ("withdrawn", 0)):
        time.sleep(1)  # so that the drain rung for by what the last one told is over
        site.ask("UPDATE internships_placement SET state = %s", state)
        cases_follow = partial(lambda wanted: site.ask(cases) == wanted, expected)
        seconds.append(seconds_until(cases_follow, at_most=5))

    report(f"three changes in SQL were seen in the cases {max(seconds):.2f} s after at most")
    assert placements > 0


@pytest.mark.deep
def test_the_web_process_shows_no_case_before_a_worker_runs_and_shows_it_within_five_seconds(
    site: Site,
) -> None:
    site.finish(DO, "place")
    site.finish(DO, "sign-up", "wang", PASSWORD)
    code = site.ask("SELECT code FROM internships_placement ORDER BY id DESC LIMIT 1")
    coordinator = Visitor(site.base / "run" / "web.sock")
    site.start("gunicorn", "backend.wsgi:application", "--bind", f"unix:{coordinator.path}")
    seconds_until(coordinator.answers, at_most=60)
    coordinator.sign_in("wang", PASSWORD)

    def shown() -> bool:
        status, page = coordinator.ask(f"/alerts?rule=INS-01&q={code}")
        assert status == 200
        return LINK_TO_A_CASE.search(page) is not None

    time.sleep(5)
    before = shown()
    site.start_worker(app="backend")
    site.start_beat("beat", app="backend")
    seconds_until(shown, at_most=30)  # they have to start first
    site.ask("UPDATE internships_placement SET state = 'withdrawn' WHERE code = %s", code)
    gone = seconds_until(lambda: not shown(), at_most=5)
    site.ask("UPDATE internships_placement SET state = 'active' WHERE code = %s", code)
    back = seconds_until(shown, at_most=5)

    report(f"a change was seen on the page {max(gone, back):.2f} s after at most")
    assert not before
