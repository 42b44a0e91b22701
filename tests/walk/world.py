"""The district of the walk: a person in every role and place, and things of everybody's."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Model
from django.test import Client

from compliance.cases.moves import waive
from compliance.models import Alert, AlertState, AlertStep, Notice
from internships.complaints.handling import answer, look_into
from internships.complaints.raising import raise_complaint
from internships.hosts.batches import file_batch, open_batch
from internships.hosts.freezing import freeze
from internships.models import Amendment, Document, Party
from internships.signing.links import make_link
from people.accounts.invitations import invite
from people.accounts.tokens import begin_device
from people.actors import actor_for
from people.models import Enterprise, Membership, SavedView, User
from people.roles import Role
from tests.access.district import PLACES
from tests.console.sites import NOW, ON, District, crowded, join, signed_in, uninsured
from tests.walk.lives import STAGES, live
from tests.walk.papers import letter, offered, scan, suspect
from tests.walk.sights import Thing, Viewer

# Students who have a placement at every stage.
LIVED = ("A1", "B1", "C1")
YESTERDAY = ON - timedelta(days=1)


class World:
    """The district with a person in every role and place, and things of everybody's."""

    def __init__(self) -> None:
        self.district = District()
        self.viewers = [*self._people(), Viewer("nobody", Client())]
        self.things = [
            *self._rows(),
            *self._hosts(),
            *self._papers(),
            *self._offered(),
            *self._complaints(),
            *self._links(),
            *self._lives(),
            *self._batches(),
            *self._cases(),
            *self._own_things(),
            *self._invitations(),
            *self._accounts(),
            *self._tenures(),
        ]

    def _people(self) -> list[Viewer]:
        district, made = self.district, []
        ties: list[tuple[Role, dict[str, Any]]] = [
            (Role.SCHOOL_COORDINATOR, district.schools),
            (Role.SCHOOL_TEACHER, district.teachers),
            (Role.ENTERPRISE_HR, district.enterprises),
            (Role.ENTERPRISE_MENTOR, district.mentors),
            (Role.STUDENT, {name: row.student for name, row in district.learners.items()}),
            (Role.GUARDIAN, {name: row.guardian for name, row in district.learners.items()}),
            (Role.COMMISSION, {"": None}),
        ]
        for role, records in ties:
            for name, tie in records.items():
                made.append(self._person(role, name, tie))
        # Of A and E until yesterday, and of C and G from then on
        for role, before, now in (
            (Role.SCHOOL_COORDINATOR, district.schools["A"], ("C", district.schools["C"])),
            (Role.ENTERPRISE_HR, district.enterprises["E"], ("G", district.enterprises["G"])),
        ):
            username = f"left-{role.value}"
            join(username, role, before, last=YESTERDAY)
            made.append(self._person(role, now[0], now[1], username=username))
        return made

    def _person(self, role: Role, name: str, tie: Model | None, *, username: str = "") -> Viewer:
        username = username or f"{role.value}-{name}".lower()
        user = join(username, role, tie)
        return Viewer(username, signed_in(user), role, name, user)

    def _rows(self) -> list[Thing]:
        district = self.district
        return [
            Thing(kind, name, row.pk)
            for kind, rows in (
                ("school", district.schools),
                ("enterprise", district.enterprises),
                ("post", district.posts),
                ("placement", district.placements),
            )
            for name, row in rows.items()
        ]

    def _hosts(self) -> list[Thing]:
        """Hosts as those see them who place students there, and one that takes nobody."""
        shut = Enterprise.objects.create(
            credit_code="91110108551385082Q", name="H", division_code="500117", staff_count=50
        )
        freeze(
            shut,
            from_day=ON,
            reason="宿舍消防不合格",
            actor=actor_for(self._user(Role.COMMISSION, ""), on=ON),
            at=NOW,
        )
        hosts = [Thing("host", name, row.pk) for name, row in self.district.enterprises.items()]
        school = self.district.schools["A"].pk
        own = Thing("own host", "E", self.district.enterprises["E"].pk, {"school": school})
        kept = Thing("kept host", "E", self.district.enterprises["E"].pk)
        return [*hosts, own, kept, Thing("frozen host", "H", shut.pk)]

    def _papers(self) -> list[Thing]:
        """Agreements that were issued, one a placement."""
        return [
            Thing("document", document.placement.code, document.public_id)
            for document in Document.objects.select_related("placement")
        ]

    def _offered(self) -> list[Thing]:
        """Placements of next year whose papers can be written and issued."""
        return [
            Thing("offered placement", name, offered(self.district, name).pk) for name in PLACES
        ]

    def _complaints(self) -> list[Thing]:
        """Complaints of students of two schools, one in each state, and one about the school."""
        things = [self._complaint("complaint", name, 0) for name in ("A1", "B2")]
        return [
            *things,
            self._complaint("complaint looked into", "A1", 1),
            self._complaint("complaint answered", "A1", 2),
            self._complaint("complaint of school", "A1", 0, against_school=True),
        ]

    def _batches(self) -> list[Thing]:
        """A batch of each of two schools, and one that is filed."""
        made = []
        for kind, name in (("batch", "A1"), ("batch", "B1"), ("filed batch", "A2")):
            placement = self.district[name]
            coordinator = actor_for(self._user(Role.SCHOOL_COORDINATOR, PLACES[name][0]), on=ON)
            by: dict[str, Any] = {"actor": coordinator, "at": NOW}
            batch = open_batch(placement.school, matters=[], placements=[placement], **by)
            if kind == "filed batch":
                file_batch(batch, number="1", filed_on=ON, **by)
            body = {"placements": [placement.pk]}
            made.append(Thing(kind, PLACES[name][0], batch.public_id, body))
            if kind == "batch":
                made.append(Thing("batch to file", PLACES[name][0], batch.public_id))
        return made

    def _complaint(self, kind: str, name: str, moves: int, **values: Any) -> Thing:
        """A complaint of that student, so many moves on."""
        complaint = raise_complaint(
            self.district[name],
            kind="deposit",
            words="交了押金",
            actor=actor_for(self._user(Role.STUDENT, name), on=ON),
            at=NOW,
            **values,
        )
        school = actor_for(self._user(Role.SCHOOL_COORDINATOR, PLACES[name][0]), on=ON)
        for move in (look_into, answer)[:moves]:
            move(complaint, actor=school, at=NOW, words="正在了解")
        return Thing(kind, name, complaint.public_id)

    def _links(self) -> list[Thing]:
        """Consents that were issued, and a link for the guardian of each."""
        made = []
        for name in PLACES:
            document = letter(self.district, name)
            coordinator = self._user(Role.SCHOOL_COORDINATOR, PLACES[name][0])
            link, _token = make_link(
                document, party=Party.GUARDIAN, actor=actor_for(coordinator, on=ON), at=NOW
            )
            made += [
                Thing("offered document", name, document.public_id),
                Thing("signing link", name, link.public_id),
                Thing("proxy signal", name, suspect(link).pk),
                Thing("paper copy", name, scan(link).public_id),
            ]
        return made

    def _lives(self) -> list[Thing]:
        """Placements at every stage, and what is proposed of the running ones."""
        staged = [
            Thing(stage, name, live(self.district, name, stage).pk)
            for stage in STAGES
            for name in LIVED
        ]
        hosts = {"A1": "F", "B1": "F", "C1": "E"}
        followed = [
            Thing(
                "placement to follow",
                name,
                self.district[name].pk,
                {"post": self.district.posts[host].pk},
            )
            for name, host in hosts.items()
        ]
        proposed = Amendment.objects.select_related("placement").order_by("pk")
        return [
            *staged,
            *followed,
            *(Thing("amendment", row.placement.code, row.pk) for row in proposed),
        ]

    def _cases(self) -> list[Thing]:
        made = []
        for name, placement in self.district.placements.items():
            coordinator = self._user(Role.SCHOOL_COORDINATOR, PLACES[name][0])
            case = uninsured(placement)
            made.append(Thing("case", name, case.public_id, {"to": f"{coordinator.public_id}"}))
        for name, school in (("E", "A"), ("F", "B"), ("G", "C")):
            host = self.district.enterprises[name]
            case = crowded(host)
            Alert.objects.filter(pk=case.pk).update(period="2026-11")
            actor = actor_for(self._user(Role.SCHOOL_COORDINATOR, school), on=ON)
            waived = waive(case, reason="已谈妥", until=ON, actor=actor, at=NOW)
            made.append(Thing("waived case", name, waived.public_id))
            made.append(Thing("host's case", name, crowded(host).public_id))
        return made

    def _user(self, role: Role, name: str) -> User:
        return next(
            viewer.user
            for viewer in self.viewers
            if (viewer.role, viewer.of) == (role, name) and viewer.user is not None
        )

    def _own_things(self) -> list[Thing]:
        """A phone of everybody's; a saved view and a notice of those who have such."""
        made = []
        case = Alert.objects.filter(school=self.district.schools["A"]).order_by("pk")[0]
        step = opened(case)
        for viewer in self.viewers:
            if viewer.user is None:
                continue
            device = begin_device(user=viewer.user, name="手机", at=NOW).device
            made.append(Thing("device", viewer.name, device.public_id))
            if viewer.role in (Role.SCHOOL_COORDINATOR, Role.SCHOOL_TEACHER, Role.ENTERPRISE_HR):
                view = SavedView.objects.create(user=viewer.user, name="常看", saved_at=NOW)
                made.append(Thing("view", viewer.name, view.pk))
            if viewer.role in (Role.SCHOOL_COORDINATOR, Role.COMMISSION):
                notice = Notice.objects.create(
                    step=step, alert=case, recipient=viewer.user, created_at=NOW
                )
                if viewer.role == Role.COMMISSION or viewer.of == "A":
                    made.append(Thing("notice", viewer.name, notice.pk))
        return made

    def _invitations(self) -> list[Thing]:
        made = []
        for school in ("A", "B", "C"):
            actor = actor_for(self._user(Role.SCHOOL_COORDINATOR, school), on=ON)
            invitation, _token = invite(
                actor=actor,
                role=Role.SCHOOL_COORDINATOR,
                tie=self.district.schools[school],
                name="示例",
                at=NOW,
            )
            made.append(Thing("invitation", school, invitation.public_id))
        return made

    def _accounts(self) -> list[Thing]:
        """Accounts of teachers, whom the coordinators of their school look after."""
        return [
            Thing("account", viewer.of, viewer.user.public_id)
            for viewer in self.viewers
            if viewer.role == Role.SCHOOL_TEACHER and viewer.user is not None
        ]

    def _tenures(self) -> list[Thing]:
        """What those teachers hold, which the coordinators of their school may end."""
        return [
            Thing("tenure", viewer.of, Membership.objects.get(user=viewer.user).pk)
            for viewer in self.viewers
            if viewer.role == Role.SCHOOL_TEACHER
        ]


def opened(alert: Alert) -> AlertStep:
    """The first step of the case."""
    return AlertStep.objects.create(
        alert=alert,
        kind="opened",
        state=AlertState.OPEN,
        severity=alert.severity,
        on=date(2026, 11, 24),
        at=NOW,
        actor="system:sweep",
        facts_digest="0",
    )
