"""Faults of cover and premium: how each is planted in a clean story."""

from datetime import date

from exchange.demo.cover import ACCIDENT, LIABILITY, Insured, Policy, without
from exchange.demo.days import DAY
from exchange.demo.dice import Dice
from exchange.demo.stories import Story, World


def never_insured(story: Story, world: World, dice: Dice) -> None:
    """The school forgot the person: no liability cover from the first day on."""
    _uncover(story, LIABILITY, date.min, date.max)


def joined_late(story: Story, world: World, dice: Dice) -> None:
    """The roster reached the insurer some days after the start."""
    late = DAY * dice.between(3, 25)
    _uncover(story, LIABILITY, date.min, story.subject.starts_on + late)


def lapsed(story: Story, world: World, dice: Dice) -> None:
    """The cover ran out some days ago and nobody renewed it."""
    _uncover(story, LIABILITY, world.on - DAY * dice.between(1, 40), date.max)


def renewed_late(story: Story, world: World, dice: Dice) -> None:
    """Between the old and the new cover some days stayed open."""
    first = world.on - DAY * dice.between(35, 60)
    _uncover(story, LIABILITY, first, first + DAY * dice.between(2, 20))


def left_out_at_the_end(story: Story, world: World, dice: Dice) -> None:
    """The placement outlasted its cover by some days, and has ended since."""
    _uncover(story, LIABILITY, story.subject.last - DAY * dice.between(1, 15), date.max)


def surrendered(story: Story, world: World, dice: Dice) -> None:
    """The policy was given back to the insurer while the placement went on."""
    day = world.on - DAY * dice.between(2, 45)
    _insured_by(story, f"TB{story.subject.code[2:]}", status="退保", surrendered_on=day)


def annulled(story: Story, world: World, dice: Dice) -> None:
    """The only policy is struck off and gives no cover at all."""
    _insured_by(story, f"ZX{story.subject.code[2:]}", status="注销")


def about_to_lapse(story: Story, world: World, dice: Dice) -> None:
    """The cover ends within the next thirty days, before the placement does."""
    _uncover(story, LIABILITY, world.on + DAY * dice.between(3, 25), date.max)


def not_yet_insured(story: Story, world: World, dice: Dice) -> None:
    """The placement starts within thirty days and nobody is insured yet."""
    _uncover(story, LIABILITY, date.min, date.max)


def paid_by_student(story: Story, world: World, dice: Dice) -> None:
    """The person pays for an accident policy of their own besides the usual cover."""
    subject = story.subject
    policy = Policy(
        f"ZF{subject.code[2:]}",
        ACCIDENT,
        "示范财产保险股份有限公司（演示）",
        "学生",
        subject.starts_on,
        subject.last,
    )
    story.policies.append(policy)
    story.insured.append(
        Insured(policy.number, ACCIDENT, subject.learner, policy.starts_on, policy.ends_on)
    )


def no_accident_cover(story: Story, world: World, dice: Dice) -> None:
    """The host did not buy accident cover."""
    _uncover(story, ACCIDENT, date.min, date.max)


def _uncover(story: Story, kind: str, first: date, last: date) -> None:
    story.insured = without(story.insured, kind, first, last)


def _insured_by(
    story: Story, number: str, *, status: str, surrendered_on: date | None = None
) -> None:
    """Replace the liability cover by a policy of the person's own."""
    subject = story.subject
    _uncover(story, LIABILITY, date.min, date.max)
    policy = Policy(
        number,
        LIABILITY,
        "演示人寿保险股份有限公司（演示）",
        "学校学费",
        subject.starts_on,
        subject.last,
        status,
        surrendered_on,
    )
    story.policies.append(policy)
    story.insured.append(
        Insured(number, LIABILITY, subject.learner, policy.starts_on, policy.ends_on)
    )
