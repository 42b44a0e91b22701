"""Personal values that show themselves masked and refuse to leave any other way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.db import models

from common.encryption import blind_index, open_sealed, seal


@dataclass(frozen=True, slots=True)
class Sealed:
    """Where a sealed value lives and how it is masked; one per encrypted field."""

    table: str
    field: str
    mask: Callable[[str], str]

    def seal(self, text: str, *, row: UUID) -> bytes:
        """Ciphertext of `text`, bound to this field of the row with that public id."""
        return seal(text, table=self.table, row=row, field=self.field)

    def index(self, text: str) -> bytes:
        """Blind index of `text` as a value of this field."""
        return blind_index(text, purpose=f"{self.table}.{self.field}")

    def value(self, ciphertext: bytes | memoryview | None, *, row: UUID) -> Sensitive | None:
        """The value behind `ciphertext`, masked; None stays None."""
        return None if ciphertext is None else Sensitive(self, bytes(ciphertext), row)


class Sensitive:
    """A personal value: `str()` and `repr()` are masked, pickling and JSON are refused.

    `audit.reveal` is the one place that may call `open_unlogged`.
    """

    __slots__ = ("_ciphertext", "_row", "_sealed")

    def __init__(self, sealed: Sealed, ciphertext: bytes, row: UUID) -> None:
        self._sealed = sealed
        self._ciphertext = ciphertext
        self._row = row

    def open_unlogged(self) -> str:
        """The plain text, for `audit.reveal` alone."""
        sealed = self._sealed
        return open_sealed(self._ciphertext, table=sealed.table, row=self._row, field=sealed.field)

    def __str__(self) -> str:
        return self._sealed.mask(self.open_unlogged())

    def __repr__(self) -> str:
        return f"<{self._sealed.table}.{self._sealed.field} {self}>"

    def __reduce__(self) -> tuple[object, ...]:
        raise TypeError("a sensitive value is not serialised; carry the row's id instead")


class SealedField(models.BinaryField):
    """Ciphertext of one personal value; read it through the model's property, which masks."""

    description = "sealed personal value"


class BlindIndexField(models.BinaryField):
    """Keyed digest of a personal value, for exact search."""

    description = "blind index"
