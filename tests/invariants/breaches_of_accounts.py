"""Breaches of accounts: how they begin, sign in and are tied to roles."""

from __future__ import annotations

_FAMILY = "01a20eee-efd6-74fb-b090-0aba25be9fea"


def _device(
    *,
    public_id: str = "gen_random_uuid()",
    token: str = "number::text",
    generation: str = "1",
    ended: str = "NULL, ''",
    expires: str = "now() + interval '1 day'",
    rows: int = 1,
) -> str:
    """Devices of the sound user, with one thing wrong."""
    return (
        "INSERT INTO people_device (public_id, user_id, name, generation, token_digest, "
        "password_mark, made_at, rotated_at, expires_at, ended_at, ended_for) "
        f"SELECT {public_id}, {{user}}, '手机', {generation}, sha256(({token})::bytea), 'm', "
        f"now(), now(), {expires}, {ended} FROM generate_series(1, {rows}) AS t (number)"
    )


def _invitation(columns: str, values: str) -> str:
    """An invitation made on the morning of 2026-11-24, with those columns besides."""
    return (
        "INSERT INTO people_invitation (public_id, token_digest, name, invited_by_id, made_at, "
        f"{columns}) VALUES ('01936a00-0000-7000-8000-00000000000a', '\\x0a', '李', {{user}}, "
        f"'2026-11-24 09:00+08', {values})"
    )


def _reset(made_by: str, expires: str, used: str = "NULL") -> str:
    """A link for the sound user's password, made by a newcomer or by the user itself."""
    newcomer = (
        "INSERT INTO people_user (password, public_id, username, display_name, is_active, demo) "
        "VALUES ('!', gen_random_uuid(), 'newcomer', '别人', true, false) RETURNING id"
    )
    return (
        f"WITH newcomer AS ({newcomer}) INSERT INTO people_passwordreset "
        "(token_digest, user_id, made_by_id, made_at, expires_at, used_at) "
        f"SELECT '\\x0a', {{user}}, {made_by}, timestamptz '2026-11-24 09:00+08', "
        f"timestamptz {expires}, {used}::timestamptz "
        "FROM newcomer"
    )


def _factor() -> str:
    """A second factor of the sound user."""
    return (
        "INSERT INTO people_secondfactor (user_id, secret_sealed, last_step) "
        "VALUES ({user}, '\\x01' || sha256('x'), 0)"
    )


def _codes(code: str) -> str:
    """Two recovery codes of a second factor of the sound user."""
    return (
        f"WITH factor AS ({_factor()} RETURNING id) "
        f"INSERT INTO people_recoverycode (factor_id, code_index) SELECT id, {code} "
        "FROM factor, generate_series(1, 2)"
    )


_AS_TEACHER = "role, teacher_id, expires_at"
_FOR_THREE_DAYS = "'school_teacher', {teacher}, '2026-11-27 09:00+08'"


# constraint name → the statement that breaks it; {name} is the id of that sound row.
ACCOUNT_BREACHES: dict[str, str] = {
    "sign_in_link_expires_after_it_is_made": (
        "INSERT INTO people_signinlink (token_digest, user_id, made_at, expires_at) "
        "VALUES ('\\x01', {user}, '2026-11-24 09:00+08', '2026-11-24 09:00+08')"
    ),
    "sign_in_link_is_not_used_after_it_expired": (
        "INSERT INTO people_signinlink (token_digest, user_id, made_at, expires_at, used_at) "
        "VALUES ('\\x01', {user}, '2026-11-24 09:00+08', '2026-11-24 10:00+08', "
        "'2026-11-24 10:00:01+08')"
    ),
    "device_public_id_is_given_once": _device(public_id=f"'{_FAMILY}'", rows=2),
    "device_token_is_made_once": _device(token="'x'", rows=2),
    "device_tokens_are_counted_from_the_first": _device(generation="0"),
    "device_end_is_a_known_one": _device(ended="now(), 'lost'"),
    "device_that_ended_says_why": _device(ended="now(), ''"),
    "device_expires_after_the_sign_in_on_it": _device(expires="now()"),
    "sign_in_tries_are_kept_from_the_first_on": (
        "INSERT INTO people_signintries (key, started_at, tries) VALUES ('\\x01', now(), 0)"
    ),
    "password_reset_expires_after_it_is_made": _reset("id", "'2026-11-24 09:00+08'"),
    "password_reset_is_not_used_after_it_expired": _reset(
        "id", "'2026-11-24 09:30+08'", "timestamptz '2026-11-24 09:30+08'"
    ),
    "password_reset_is_made_by_somebody_else": _reset("{user}", "'2026-11-24 09:30+08'"),
    "password_reset_is_made_once_a_token": _reset("id", "'2026-11-24 09:30+08'").replace(
        "FROM newcomer", "FROM newcomer, generate_series(1, 2)"
    ),
    "second_factor_secret_is_ciphertext": _factor().replace("'\\x01' || sha256('x')", "'plain'"),
    "second_factor_counts_steps_from_zero": _factor().replace(", 0)", ", -1)"),
    "user_has_one_second_factor": f"{_factor()}; {_factor()}",
    "recovery_code_is_kept_as_a_digest": _codes("'plain'"),
    "recovery_code_is_given_once": _codes("sha256('x')"),
    "invitation_is_tied_to_what_its_role_acts_for": _invitation(
        _AS_TEACHER, _FOR_THREE_DAYS.replace("school_teacher", "enterprise_hr")
    ),
    "invitation_says_who_is_invited": _invitation(_AS_TEACHER, _FOR_THREE_DAYS).replace("李", ""),
    "invitation_expires_after_it_is_made": _invitation(
        _AS_TEACHER, _FOR_THREE_DAYS.replace("27", "24")
    ),
    "invitation_is_not_accepted_after_it_expired": _invitation(
        f"{_AS_TEACHER}, accepted_at, accepted_by_id",
        f"{_FOR_THREE_DAYS}, '2026-11-27 09:00+08', {{user}}",
    ),
    "accepted_invitation_says_by_whom": _invitation(
        f"{_AS_TEACHER}, accepted_at", f"{_FOR_THREE_DAYS}, '2026-11-24 10:00+08'"
    ),
    "invitation_is_not_accepted_and_withdrawn": _invitation(
        f"{_AS_TEACHER}, accepted_at, accepted_by_id, withdrawn_at",
        f"{_FOR_THREE_DAYS}, '2026-11-24 10:00+08', {{user}}, '2026-11-24 10:00+08'",
    ),
    "invitation_public_id_is_given_once": (
        f"{_invitation(_AS_TEACHER, _FOR_THREE_DAYS)}; "
        + _invitation(_AS_TEACHER, _FOR_THREE_DAYS).replace("x0a", "x0b")
    ),
    "invitation_is_made_once_a_token": (
        f"{_invitation(_AS_TEACHER, _FOR_THREE_DAYS)}; "
        + _invitation(_AS_TEACHER, _FOR_THREE_DAYS).replace("00000a", "00000b")
    ),
    "username_is_written_in_small_letters": (
        "UPDATE people_user SET username = 'Teacher-Li' WHERE id = {user}"
    ),
    "user_phone_is_sealed_and_indexed_together": (
        "UPDATE people_user SET phone_sealed = '\\x01' || sha256('x') WHERE id = {user}"
    ),
    "membership_is_tied_to_what_its_role_acts_for": (
        "UPDATE people_membership SET role = 'school_coordinator' WHERE id = {membership}"
    ),
    "membership_begins_on_a_day": (
        "UPDATE people_membership SET period = '(,2027-01-01)' WHERE id = {membership}"
    ),
    "user_has_a_membership_once_a_day": (
        "INSERT INTO people_membership (user_id, role, period) VALUES "
        "({user}, 'commission', '[2026-09-01,2026-10-02)'), "
        "({user}, 'commission', '[2026-10-01,)')"
    ),
    "person_of_a_roster_has_one_account_a_day": (
        "WITH other AS (INSERT INTO people_user "
        "(password, public_id, username, display_name, is_active, demo) "
        "VALUES ('!', gen_random_uuid(), 'other', '别人', true, false) RETURNING id) "
        "INSERT INTO people_membership (user_id, role, teacher_id, period) "
        "SELECT id, 'school_teacher', {teacher}, '[2026-12-01,)' FROM other"
    ),
    "user_email_is_sealed_and_indexed_together": (
        "UPDATE people_user SET email_sealed = '\\x01' || sha256('x') WHERE id = {user}"
    ),
}
