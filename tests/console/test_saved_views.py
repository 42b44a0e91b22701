"""Saved views are one's own, hold what the list understands, and grant nothing."""

from __future__ import annotations

from datetime import date

import pytest

from compliance.models import Alert
from people.models import SavedView, User
from people.roles import Role
from people.saved_views import MOST_VIEWS
from tests.console.sites import NOW, District, join, signed_in, uninsured


@pytest.fixture
def coordinator(district: District) -> User:
    return join("ca", Role.SCHOOL_COORDINATOR, district.schools["A"])


def test_a_view_is_kept_opened_and_dropped(district: District, coordinator: User) -> None:
    uninsured(district["A1"])
    browser = signed_in(coordinator)

    kept = browser.post("/alerts/views?rule=INS&state=open&nonsense=1", {"name": " 每天先看 "})
    page = browser.get(kept.headers["Location"]).content.decode()
    view = SavedView.objects.get()
    dropped = browser.post(f"/alerts/views/{view.pk}/drop")

    assert (view.name, view.query) == ("每天先看", "rule=INS&state=open")
    assert kept.headers["Location"] == "/alerts?rule=INS&state=open"
    assert '<a href="/alerts?rule=INS&amp;state=open" aria-current="true">每天先看</a>' in page
    assert dropped.status_code == 302
    assert not SavedView.objects.exists()


def test_a_view_of_that_name_is_given_the_new_filters(coordinator: User) -> None:
    browser = signed_in(coordinator)

    for rule in ("INS", "PAY"):
        browser.post(f"/alerts/views?rule={rule}", {"name": "每天先看"})

    assert [view.query for view in SavedView.objects.all()] == ["rule=PAY"]


def test_nobody_sees_or_drops_the_view_of_a_colleague(
    district: District, coordinator: User
) -> None:
    colleague = join("ca2", Role.SCHOOL_COORDINATOR, district.schools["A"])
    own = signed_in(coordinator)
    for browser, name in ((own, "我的视图"), (signed_in(colleague), "同事的视图")):
        browser.post("/alerts/views?rule=INS", {"name": name})
    views = {view.name: view.pk for view in SavedView.objects.all()}

    page = own.get("/alerts").content.decode()
    foreign = own.post(f"/alerts/views/{views['同事的视图']}/drop")
    unknown = own.post("/alerts/views/999999/drop")
    mine = own.post(f"/alerts/views/{views['我的视图']}/drop")

    assert "我的视图" in page
    assert "同事的视图" not in page
    assert [answer.status_code for answer in (foreign, unknown, mine)] == [404, 404, 302]


@pytest.mark.parametrize(
    ("name", "said"), [("  ", "请给视图起个名字"), ("长" * 31, "最多 30 个字")]
)
def test_a_name_that_will_not_do_is_refused_and_kept_in_its_field(
    coordinator: User, name: str, said: str
) -> None:
    answer = signed_in(coordinator).post("/alerts/views?rule=INS", {"name": name})

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert name.strip() in answer.content.decode()
    assert not SavedView.objects.exists()


def test_more_views_than_anybody_reads_are_refused(coordinator: User) -> None:
    browser = signed_in(coordinator)
    SavedView.objects.bulk_create(
        SavedView(user=coordinator, name=f"{number}", saved_at=NOW) for number in range(MOST_VIEWS)
    )

    one_more = browser.post("/alerts/views?rule=INS", {"name": "又一个"})
    same = browser.post("/alerts/views?rule=INS", {"name": "0"})

    assert (one_more.status_code, same.status_code) == (422, 302)


def test_a_student_keeps_no_views(district: District) -> None:
    student = signed_in(join("a1", Role.STUDENT, district.learners["A1"].student))

    assert student.post("/alerts/views?rule=INS", {"name": "x"}).status_code == 403


def test_two_views_are_always_there_and_say_what_they_hold(
    district: District, coordinator: User
) -> None:
    red, known, mild = (uninsured(district[name]) for name in ("A1", "A2", "A3"))
    Alert.objects.filter(pk=known.pk).update(state="acknowledged", acknowledged_at=NOW)
    Alert.objects.filter(pk=mild.pk).update(severity="warning", deadlines_from=date(2026, 11, 17))
    browser = signed_in(coordinator)

    pages = {
        name: browser.get(f"/alerts?{query}").content.decode()
        for name, query in (
            ("红色未处理", "severity=red&state=open"),
            ("今天到期", "hand=due-today"),
        )
    }

    assert "今天到期" in pages["红色未处理"]
    shown = {
        name: [alert.subject for alert in (red, known, mild) if str(alert.public_id) in page]
        for name, page in pages.items()
    }
    assert shown == {"红色未处理": ["A1"], "今天到期": ["A3"]}
