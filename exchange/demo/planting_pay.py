"""Faults of pay: how each is planted in a clean story."""

from exchange.demo.dice import Dice
from exchange.demo.pay import Payment, payment_of, ripe_months
from exchange.demo.stories import Story, World


def nothing_agreed(story: Story, world: World, dice: Dice) -> None:
    """No pay is agreed, so none is due and none has come."""
    subject = story.subject
    subject.basis, subject.agreed = "月薪", 0 if dice.chance(30) else None


def below_the_floor(story: Story, world: World, dice: Dice) -> None:
    """A monthly pay 30 to 600 yuan under the post's floor; it is paid as agreed."""
    subject = story.subject
    subject.basis = "月薪"
    subject.agreed = (subject.post.floor - 30 * dice.between(1, 20)) * 100


def underpaid(story: Story, world: World, dice: Dice) -> None:
    """A ripe month was paid short, by one fen up to half of it."""
    subject = story.subject
    payments = world.payments_of(subject)
    payment = payment_of(payments, dice.pick(ripe_months(subject, world.on)))
    payment.amount -= 1 if dice.chance(20) else payment.amount * dice.between(5, 50) // 100


def vouchers_besides(story: Story, world: World, dice: Dice) -> None:
    """Pay came in full, and a shopping card with it."""
    payment = _latest(story, world)
    world.payments_of(story.subject).append(
        Payment(payment.placement, payment.month, 30_000, payment.paid_on, method="代金券")
    )


def paid_in_goods(story: Story, world: World, dice: Dice) -> None:
    """A ripe month was paid in the host's own goods, so in law not at all."""
    payment = _latest(story, world)
    payment.method, payment.reference = "实物", ""


def paid_by_school(story: Story, world: World, dice: Dice) -> None:
    """The school forwarded a ripe month's pay: no valid payment."""
    _latest(story, world).payer = "学校"


def paid_by_agency(story: Story, world: World, dice: Dice) -> None:
    """An agency forwarded a ripe month's pay: no valid payment."""
    _latest(story, world).payer = dice.pick(("中介机构", "劳务派遣机构"))


def paid_to_guardian(story: Story, world: World, dice: Dice) -> None:
    """A ripe month's pay went to the guardian's account: no valid payment."""
    _latest(story, world).payee = "监护人"


def bonus_through_agency(story: Story, world: World, dice: Dice) -> None:
    """Pay came in full; an allowance came besides, through an agency."""
    payment = _latest(story, world)
    world.payments_of(story.subject).append(
        Payment(
            payment.placement,
            payment.month,
            20_000,
            payment.paid_on,
            payer="中介机构",
            reference=f"BT{payment.reference[2:]}",
        )
    )


def fee_deducted(story: Story, world: World, dice: Dice) -> None:
    """A fee was kept back from a ripe month, which is underpaid by it."""
    payment = _latest(story, world)
    fee = min(payment.amount // 2, 100 * dice.between(50, 300))
    payment.amount -= fee
    name = dice.pick(("管理费", "服装费", "住宿押金", "培训费"))
    payment.deductions = f"{name}:{fee // 100}.{fee % 100:02}"


def last_month_unpaid(story: Story, world: World, dice: Dice) -> None:
    """The latest ripe month has not been paid."""
    _withhold(story, world, 1)


def three_months_unpaid(story: Story, world: World, dice: Dice) -> None:
    """The latest three ripe months have not been paid."""
    _withhold(story, world, 3)


def left_unpaid(story: Story, world: World, dice: Dice) -> None:
    """The placement has ended; the last two months were never paid."""
    _withhold(story, world, 2)


def _withhold(story: Story, world: World, count: int) -> None:
    subject = story.subject
    months = ripe_months(subject, world.on)[:count]
    if len(months) < count:
        raise ValueError(f"{subject.code} has fewer than {count} ripe months")
    payments = world.payments_of(subject)
    subject.payments = [payment for payment in payments if payment.month not in months]


def _latest(story: Story, world: World) -> Payment:
    """The payment of the latest ripe month."""
    subject = story.subject
    return payment_of(world.payments_of(subject), ripe_months(subject, world.on)[0])
