"""Answers kept by the key of their request, so that a request sent again does nothing again."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hmac import compare_digest
from typing import Any

from django.db import connection, models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.encryption import blind_index, open_sealed, seal
from common.sensitive import BlindIndexField, SealedField

LONGEST_KEY = 100
KEPT_FOR = timedelta(days=7)
SWEPT_AT_ONCE = 100
TABLE, FIELD = "audit_keptanswer", "answer"

_CLAIM = """
INSERT INTO audit_keptanswer (id, actor, key, fingerprint, made_at)
VALUES (%(id)s, %(actor)s, %(key)s, %(fingerprint)s, %(at)s)
ON CONFLICT (actor, key) DO NOTHING
RETURNING id
"""

_FORGET_STALE = """
DELETE FROM audit_keptanswer WHERE id IN (
    SELECT id FROM audit_keptanswer WHERE made_at <= %(stale)s
    ORDER BY made_at LIMIT %(most)s FOR UPDATE SKIP LOCKED)
"""


class KeptAnswer(models.Model):
    """What was answered to the request of `actor` under `key`; sealed, for it may name people.

    The row is written in the transaction of the command: the effect and its answer are there
    together or not at all. `fingerprint` is a keyed digest of the request.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    actor = models.CharField(max_length=100)
    key = models.CharField(max_length=LONGEST_KEY)
    fingerprint = BlindIndexField()
    answer_sealed = SealedField(null=True)
    made_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("已答复的请求")
        constraints = (
            models.UniqueConstraint(fields=("actor", "key"), name="answer_is_kept_once_a_key"),
            models.CheckConstraint(condition=~Q(key=""), name="answer_is_kept_under_a_key"),
        )

    def __str__(self) -> str:
        return f"{self.actor} {self.id}"


class KeyReused(Exception):
    """A key stands for one request; another one needs a key of its own."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is answered: status, headers and body, which is anything that JSON holds."""

    status: int
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    is_replayed: bool = False


def answered_once(
    *, actor: str, key: str, request: str, at: datetime, run: Callable[[], Answer]
) -> Answer:
    """The answer of `run`, which is done once for `actor` and `key`; sent again, the kept answer.

    Of many at once one runs and the others wait for it. What `run` refuses by raising is kept
    nowhere, so that it is judged anew. Kept for at least seven days. Raises KeyReused when the key
    was used for another request.
    """
    fingerprint = blind_index(request, purpose=f"{TABLE}.request")
    with transaction.atomic():
        row = _claimed(actor=actor, key=key, fingerprint=fingerprint, at=at)
        if row is None:
            return _kept(actor, key, fingerprint)
        answer = run()
        text = json.dumps([answer.status, answer.body, answer.headers], ensure_ascii=False)
        sealed = seal(text, table=TABLE, row=row, field=FIELD)
        KeptAnswer.objects.filter(pk=row).update(answer_sealed=sealed)
    return answer


def _claimed(*, actor: str, key: str, fingerprint: bytes, at: datetime) -> uuid.UUID | None:
    """The id of the new row; None where the key is taken, after waiting for who took it."""
    row = uuid.uuid4()
    with connection.cursor() as cursor:
        cursor.execute(_FORGET_STALE, {"stale": at - KEPT_FOR, "most": SWEPT_AT_ONCE})
        values: dict[str, Any] = {"id": row, "actor": actor, "key": key, "at": at}
        values["fingerprint"] = fingerprint
        cursor.execute(_CLAIM, values)
        return row if cursor.fetchone() else None


def _kept(actor: str, key: str, fingerprint: bytes) -> Answer:
    row = KeptAnswer.objects.get(actor=actor, key=key)
    if not compare_digest(bytes(row.fingerprint), fingerprint):
        raise KeyReused(f"{actor}: the key stands for another request")
    text = open_sealed(bytes(row.answer_sealed or b""), table=TABLE, row=row.id, field=FIELD)
    status, body, headers = json.loads(text)
    return replace(Answer(status, body, headers), is_replayed=True)
