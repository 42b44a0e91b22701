"""Stories: one person's identities, placements and papers, built clean from a wish."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from exchange.demo.attendance import LEAVES, Attendance, WorkCalendar
from exchange.demo.cover import Insured, Policy, insure
from exchange.demo.days import DAY, on_or_after, on_or_before
from exchange.demo.dice import Dice
from exchange.demo.hosts import Hosts, Post
from exchange.demo.names import full_name
from exchange.demo.pay import Payment, settle
from exchange.demo.people import (
    Entry,
    Learner,
    School,
    enrol,
    former_identity,
    is_minor,
)
from exchange.demo.placements import (
    ORIENTATION_KIND,
    PRODUCTION,
    TEACHERS_A_SCHOOL,
    Agreement,
    Apprentice,
    Placement,
    agree_terms,
    agreement_of,
    apprentice_of,
    consent,
    status_on,
)
from exchange.demo.trades import ORIENTATION, SECONDARY, TRADE_OF_MAJOR


@dataclass(frozen=True, slots=True)
class Wish:
    """What a story must have: its course, an age on the start, a site or a plain post, a grade."""

    course: str = "running"
    age: str = "any"
    site: str = ""
    plain: bool = False
    first_year: bool = False


@dataclass(slots=True)
class Story:
    """All rows of one person; the first placement is the one that a fault is planted in."""

    learners: list[Learner] = field(default_factory=list)
    placements: list[Placement] = field(default_factory=list)
    agreements: list[Agreement] = field(default_factory=list)
    apprentices: list[Apprentice] = field(default_factory=list)
    policies: list[Policy] = field(default_factory=list)
    insured: list[Insured] = field(default_factory=list)

    @property
    def subject(self) -> Placement:
        """The placement that a fault is planted in."""
        return self.placements[0]


@dataclass(frozen=True, slots=True)
class World:
    """What every story draws on."""

    on: date
    seed: int
    schools: tuple[School, ...]
    hosts: Hosts
    calendar: WorkCalendar

    def payments_of(self, placement: Placement) -> list[Payment]:
        """The placement's payments, worked out once from its attendance as it stands then."""
        if placement.payments is None:
            dice = Dice(self.seed, "pay", int(placement.code[2:-1]))
            placement.payments = settle(placement, self.on, self.calendar, dice)
        return placement.payments


Span = tuple[date, date]


def _running(on: date, dice: Dice) -> Span:
    return on_or_after(on - DAY * dice.between(82, 112)), on_or_before(
        on + DAY * dice.between(40, 68)
    )


def _long(on: date, dice: Dice) -> Span:
    return on_or_after(on - DAY * dice.between(146, 156)), on_or_before(
        on + DAY * dice.between(14, 26)
    )


def _overlong(on: date, dice: Dice) -> Span:
    start = on_or_after(on - DAY * dice.between(145, 155))
    return start, on_or_before(start + DAY * dice.between(205, 240))


def _fresh(on: date, dice: Dice) -> Span:
    start = on_or_before(on - DAY * dice.between(0, 18))
    return start, on_or_before(start + DAY * dice.between(90, 175))


def _approved(on: date, dice: Dice) -> Span:
    start = on_or_after(on + DAY * dice.between(1, 60))
    return start, on_or_before(start + DAY * dice.between(85, 175))


def _approved_soon(on: date, dice: Dice) -> Span:
    start = on_or_after(on + DAY * dice.between(2, 14))
    return start, on_or_before(start + DAY * dice.between(85, 175))


def _ended(on: date, dice: Dice) -> Span:
    start = on_or_after(on - DAY * dice.between(215, 363))
    return start, on_or_before(start + DAY * dice.between(90, 175))


def _ended_recently(on: date, dice: Dice) -> Span:
    start = on_or_after(on - DAY * dice.between(150, 180))
    return start, on_or_before(on - DAY * dice.between(25, 45))


def _visit_past(on: date, dice: Dice) -> Span:
    start = on_or_after(on - DAY * dice.between(40, 300))
    return start, on_or_before(start + DAY * dice.between(4, 11))


def _visit_ahead(on: date, dice: Dice) -> Span:
    start = on_or_after(on + DAY * dice.between(3, 60))
    return start, on_or_before(start + DAY * dice.between(4, 11))


def _first_half(on: date, dice: Dice) -> Span:
    start = on_or_after(on - DAY * dice.between(160, 172))
    return start, on_or_before(start + DAY * dice.between(76, 84))


def _earlier(on: date, dice: Dice) -> Span:
    start = on_or_after(on - DAY * dice.between(300, 330))
    return start, on_or_before(start + DAY * dice.between(100, 110))


SPANS: dict[str, Callable[[date, Dice], Span]] = {
    "running": _running,
    "long": _long,
    "overlong": _overlong,
    "fresh": _fresh,
    "approved": _approved,
    "approved_soon": _approved_soon,
    "ended": _ended,
    "ended_recently": _ended_recently,
    "visit_past": _visit_past,
    "visit_ahead": _visit_ahead,
    "first_half": _first_half,
    "earlier": _earlier,
    "draft": _approved,
    "cancelled": _running,
}
VISITS = ("visit_past", "visit_ahead")
UNDECIDED = {"draft": "拟安排", "cancelled": "已取消"}

#: course of a clean person's placement, by hundredths
COURSES = (
    (34, "running"),
    (40, "fresh"),
    (49, "approved"),
    (73, "ended"),
    (79, "visit_past"),
    (82, "visit_ahead"),
    (86, "draft"),
    (88, "cancelled"),
    (94, "two_halves"),
    (100, "none"),
)


def draw_course(dice: Dice) -> str:
    """The course of a person to whom nothing was done."""
    drawn = dice.below(100)
    return next(course for limit, course in COURSES if drawn < limit)


def tell(world: World, person: int, wish: Wish, place: int = 0) -> Story:
    """A clean story of the person; `place` picks among the posts of the wished site."""
    dice = Dice(world.seed, "person", person)
    story = Story()
    spans = _spans(world, wish.course, dice)
    first_day = min((start for start, _ in spans), default=world.on)
    post = world.hosts.site(wish.site, place) if wish.site else None
    learner = _learner(world, person, wish, first_day, post, dice)
    story.learners.append(learner)
    for letter, span in zip("AB", spans, strict=False):
        _place(world, story, wish, span, post, dice, letter)
    if wish.course in ("running", "ended") and dice.chance(4):
        story.learners.append(former_identity(learner, world.schools, dice))
    if wish.course == "running" and dice.chance(6):
        new_type = not is_minor(learner, story.subject.starts_on) and dice.chance(40)
        story.apprentices.append(apprentice_of(story.subject, dice, new_type=new_type))
    return story


def _spans(world: World, course: str, dice: Dice) -> list[Span]:
    """First and last day of each placement, the one that a fault is planted in first."""
    if course == "none":
        return []
    if course == "twice":
        return [_running(world.on, dice), _earlier(world.on, dice)]
    if course == "two_halves":
        first = _first_half(world.on, dice)
        second = on_or_after(first[1] + DAY), on_or_before(first[0] + DAY * 181)
        return [first, second]
    return [SPANS[course](world.on, dice)]


def _learner(
    world: World, person: int, wish: Wish, start: date, post: Post | None, dice: Dice
) -> Learner:
    """A learner of a school that teaches the trade and can have somebody of the wished age."""
    young = wish.age in ("minor", "under16") or wish.first_year
    schools = [school for school in world.schools if not young or school.level == SECONDARY]
    if post is not None:
        schools = [school for school in schools if post.host.trade in school.trades] or schools
    school = schools[person % len(schools)]
    trade = post.host.trade if post else dice.pick(school.trades)
    first_year = wish.first_year or wish.course == "none"
    return enrol(person, Entry(school, trade, start, wish.age, first_year), dice)


def _place(
    world: World,
    story: Story,
    wish: Wish,
    span: Span,
    post: Post | None,
    dice: Dice,
    letter: str,
) -> None:
    """Add one placement with all its papers and cover."""
    learner = story.learners[0]
    start, last = span
    if post is None:
        trade = TRADE_OF_MAJOR[learner.major[0]]
        adult = not is_minor(learner, start)
        post = world.hosts.sound_post(trade, dice, adult=adult, plain=wish.plain)
    visit = wish.course in VISITS
    placement = Placement(
        code=f"SX{learner.person:07}{letter}",
        learner=learner,
        post=post,
        kind=ORIENTATION_KIND if visit else PRODUCTION,
        starts_on=start,
        ends_on=last,
        status=UNDECIDED.get(wish.course) or status_on(start, last, world.on),
        teacher=_teacher(world, learner.school, dice),
        mentor=world.hosts.mentor(post, dice),
    )
    story.placements.append(placement)
    if not visit:
        agree_terms(placement, dice)
    if wish.course == "draft":
        return
    consent(placement, world.on, dice)
    if wish.course != "cancelled":
        _approve(world, story, placement, dice)


def _approve(world: World, story: Story, placement: Placement, dice: Dice) -> None:
    """What an approved placement has besides: agreement, cover, attendance."""
    if placement.kind == PRODUCTION:
        story.agreements.append(agreement_of(placement, world.on, dice))
        placement.post.take()
    host = placement.post.host
    story.insured += insure(placement.learner, host, placement.starts_on, placement.last)
    if placement.starts_on <= world.on:
        _attend(world, placement, dice)


def _teacher(world: World, school: School, dice: Dice) -> str:
    place = school.number * TEACHERS_A_SCHOOL + dice.below(TEACHERS_A_SCHOOL)
    return full_name(Dice(world.seed, "teacher", place), female=place % 2 == 0)


def _attend(world: World, placement: Placement, dice: Dice) -> None:
    """Attendance up to the day, with a little leave on plain days in the middle of a month."""
    visit = placement.kind == ORIENTATION_KIND
    last = min(placement.last, world.on)
    pattern = ORIENTATION if visit else placement.post.pattern
    attendance = Attendance(pattern, placement.starts_on, last)
    placement.attendance = attendance
    if visit:
        return
    for _ in range(dice.below(5)):
        day = placement.starts_on + DAY * dice.between(1, 180)
        row = world.calendar.row(attendance, day) if day < last else None
        if row and row.status == "出勤" and 8 <= day.day <= 24:
            attendance.marks[day] = dice.pick(LEAVES)
