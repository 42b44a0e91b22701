"""Refusals of the verbs below as problems: by what was refused, whichever address was asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from api.problems import Problem, ProblemCode
from compliance.cases import refusals as cases
from exchange.documents.issuing import PaperRefused
from internships.complaints import refusals as complaints
from internships.life import refusals as life
from internships.life.verdicts import Reason

# The first that fits; what is neither the actor's nor well said is of its state.
CODE_OF: tuple[tuple[type[Exception], ProblemCode], ...] = (
    (life.GateClosed, ProblemCode.GATE_CLOSED),
    (life.NotPermitted, ProblemCode.NOT_PERMITTED),
    (complaints.NotPermitted, ProblemCode.NOT_PERMITTED),
    (cases.NotPermitted, ProblemCode.NOT_PERMITTED),
    (life.TermsRefused, ProblemCode.INVALID),
    (life.WordsRefused, ProblemCode.INVALID),
    (PaperRefused, ProblemCode.INVALID),
    (complaints.ComplaintInvalid, ProblemCode.INVALID),
    (cases.WaiverRefused, ProblemCode.INVALID),
    (cases.WordsRefused, ProblemCode.INVALID),
    (life.LifeRefusal, ProblemCode.NOT_IN_THIS_STATE),
    (complaints.ComplaintRefusal, ProblemCode.NOT_IN_THIS_STATE),
    (cases.CaseRefusal, ProblemCode.NOT_IN_THIS_STATE),
)


def problem_of_refusal(error: Exception) -> Problem | None:
    """The refusal as a problem, with every reason of a gate and every fault of a paper.

    None for what is no refusal of a verb.
    """
    code = next((code for kind, code in CODE_OF if isinstance(error, kind)), None)
    if code is None:
        return None
    places = reasons = None
    if isinstance(error, PaperRefused):
        places = [
            {"in": "body", "place": f"/{row.field}", "code": row.check, "detail": row.sentence}
            for row in error.faults
        ]
    if isinstance(error, life.GateClosed):
        reasons = reasons_told(error.reasons)
    return Problem(code, str(error), places=places, reasons=reasons)


def reasons_told(reasons: Sequence[Reason]) -> list[dict[str, Any]]:
    """The reasons of a gate as answers have them: the sentence with its article and its cure."""
    return [
        {
            "rule": reason.rule,
            "severity": str(reason.severity),
            "subject": reason.subject,
            "period": reason.period,
            "article": reason.article,
            "sentence": reason.sentence,
            "cure": reason.cure,
            "waivable": reason.waivable,
            "waived_until": reason.waived_until.isoformat() if reason.waived_until else None,
        }
        for reason in reasons
    ]
