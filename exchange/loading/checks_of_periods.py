"""Days that exclude or must hold each other: placements, apprentices, enrolments, cover."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from exchange.loading.current import CURRENT
from exchange.loading.findings import Finding


@dataclass(frozen=True)
class PeriodCheck:
    """A statement that lists rows at fault, and how one of its rows reads as a finding.

    It is asked when a table of `concerns` is loaded, and skipped while one of `needs` was not
    read whole. The last column of `statement` counts all rows at fault; its parameter limits them.
    """

    concerns: frozenset[str]
    needs: frozenset[str]
    statement: str
    finding: Callable[[tuple[Any, ...]], Finding]


def _merged(stem: str, key: str, columns: str, where: str = "true") -> str:
    """Rows of `stem` after the merge: staged ones with their line, and those that stay."""
    return f"""
        SELECT {columns}, staged.line FROM staged_{stem} staged WHERE {where}
        UNION ALL
        SELECT {columns}, NULL::bigint FROM ({CURRENT[stem]}) staged
        WHERE {where}
            AND NOT EXISTS (SELECT FROM staged_{stem} again WHERE again.{key} = staged.{key})
            AND NOT EXISTS (SELECT FROM refused_{stem} again WHERE again.{key} = staged.{key})
    """  # noqa: S608 - constants only


_AT_WORK = "kind = 'production' AND status IN ('approved', 'active', 'ended')"

_PLACEMENT_DAYS = (
    "code, school_code, student_number, starts_on, coalesce(ended_on, ends_on) AS last_on"
)
_APPRENTICE_DAYS = "code, school_code, student_number, starts_on, ends_on AS last_on"


def _overlap(merged: str) -> str:
    return f"""
        WITH merged AS ({merged}), overlap AS (
            SELECT DISTINCT ON (later.line) later.line, later.starts_on, earlier.code,
                earlier.starts_on AS other_starts_on, earlier.last_on AS other_last_on
            FROM merged later JOIN merged earlier USING (school_code, student_number)
            WHERE later.line IS NOT NULL AND (earlier.line IS NULL OR earlier.line < later.line)
                AND later.starts_on <= earlier.last_on AND earlier.starts_on <= later.last_on
                AND later.code <> earlier.code
            ORDER BY later.line, earlier.line NULLS LAST, earlier.code
        )
        SELECT *, count(*) OVER () FROM overlap ORDER BY line LIMIT %s
    """  # noqa: S608 - constants only


def _overlap_finding(stem: str, code: str) -> Callable[[tuple[Any, ...]], Finding]:
    def finding(row: tuple[Any, ...]) -> Finding:
        line, starts_on, other, other_starts_on, other_last_on, _ = row
        words = {"other": other, "starts_on": other_starts_on, "last_on": other_last_on}
        return Finding(stem, line, "starts_on", str(starts_on), code, words)

    return finding


_ENROLLED = f"""
    WITH enrolled AS (
        SELECT staged.id_number, staged.school_code, staged.student_number,
            staged.id_number_masked, staged.line
        FROM staged_students staged WHERE staged.status = 'enrolled'
        UNION ALL
        SELECT kept.id_number, kept.school_code, kept.student_number, NULL, NULL
        FROM ({CURRENT["students"]}) kept
        WHERE kept.status = 'enrolled' AND kept.id_number IN (
                SELECT id_number FROM staged_students)
            AND NOT EXISTS (
                SELECT FROM staged_students again WHERE again.school_code = kept.school_code
                    AND again.student_number = kept.student_number)
            AND NOT EXISTS (
                SELECT FROM refused_students again WHERE again.school_code = kept.school_code
                    AND again.student_number = kept.student_number)
    ), twice AS (
        SELECT DISTINCT ON (later.line) later.line, later.id_number_masked,
            earlier.school_code, earlier.student_number, earlier.line AS earlier_line
        FROM enrolled later JOIN enrolled earlier USING (id_number)
        WHERE later.line IS NOT NULL AND (earlier.line IS NULL OR earlier.line < later.line)
            AND (later.school_code, later.student_number)
                <> (earlier.school_code, earlier.student_number)
        ORDER BY later.line, earlier.line NULLS LAST
    )
    SELECT *, count(*) OVER () FROM twice ORDER BY line LIMIT %s
"""  # noqa: S608 - constants only


def _enrolled_finding(row: tuple[Any, ...]) -> Finding:
    line, masked, school_code, student_number, earlier_line, _ = row
    other = f"{school_code}:{student_number}"
    if earlier_line is not None:
        other = f"第 {earlier_line} 行（{other}）"
    return Finding("students", line, "id_number", masked, "enrolled_twice", {"other": other})


_MERGED_POLICIES = _merged("policies", "number", "number, starts_on, ends_on")

_INSURED = f"""
    WITH policy AS ({_MERGED_POLICIES})
    SELECT staged.line, staged.starts_on, staged.ends_on, policy.number, policy.starts_on,
        policy.ends_on, count(*) OVER ()
    FROM staged_insured staged JOIN policy ON policy.number = staged.policy_number
    WHERE staged.starts_on < policy.starts_on OR staged.ends_on > policy.ends_on
    ORDER BY staged.line LIMIT %s
"""  # noqa: S608 - constants only


def _insured_finding(row: tuple[Any, ...]) -> Finding:
    line, starts_on, ends_on, number, policy_starts_on, policy_ends_on, _ = row
    early = starts_on < policy_starts_on
    words = {"other": number, "starts_on": policy_starts_on, "last_on": policy_ends_on}
    return Finding(
        "insured",
        line,
        "starts_on" if early else "ends_on",
        str(starts_on if early else ends_on),
        "insured_outside_policy",
        words,
    )


# The policies' lines are named where the insured row itself is not in the files.
_CUT_POLICIES = f"""
    WITH cut AS (
        SELECT DISTINCT ON (staged.line) staged.line, staged.starts_on, staged.ends_on,
            kept.school_code, kept.student_number, kept.starts_on AS insured_starts_on,
            kept.ends_on AS insured_ends_on
        FROM staged_policies staged JOIN ({CURRENT["insured"]}) kept
            ON kept.policy_number = staged.number
        WHERE (kept.starts_on < staged.starts_on OR kept.ends_on > staged.ends_on)
            AND NOT EXISTS (
                SELECT FROM staged_insured again WHERE again.policy_number = kept.policy_number
                    AND again.school_code = kept.school_code
                    AND again.student_number = kept.student_number
                    AND again.starts_on = kept.starts_on)
            AND NOT EXISTS (
                SELECT FROM refused_insured again WHERE again.policy_number = kept.policy_number
                    AND again.school_code = kept.school_code
                    AND again.student_number = kept.student_number
                    AND again.starts_on = kept.starts_on)
        ORDER BY staged.line, kept.starts_on
    )
    SELECT *, count(*) OVER () FROM cut ORDER BY line LIMIT %s
"""  # noqa: S608 - constants only


def _cut_finding(row: tuple[Any, ...]) -> Finding:
    line, starts_on, ends_on, school_code, student_number, insured_from, insured_to, _ = row
    early = insured_from < starts_on
    words = {
        "other": f"{school_code}:{student_number}",
        "starts_on": insured_from,
        "last_on": insured_to,
    }
    return Finding(
        "policies",
        line,
        "starts_on" if early else "ends_on",
        str(starts_on if early else ends_on),
        "policy_cut_below_insured",
        words,
    )


PERIOD_CHECKS: tuple[PeriodCheck, ...] = (
    PeriodCheck(frozenset({"students"}), frozenset({"students"}), _ENROLLED, _enrolled_finding),
    PeriodCheck(
        frozenset({"placements"}),
        frozenset({"placements"}),
        _overlap(_merged("placements", "code", _PLACEMENT_DAYS, _AT_WORK)),
        _overlap_finding("placements", "placements_overlap"),
    ),
    PeriodCheck(
        frozenset({"policies"}), frozenset({"policies", "insured"}), _CUT_POLICIES, _cut_finding
    ),
    PeriodCheck(frozenset({"insured"}), frozenset({"policies"}), _INSURED, _insured_finding),
    PeriodCheck(
        frozenset({"apprentices"}),
        frozenset({"apprentices"}),
        _overlap(_merged("apprentices", "code", _APPRENTICE_DAYS)),
        _overlap_finding("apprentices", "apprentices_overlap"),
    ),
)
