"""Writes the files of the demo district: one pass over its people, a few small tables in memory."""

import csv
import json
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory
from typing import TextIO

from exchange.demo.attendance import CONFIRMATION_DAYS, Attendance, WorkCalendar
from exchange.demo.cover import year_policies
from exchange.demo.days import DAY, last_of, months_between, school_year
from exchange.demo.faults import Planter, expected_counts, people_needed, sites_of, tell_story
from exchange.demo.hosts import Hosts
from exchange.demo.people import make_schools
from exchange.demo.placements import PRODUCTION, Placement
from exchange.demo.stories import Story, World
from exchange.format import TABLES, VERSION

#: the oldest are born, and the last policies end, within the years of the format
FIRST_DAY = date(1930, 1, 1)
LAST_DAY = date(2197, 12, 31)
SMALLEST = 60
LARGEST = 1_000_000
LABEL = "district.json"
UNFINISHED = ".writing-"
#: attendance reaches back less than this from the day
WINDOW = DAY * 400
#: placements reach ahead less than this
HORIZON = DAY * 270


class DemoRefused(ValueError):
    """The demo district cannot be written as asked."""


@dataclass(frozen=True, slots=True)
class Order:
    """What district to write: people, seed, day, and the last days whose attendance is written.

    With `attendance_days` None attendance is whole. Else only people with a planted fault keep
    all of it, and the months that the others lose are reported by ATT-01.
    """

    size: int
    seed: int
    on: date
    attendance_days: int | None = None

    def __post_init__(self) -> None:
        if not SMALLEST <= self.size <= LARGEST or people_needed(self.size) > self.size:
            raise DemoRefused(f"size 须在 {SMALLEST} 到 {LARGEST} 之间")
        if not FIRST_DAY <= self.on <= LAST_DAY:
            raise DemoRefused(f"on 须在 {FIRST_DAY} 到 {LAST_DAY} 之间")
        if self.attendance_days is not None and self.attendance_days < 1:
            raise DemoRefused("attendance-days 须为正整数")


@dataclass(frozen=True, slots=True)
class Written:
    """Rows by file stem, and the alerts each rule must find in them on the order's day."""

    rows: dict[str, int]
    expected: dict[str, int]


def write_district(
    folder: Path, order: Order, advance: Callable[[int], None] = lambda _: None
) -> Written:
    """Write the district into `folder`, all of it or nothing; `advance` is told of people done.

    Refuses a folder that holds anything but an earlier demo district.
    """
    _refuse_foreign(folder)
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=UNFINISHED, dir=folder) as unfinished:
        with Files(Path(unfinished)) as files:
            unwritten_months = _write(files, order, advance)
        expected = expected_counts(order.size)
        expected["ATT-01"] += unwritten_months
        label = {
            "version": VERSION,
            "invented": True,
            "note": "虚构的示范区：学校、企业、人员均不存在",
            "size": order.size,
            "seed": order.seed,
            "on": order.on.isoformat(),
            "expected": expected,
        }
        text = json.dumps(label, ensure_ascii=False, indent=2)
        (Path(unfinished) / LABEL).write_text(f"{text}\n", encoding="utf-8")
        # The label first: cut off here, the folder is known as ours and the next run heals it
        for name in (LABEL, *(table.file_name for table in TABLES.values())):
            (Path(unfinished) / name).replace(folder / name)
    return Written(rows=dict(files.rows), expected=expected)


def _refuse_foreign(folder: Path) -> None:
    """Refuse to write among files that are not a demo district's; sweep away a cut-off run's."""
    if not folder.exists():
        return
    if not folder.is_dir():
        raise DemoRefused(f"{folder} 不是文件夹")
    for unfinished in folder.glob(f"{UNFINISHED}*"):
        rmtree(unfinished)
    if any(folder.iterdir()) and not _is_invented(folder / LABEL):
        raise DemoRefused(f"{folder} 里有不是示范区的文件，请换一个空文件夹")


def _is_invented(label: Path) -> bool:
    try:
        said = json.loads(label.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(said, dict) and said.get("invented") is True


class Files:
    """The open files of a district, each with its header written."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._stack = ExitStack()
        self._texts: dict[str, TextIO] = {}
        self._writers: dict[str, Callable[[Iterable[tuple[str, ...]]], None]] = {}
        self.rows: Counter[str] = Counter(dict.fromkeys(TABLES, 0))

    def __enter__(self) -> "Files":
        for table in TABLES.values():
            path = self._folder / table.file_name
            text = self._stack.enter_context(path.open("w", encoding="utf-8-sig", newline=""))
            writer = csv.writer(text, lineterminator="\n")
            writer.writerow(column.title for column in table.columns)
            self._texts[table.stem] = text
            self._writers[table.stem] = writer.writerows
        return self

    def __exit__(self, *problem: object) -> None:
        self._stack.close()

    def add(self, stem: str, rows: Iterable[tuple[str, ...]]) -> None:
        """Append rows, cells in the format's order of columns."""
        batch = list(rows)
        self._writers[stem](batch)
        self.rows[stem] += len(batch)

    def add_lines(self, stem: str, lines: str, count: int) -> None:
        """Append ready lines."""
        self._texts[stem].write(lines)
        self.rows[stem] += count


def _write(files: Files, order: Order, advance: Callable[[int], None]) -> int:
    """Write all twelve files; returns the placement months that lost all their attendance."""
    on = order.on
    hosts = Hosts(order.size, order.seed, sites_of(order.size))
    schools = make_schools(order.size)
    calendar = WorkCalendar(on - WINDOW, on)
    world = World(on, order.seed, schools, hosts, calendar)
    files.add("schools", (school.row() for school in schools))
    years = range(school_year(on - WINDOW), school_year(on + HORIZON) + 1)
    policies = year_policies(schools, hosts.all, years, order.seed)
    files.add("policies", (policy.row() for policy in policies))
    files.add("filings", hosts.filing_rows(on - WINDOW, on + WINDOW))
    planter = Planter(order.size, order.seed)
    lost = 0
    for person in range(order.size):
        story = tell_story(world, planter, person)
        if order.attendance_days is not None and planter.case_of(person) is None:
            first = on - DAY * (order.attendance_days - 1)
            lost += sum(_shorten(placement, world, first) for placement in story.placements)
        _write_story(files, story, world)
        advance(1)
    files.add("posts", hosts.post_rows())
    files.add("enterprises", hosts.enterprise_rows())
    return lost


def _write_story(files: Files, story: Story, world: World) -> None:
    files.add("students", (learner.row() for learner in story.learners))
    files.add("placements", (placement.row() for placement in story.placements))
    files.add("agreements", (agreement.row() for agreement in story.agreements))
    files.add("apprentices", (apprentice.row() for apprentice in story.apprentices))
    files.add("policies", (policy.row() for policy in story.policies))
    files.add("insured", (insured.row() for insured in story.insured))
    for placement in story.placements:
        files.add("payments", (payment.row() for payment in world.payments_of(placement)))
        if placement.attendance is not None:
            lines, count = world.calendar.lines(placement.code, placement.attendance)
            files.add_lines("attendance", lines, count)


def _shorten(placement: Placement, world: World, first: date) -> int:
    """Write attendance from `first` on only; returns the months ATT-01 will miss for it."""
    attendance = placement.attendance
    if attendance is None:
        return 0
    world.payments_of(placement)
    attendance.written_from = first
    if placement.kind != PRODUCTION:
        return 0
    months = months_between(attendance.first, attendance.last)
    return sum(_is_missed(attendance, world, month) for month in months)


def _is_missed(attendance: Attendance, world: World, month: date) -> bool:
    """Whether a month that had to be confirmed has no row left."""
    if world.on <= last_of(month) + DAY * CONFIRMATION_DAYS:
        return False
    day = max(month, attendance.first, attendance.written_from)
    last = min(last_of(month), attendance.last)
    while day <= last and world.calendar.row(attendance, day) is None:
        day += DAY
    return day > last
