"""One placement from an invitation to its first day, over HTTP: `docs/api-tour.md` is what is said.

Where the document is another, what was said now stands in `var/api-tour.md`: read it, and keep it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from internships.models import PlacementState
from people.roles import Role
from tests.access.test_inviting_pages import ANEW, link_from
from tests.api.clients import Browser, signed_in
from tests.api.tour import Tour
from tests.console.sites import NOW
from tests.console.sites import signed_in as browser_of
from tests.life.cast import ENDS_ON, ON, Cast
from tests.rules.builders import insure, make_enterprise, make_learner, make_post

DOCUMENT = Path(settings.BASE_DIR) / "docs" / "api-tour.md"
SHORT = ("id", "state", "approvals", "moves")
INTRODUCTION = """\
One placement from an invitation to its first day, as programs live it under `/api/v1/`. Everything
below was asked of the product and answered by it (`tests/api/test_the_tour.py` plays it and holds
this page to it); only what differs from play to play is named instead: ids count from 1, and `<…>`
stands for tokens and marks. Later answers are shown by the members that the next step needs.

Every unsafe request has an `Idempotency-Key` of its own: sent again under the same key it is
answered the same and done once. Every change names the `ETag` it was decided on in `If-Match`. A
refusal is a problem document (RFC 9457) whose `code` stays. The whole description is at
`/api/v1/schema`.
"""


class Story:
    """Who takes part: the school by its session, the others by phones or sessions of theirs."""

    def __init__(self) -> None:
        learner = make_learner(
            born_on=ON.replace(year=2009), student_number="2025001", name="示例学生"
        )
        host = make_enterprise(name="示例制造", credit_code="91110000600037341L")
        post = make_post(host, code="P1")
        self.cast = Cast(learner=learner, post=post)
        for role, name in (
            (Role.SCHOOL_COORDINATOR, "示例主任"),
            (Role.STUDENT, "示例学生"),
            (Role.GUARDIAN, "示例家长"),
        ):
            user = self.cast.users[role]
            user.display_name = name
            user.save()
        self.cast.teacher.name, self.cast.mentor.name = "李老师", "王师傅"
        self.cast.teacher.save()
        self.cast.mentor.save()
        self.tour = Tour("A tour of the API")
        self.school = signed_in(self.cast.users[Role.SCHOOL_COORDINATOR])
        self.phone = Browser(Client())
        self.access = ""
        self.placement = 0

    @property
    def address(self) -> str:
        return f"/placements/{self.placement}"

    @property
    def bearer(self) -> dict[str, Any]:
        return {"authorization": f"Bearer {self.access}"}

    def mark(self) -> str:
        """What stands now, as its school reads it."""
        return self.school.mark(self.address)

    def someone_is_invited(self) -> None:
        """A colleague of the host's HR takes on the role, and signs in on a phone."""
        tour, cast = self.tour, self.cast
        tour.say("## Somebody is invited, and signs in on a phone")
        tour.say(
            "The host's HR invites a colleague on the page `/people/invite`; the link is shown "
            "once. Whoever opens it chooses the beginning of a user name and a password."
        )
        inviting = browser_of(cast.users[Role.ENTERPRISE_HR])
        whom = {"whom": f"enterprise_hr:{cast.host.pk}", "name": "示例人事"}
        link = link_from(inviting.post("/people/invite", whom))
        made = Client().post(link, ANEW)
        assert made.status_code == 200
        username = made.context["owner"].username
        asked = {"username": username, "password": ANEW["new"], "device": "人事的手机"}
        shown = asked | {"password": ANEW["new"]}
        tokens = tour.ask(self.phone, "POST", "/tokens", shown, status=201)
        self.access = tokens["access"]
        tour.ask(self.phone, "GET", "/me", **self.bearer)

    def the_school_drafts(self) -> None:
        """The draft, judged before anybody is asked, and submitted."""
        tour, cast, school = self.tour, self.cast, self.school
        tour.say("## The school drafts")
        tour.say(
            "The coordinator signs in on the website by password and code; programs of the school "
            "use that session. Students are found by number, never by name."
        )
        number = cast.learner.student_number
        found = tour.ask(school, "GET", f"/learners?student_number={number}")
        tour.ask(school, "GET", "/teachers")
        draft = {
            "learner": found["results"][0]["id"],
            "kind": "production",
            "starts_on": f"{ON}",
            "ends_on": f"{ENDS_ON}",
            "post": cast.post.pk,
            "teacher": cast.teacher.pk,
            "agreed_pay": "3800.00",
            "pay_day": 15,
            "daily_hours": "8.00",
        }
        self.placement = tour.ask(school, "POST", "/placements", draft, status=201)["id"]
        tour.say(
            "`moves` lists what is open from here and where it is sent, `closed_moves` what is the "
            "asker's too, but not now, and why. The training is noted, and the draft is submitted."
        )
        trained = {"safety_trained_on": f"{ON}"}
        tour.ask(school, "PATCH", self.address, trained, show=SHORT[:2], if_match=self.mark())
        submitted = {"message": "请接收"}
        self.move(school, "submit", submitted)

    def move(self, browser: Browser, key: str, body: Any = None, **headers: Any) -> None:
        """One move on what stands now."""
        self.tour.ask(
            browser,
            "POST",
            f"{self.address}/{key}",
            {} if body is None else body,
            show=SHORT,
            if_match=self.mark(),
            **headers,
        )

    def the_host_accepts(self) -> None:
        """The host names its mentor and accepts, by phone."""
        tour = self.tour
        tour.say("## The host names a mentor and accepts")
        found = tour.ask(self.phone, "GET", "/mentors", **self.bearer)
        named = {"mentor": found["results"][0]["id"]}
        tour.ask(
            self.phone,
            "PATCH",
            self.address,
            named,
            show=SHORT[:2],
            if_match=self.mark(),
            **self.bearer,
        )
        self.move(self.phone, "accept", **self.bearer)

    def all_agree(self) -> None:
        """Consents of student and guardian, then three signatures."""
        student = signed_in(self.cast.users[Role.STUDENT])
        guardian = signed_in(self.cast.users[Role.GUARDIAN])
        self.tour.say("## Student and guardian consent")
        self.tour.say("Art. 9: nobody signs before both have consented to what it says now.")
        self.move(student, "consent")
        self.move(guardian, "consent")
        self.tour.say("## All three sign")
        self.move(self.school, "sign")
        self.move(self.phone, "sign", **self.bearer)
        self.move(student, "sign")

    def the_gate_is_closed_and_then_open(self) -> None:
        """Refused for want of cover, then started."""
        tour, school = self.tour, self.school
        tour.say("## The gate stays closed while nobody is insured")
        tour.say("A gate answers with every reason at once, each with its article and its cure.")
        tour.ask(school, "POST", f"{self.address}/start", {}, status=409, if_match=self.mark())
        tour.say("## The cover is there, and work begins")
        tour.say("The insurer's list comes by file: every day to the last is covered from now on.")
        insure(self.cast.learner, ON, ENDS_ON)
        tour.ask(school, "GET", f"{self.address}/gate")
        self.move(school, "start")
        tour.say("## Who did what, when")
        tour.ask(school, "GET", f"{self.address}/steps?limit=3")


@pytest.fixture
def story(db: None, monkeypatch: pytest.MonkeyPatch) -> Story:
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    return Story()


def test_the_tour_is_what_the_product_answers(story: Story) -> None:
    story.tour.say(INTRODUCTION)

    story.someone_is_invited()
    story.the_school_drafts()
    story.the_host_accepts()
    story.all_agree()
    story.the_gate_is_closed_and_then_open()

    now = Path(settings.BASE_DIR) / "var" / "api-tour.md"
    now.parent.mkdir(exist_ok=True)
    now.write_text(story.tour.text(), encoding="utf-8")
    assert story.school.get(story.address).json()["state"] == PlacementState.ACTIVE
    assert DOCUMENT.read_text(encoding="utf-8") == story.tour.text()
