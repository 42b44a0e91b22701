"""Opening accounts, and beginning and ending what they may do."""

from __future__ import annotations

from datetime import date, datetime

from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.db.models import Model

from audit import chain
from common.mails import parse_mail
from common.phones import parse_mobile
from common.ranges import days
from people.accounts.names import written
from people.models import Membership, User
from people.roles import TIE_OF_ROLE, Role


def open_account(
    *, username: str, display_name: str, password: str | None = None, demo: bool = False
) -> User:
    """A new account without any rights; without a password it is entered by link alone.

    Raises ValidationError for a weak password. The database refuses a user name that is taken.
    """
    user = User(username=written(username), display_name=display_name.strip(), demo=demo)
    if password is None:
        user.set_unusable_password()
    else:
        validate_password(password, user)
        user.set_password(password)
    user.save()
    return user


def keep_addresses(*, user: User, phone: str | None = None, email: str | None = None) -> None:
    """Keep, sealed, where the user is told of cases outside the site; None leaves one as it is.

    Raises BadPhone and BadMail for what is no mobile number and no mail address.
    """
    if phone is not None:
        number = parse_mobile(phone)
        user.phone_sealed = User.PHONE.seal(number, row=user.public_id)
        user.phone_index = User.PHONE.index(number)
    if email is not None:
        address = parse_mail(email)
        user.email_sealed = User.EMAIL.seal(address, row=user.public_id)
        user.email_index = User.EMAIL.index(address)
    user.save(update_fields=["phone_sealed", "phone_index", "email_sealed", "email_index"])


def begin_membership(
    *, user: User, role: Role, tie: Model | None, first: date, last: date | None = None
) -> Membership:
    """Let `user` act in `role` for the record `tie` from `first` to `last`, both included.

    The database refuses a tie that does not fit the role, and a second account for one person.
    """
    column = TIE_OF_ROLE[role]
    if (column is None) != (tie is None):
        raise ValueError(f"{role} is tied to {column or 'nothing'}")
    ties = {column: tie} if column else {}
    return Membership.objects.create(user=user, role=role, period=days(first, last), **ties)


@transaction.atomic
def end_membership(*, membership: Membership, last: date) -> None:
    """Make `last` the last day of a membership; one that had not begun by then goes altogether."""
    rows = Membership.objects.filter(pk=membership.pk)
    begun = rows.filter(period__startswith__lte=last)
    ended = begun.filter(period__endswith__lte=days(last, last).upper)
    if ended.exists():
        return
    row = begun.first()
    if row is None:
        rows.delete()
    else:
        begun.update(period=days(row.period.lower, last))


@transaction.atomic
def change_password(*, user: User, password: str) -> None:
    """Set a new password; every other session of the user ends with the old one.

    Raises ValidationError for a weak password.
    """
    locked = User.objects.select_for_update().get(pk=user.pk)
    validate_password(password, locked)
    locked.set_password(password)
    locked.save(update_fields=["password"])
    user.password = locked.password


@transaction.atomic
def change_own_password(*, user: User, password: str, at: datetime) -> None:
    """The user sets another password; raises ValidationError for a weak one."""
    change_password(user=user, password=password)
    chain.record("account.password", subject=f"user:{user.pk}", by=user.pk, at=at)
