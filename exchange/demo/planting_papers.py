"""Faults of eligibility, papers, guidance, hosts and apprentices: how each is planted."""

from exchange.demo.cover import insure
from exchange.demo.days import DAY
from exchange.demo.dice import Dice
from exchange.demo.placements import Agreement, Apprentice, apprentice_of
from exchange.demo.stories import Story, World
from exchange.demo.trades import TRADES


def as_it_is(story: Story, world: World, dice: Dice) -> None:
    """The story's wish is the fault: the age, the grade, the post or the host."""


def no_agreement(story: Story, world: World, dice: Dice) -> None:
    """Nobody has signed anything."""
    story.agreements.clear()


def signed_late(story: Story, world: World, dice: Dice) -> None:
    """The host signed after the start."""
    _agreement(story).enterprise_signed_on = story.subject.starts_on + DAY * dice.between(1, 12)


def student_has_not_signed(story: Story, world: World, dice: Dice) -> None:
    """Two signatures of three."""
    _agreement(story).student_signed_on = None


def not_enrolled(story: Story, world: World, dice: Dice) -> None:
    """The learner has left school or is on leave, and works on."""
    story.learners[0].status = dice.pick(("休学", "退学", "毕业"))


def guardian_has_not_consented(story: Story, world: World, dice: Dice) -> None:
    """The guardian's consent is missing."""
    story.subject.guardian_consented_on = None


def consented_late(story: Story, world: World, dice: Dice) -> None:
    """Both consents came after the start."""
    late = story.subject.starts_on + DAY * dice.between(1, 9)
    story.subject.student_consented_on = story.subject.guardian_consented_on = late


def outside_the_group(story: Story, world: World, dice: Dice) -> None:
    """The post belongs to another group of majors; all else at the new host is in order."""
    subject = story.subject
    trades = [trade for trade in TRADES if trade.group not in subject.post.groups]
    post = world.hosts.sound_post(dice.pick(trades), dice, adult=False, plain=True)
    subject.post.release()
    post.take()
    subject.post = post
    subject.mentor = world.hosts.mentor(post, dice)
    subject.basis, subject.agreed = "月薪", (post.standard // 50 * 50 + 50) * 100
    if subject.attendance is not None:
        subject.attendance.pattern = post.pattern
    story.insured = insure(subject.learner, post.host, subject.starts_on, subject.last)


def no_mentor(story: Story, world: World, dice: Dice) -> None:
    """One of the two mentors is not named."""
    if dice.chance(50):
        story.subject.mentor = ""
    else:
        story.subject.teacher = ""


def not_trained(story: Story, world: World, dice: Dice) -> None:
    """Safety training was passed after the start, or never."""
    late = story.subject.starts_on + DAY * dice.between(1, 10)
    story.subject.trained_on = late if dice.chance(50) else None


def apprentice_without_agreement(story: Story, world: World, dice: Dice) -> None:
    """An apprentice without a training agreement, or with one signed late."""
    apprentice = _apprentice(story, dice)
    if dice.chance(50):
        apprentice.agreement, apprentice.signed_on = "", None
    else:
        apprentice.signed_on = apprentice.starts_on + DAY * dice.between(1, 20)


def guardian_has_not_signed(story: Story, world: World, dice: Dice) -> None:
    """A minor apprentice whose guardian has not signed."""
    _apprentice(story, dice).guardian_signed_on = None


def apprentice_without_mentor(story: Story, world: World, dice: Dice) -> None:
    """An apprentice with one mentor of two."""
    _apprentice(story, dice).mentor = ""


def _agreement(story: Story) -> Agreement:
    return story.agreements[0]


def _apprentice(story: Story, dice: Dice) -> Apprentice:
    story.apprentices[:] = [apprentice_of(story.subject, dice, new_type=False)]
    return story.apprentices[0]
