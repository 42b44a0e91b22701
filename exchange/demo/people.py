"""Schools and their learners: who is taught what, where, since when."""

from dataclasses import dataclass
from datetime import date, timedelta

from common.identifiers import make_id_number
from exchange.demo.days import school_year, years_before
from exchange.demo.dice import Dice
from exchange.demo.names import full_name, guardian_of
from exchange.demo.trades import COLLEGE, SECONDARY, TRADES, Trade
from law.reckoning import is_minor_on

#: no such county exists: it only lies in the municipality whose regional law applies
DIVISION = "500199"
SCHOOL_NAMES = (
    ("第一职业教育中心", SECONDARY),
    ("工业职业技术学院", COLLEGE),
    ("现代服务中等专业学校", SECONDARY),
    ("机电工程学校", SECONDARY),
    ("信息职业技术学院", COLLEGE),
    ("财经旅游学校", SECONDARY),
    ("卫生护理学校", SECONDARY),
    ("交通技工学校", SECONDARY),
    ("城市建设职业学院", COLLEGE),
    ("幼儿师范学校", SECONDARY),
    ("农业科技学校", SECONDARY),
    ("艺术设计学校", SECONDARY),
    ("医药高等专科学校", COLLEGE),
)
CLASS_SIZE = 40


@dataclass(frozen=True, slots=True)
class School:
    """A school, the trades it teaches, and how many classes a major has in a year."""

    number: int
    code: str
    name: str
    level: str
    trades: tuple[Trade, ...]
    classes: int

    def row(self) -> tuple[str, ...]:
        """Its row of the schools file."""
        return (self.code, self.name, self.level, DIVISION)


@dataclass(slots=True)
class Learner:
    """One row of the students file; `person` counts the people, not their identities."""

    person: int
    school: School
    number: str
    name: str
    born_on: date
    major: tuple[str, str]
    class_name: str
    enrolled_on: date
    guardian: tuple[str, str]
    status: str = "在籍"

    @property
    def id_number(self) -> str:
        """Valid by its check character, of a region block that is assigned to nobody."""
        return make_id_number(f"99{self.person // 1000:04}", self.born_on, self.person % 1000)

    def row(self) -> tuple[str, ...]:
        """The row of the students file."""
        line = (self.person * 7919) % 1_000_000
        return (
            self.school.code,
            self.number,
            self.name,
            self.id_number,
            *self.major,
            self.class_name,
            self.enrolled_on.isoformat(),
            f"G{self.id_number}",
            f"19900{line:06}",
            *self.guardian,
            f"19901{line:06}",
            self.status,
        )


@dataclass(frozen=True, slots=True)
class Entry:
    """What a learner must be: of which school and trade, how old on which day, in which grade."""

    school: School
    trade: Trade
    starts_on: date
    age: str = "any"
    first_year: bool = False


def school_count(size: int) -> int:
    """3 schools up to 12,000 people, then one more for each 11,800: 13 for 130,000."""
    return min(len(SCHOOL_NAMES), 3 + max(0, size - 12_000) // 11_800)


def make_schools(size: int) -> tuple[School, ...]:
    """The schools of a district of `size` people; each teaches about half of the trades."""
    count = school_count(size)
    half = len(TRADES) // 2 + 1
    doubled = TRADES + TRADES
    return tuple(
        School(
            number=number,
            code=f"99500199{number + 1:02}",
            name=f"示范{name}（演示）",
            level=level,
            trades=doubled[number * half % len(TRADES) :][:half],
            classes=max(1, size // (count * half * 2 * CLASS_SIZE)),
        )
        for number, (name, level) in enumerate(SCHOOL_NAMES[:count])
    )


def enrol(person: int, entry: Entry, dice: Dice) -> Learner:
    """The learner that `entry` asks for; most are in their last year when the placement starts."""
    school = entry.school
    year = school_year(entry.starts_on)
    if not entry.first_year:
        second_year = entry.age == "under16" or (entry.age == "any" and dice.chance(15))
        year -= 1 if second_year else 2
    born_on = _birth(entry, year, dice)
    name = full_name(dice, female=person % 2 == 0)
    major = dice.pick(entry.trade.majors(school.level))
    return Learner(
        person=person,
        school=school,
        number=f"{year}{school.number + 1:02}{person:06}",
        name=name,
        born_on=born_on,
        major=major,
        class_name=f"{year}级{major[1]}{1 + dice.below(school.classes)}班",
        enrolled_on=date(year, 9, 1),
        guardian=guardian_of(name, dice),
    )


def _birth(entry: Entry, enrolled: int, dice: Dice) -> date:
    """A birth date of the cohort, or one that gives the age asked for on the placement's start."""
    start = entry.starts_on
    if entry.age == "under16":
        return years_before(start, 16) + _days(dice.between(40, 160))
    if entry.age == "minor":
        return years_before(start, 18) + _days(dice.between(40, 300))
    if entry.age == "adult":
        return years_before(start, 18) - _days(dice.between(40, 300))
    if entry.first_year:
        return years_before(start, 16) - _days(dice.between(40, 300))
    age = 15 if entry.school.level == SECONDARY else 18
    return date(enrolled - age - 1, 9, 10) + _days(dice.below(320))


def _days(count: int) -> timedelta:
    return timedelta(days=count)


def is_minor(learner: Learner, day: date) -> bool:
    """Whether the learner is a minor on the day."""
    return is_minor_on(learner.born_on, day)


def former_identity(learner: Learner, schools: tuple[School, ...], dice: Dice) -> Learner:
    """An identity the same person had before: a school left, or a first programme finished."""
    graduated = learner.school.level == COLLEGE
    others = [
        school for school in schools if school is not learner.school and school.level == SECONDARY
    ]
    school = dice.pick(others)
    year = learner.enrolled_on.year - (3 if graduated else 1)
    major = dice.pick(dice.pick(school.trades).majors(school.level))
    return Learner(
        person=learner.person,
        school=school,
        number=f"{year}{school.number + 1:02}{learner.person:06}",
        name=learner.name,
        born_on=learner.born_on,
        major=major,
        class_name=f"{year}级{major[1]}1班",
        enrolled_on=date(year, 9, 1),
        guardian=learner.guardian,
        status="毕业" if graduated else "退学",
    )
