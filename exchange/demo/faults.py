"""The plan of the planted faults: what is planted, in how many cases, which rules it raises."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import gcd

from exchange.demo import planting_cover as cover
from exchange.demo import planting_papers as papers
from exchange.demo import planting_pay as pay
from exchange.demo import planting_work as work
from exchange.demo.dice import Dice
from exchange.demo.sites import CROWDED_HOST_INTERNS, CROWDED_POST_INTERNS, SITES, Site
from exchange.demo.stories import Story, Wish, World, draw_course, tell

Planting = Callable[[Story, World, Dice], None]

RUNNING = Wish("running")
LONG = Wish("long")
PLAIN = Wish("running", plain=True)
ADULT = "adult"
MINOR = "minor"


@dataclass(frozen=True, slots=True)
class Fault:
    """One kind of planted fault; in a district of 1,200 it has `per_1200` cases.

    The first fault of a rule has at least one case in any district. A case takes `people` people
    and raises its rule `times` times, and each rule of `besides` once.
    """

    rule: str
    plant: Planting
    per_1200: int
    wish: Wish = RUNNING
    people: int = 1
    times: int = 1
    besides: tuple[str, ...] = ()
    note: str = ""

    @property
    def description(self) -> str:
        """What is planted, in a sentence."""
        return self.note or (self.plant.__doc__ or "").strip()

    def cases(self, size: int, *, least: int) -> int:
        """How many cases a district of `size` people has."""
        return max(least, size * self.per_1200 // 1200)


def _site(site: str, age: str = "any") -> Wish:
    return Wish("running", age, site)


PLAN: tuple[Fault, ...] = (
    Fault("INS-01", cover.never_insured, 6),
    Fault("INS-01", cover.joined_late, 4),
    Fault("INS-01", cover.lapsed, 5, LONG),
    Fault("INS-01", cover.renewed_late, 3),
    Fault("INS-01", cover.left_out_at_the_end, 3, Wish("ended")),
    Fault("INS-01", cover.surrendered, 2),
    Fault("INS-01", cover.annulled, 1),
    Fault("INS-01", cover.never_insured, 2, Wish("fresh")),
    Fault("INS-02", cover.about_to_lapse, 8),
    Fault("INS-02", cover.not_yet_insured, 4, Wish("approved_soon")),
    Fault("INS-03", cover.paid_by_student, 4),
    Fault("INS-05", cover.no_accident_cover, 6),
    Fault("PAY-01", pay.nothing_agreed, 4),
    Fault("PAY-02", pay.below_the_floor, 6),
    Fault("PAY-04", pay.underpaid, 8, LONG),
    Fault("PAY-05", pay.vouchers_besides, 2),
    Fault("PAY-05", pay.paid_in_goods, 2, besides=("PAY-09",)),
    Fault("PAY-06", pay.paid_by_school, 3, besides=("PAY-09",)),
    Fault("PAY-06", pay.paid_by_agency, 2, besides=("PAY-09",)),
    Fault("PAY-06", pay.paid_to_guardian, 1, besides=("PAY-09",)),
    Fault("PAY-06", pay.bonus_through_agency, 2),
    Fault("PAY-07", pay.fee_deducted, 4, besides=("PAY-04",)),
    Fault("PAY-09", pay.last_month_unpaid, 8),
    Fault("PAY-09", pay.three_months_unpaid, 4, LONG, times=3),
    Fault("PAY-09", pay.left_unpaid, 4, Wish("ended"), times=2),
    Fault("ATT-01", work.month_unconfirmed, 7),
    Fault("ATT-01", work.month_missing, 3),
    Fault("AGR-01", papers.no_agreement, 3),
    Fault("AGR-01", papers.signed_late, 3),
    Fault("AGR-01", papers.student_has_not_signed, 2),
    Fault("AGR-04", work.worked_on_after_the_end, 4, Wish("ended_recently", plain=True)),
    Fault(
        "ELIG-01",
        papers.as_it_is,
        2,
        Wish(age="under16"),
        note="The intern is fifteen on the first day.",
    ),
    Fault(
        "ELIG-02",
        papers.as_it_is,
        3,
        Wish(first_year=True),
        note="The intern is in the first school year.",
    ),
    Fault("ELIG-03", papers.guardian_has_not_consented, 4),
    Fault("ELIG-03", papers.consented_late, 2),
    Fault("ELIG-06", papers.not_enrolled, 3),
    Fault(
        "HOST-04", papers.as_it_is, 3, _site("venue"), note="The host is a place of entertainment."
    ),
    Fault(
        "HOST-05",
        papers.as_it_is,
        5,
        _site("intermediary"),
        note="The host is an agency or a labour dispatcher.",
    ),
    Fault("HOST-07", papers.outside_the_group, 5),
    Fault(
        "HOST-08",
        papers.as_it_is,
        2,
        _site("crowded_host"),
        CROWDED_HOST_INTERNS,
        note="Three interns at a host of 28 staff.",
    ),
    Fault(
        "HOST-09",
        papers.as_it_is,
        3,
        _site("crowded_post"),
        CROWDED_POST_INTERNS,
        note="Two interns on a post of nine people.",
    ),
    Fault(
        "HOST-10", papers.as_it_is, 3, Wish("overlong"), note="One placement of more than 184 days."
    ),
    Fault(
        "HOST-10",
        papers.as_it_is,
        2,
        Wish("twice"),
        note="An earlier placement and the running one have more than 184 days together.",
    ),
    Fault(
        "HAZ-01",
        papers.as_it_is,
        4,
        _site("unfiled_risk", ADULT),
        note="A high-risk post for which nothing is filed; the intern is of age.",
    ),
    Fault(
        "HAZ-02",
        papers.as_it_is,
        4,
        _site("barred_for_minors", MINOR),
        note="A minor at a dusty post in a forced posture.",
    ),
    Fault(
        "HAZ-04",
        papers.as_it_is,
        2,
        _site("heavy_labour"),
        note="A post of heavy labour, grade III.",
    ),
    Fault("TIME-01", work.long_day, 5, PLAIN),
    Fault("TIME-02", work.long_week, 3, PLAIN, besides=("TIME-01",)),
    Fault("TIME-02", work.six_day_week, 2, _site("filed_rest_days")),
    Fault("TIME-03", work.holiday_work, 4, PLAIN),
    Fault("TIME-03", work.saturday_work, 3, PLAIN),
    Fault("TIME-04", work.night_work, 4, PLAIN),
    Fault("SUP-01", papers.no_mentor, 5),
    Fault("SUP-03", papers.not_trained, 5),
    Fault("APP-01", papers.apprentice_without_agreement, 3),
    Fault("APP-02", papers.guardian_has_not_signed, 2, Wish(age=MINOR)),
    Fault("APP-06", papers.apprentice_without_mentor, 3),
)
RULES = tuple(sorted({fault.rule for fault in PLAN}))


def planned(size: int) -> Iterator[tuple[Fault, int]]:
    """Every fault of the plan with its number of cases in a district of `size` people."""
    seen: set[str] = set()
    for fault in PLAN:
        yield fault, fault.cases(size, least=0 if fault.rule in seen else 1)
        seen.add(fault.rule)


def people_needed(size: int) -> int:
    """How many people of the district have a fault planted in them."""
    return sum(fault.people * cases for fault, cases in planned(size))


def expected_counts(size: int) -> dict[str, int]:
    """How many alerts each rule has in a district of `size`, whatever the seed and the day."""
    counts: Counter[str] = Counter()
    for fault, cases in planned(size):
        counts[fault.rule] += fault.times * cases
        counts.update(dict.fromkeys(fault.besides, cases))
    return {rule: counts[rule] for rule in RULES}


def sites_of(size: int) -> dict[str, tuple[Site, int]]:
    """The sites that the plan needs and how many of each."""
    cases = {fault.wish.site: count for fault, count in planned(size) if fault.wish.site}
    return {key: (SITES[key], -(-count // SITES[key].cases)) for key, count in cases.items()}


@dataclass(frozen=True, slots=True)
class Case:
    """One case of a fault, by its number from 0."""

    fault: Fault
    number: int

    @property
    def place(self) -> int:
        """Which of the wished sites it is at."""
        site = self.fault.wish.site
        return self.number // SITES[site].cases if site else 0


class Planter:
    """Which person has which fault: they are spread over the district, each has one at most."""

    def __init__(self, size: int, seed: int) -> None:
        self._size = size
        self._offset = Dice(seed, "planter").below(size)
        self._step = next(step for step in range(size * 5 // 8, 2 * size) if gcd(step, size) == 1)
        self._starts: list[int] = []
        self._faults: list[Fault] = []
        self._needed = 0
        for fault, cases in planned(size):
            if cases:
                self._starts.append(self._needed)
                self._faults.append(fault)
                self._needed += cases * fault.people

    def case_of(self, person: int) -> Case | None:
        """The case that the person is of, if any."""
        slot = (person * self._step + self._offset) % self._size
        if slot >= self._needed:
            return None
        place = bisect_right(self._starts, slot) - 1
        fault = self._faults[place]
        return Case(fault, (slot - self._starts[place]) // fault.people)


def tell_story(world: World, planter: Planter, person: int) -> Story:
    """The person's rows: clean, or with the one fault that the plan has for the person."""
    case = planter.case_of(person)
    dice = Dice(world.seed, "course", person)
    if case is None:
        return tell(world, person, Wish(draw_course(dice)))
    story = tell(world, person, case.fault.wish, case.place)
    case.fault.plant(story, world, dice)
    return story
