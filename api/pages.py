"""Pages of lists: fifty rows at a time, by where the last one stood."""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.pagination import Cursor, CursorPagination
from rest_framework.request import Request

NUMBER = r"[0-9]{1,18}"


class Pages(CursorPagination):
    """The newest rows first; nothing is counted, and a page is as cheap as any other."""

    page_size = 50
    max_page_size = 200
    page_size_query_param = "limit"
    ordering = "-pk"
    cursor_query_description: Any = _("上一页或下一页的标记，取自回答中的 next 与 previous")
    page_size_query_description: Any = _("每页行数，1 至 200，不写为 50")

    def decode_cursor(self, request: Request) -> Cursor | None:
        """Where the page begins; ValidationError for a mark that no answer gave."""
        try:
            cursor: Cursor | None = super().decode_cursor(request)
        except NotFound as error:
            raise _refused("cursor", _("这个标记不是回答里给的")) from error
        if cursor is not None and not _is_number(cursor.position):
            raise _refused("cursor", _("这个标记不是回答里给的"))
        return cursor

    def get_page_size(self, request: Request) -> int:
        """How many rows; ValidationError for anything but 1 to 200."""
        asked = request.query_params.get("limit")
        if asked is None:
            return self.page_size
        if not (asked.isascii() and asked.isdigit() and 1 <= int(asked[:9]) <= self.max_page_size):
            raise _refused("limit", _("每页行数应在 1 至 200 之间"))
        return int(asked)

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """The two parameters, with the bounds that are held."""
        parameters: list[dict[str, Any]] = super().get_schema_operation_parameters(view)
        for parameter in parameters:
            if parameter["name"] == "limit":
                parameter["schema"] = {"type": "integer", "minimum": 1, "maximum": 200}
        return parameters

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """A page as it is described: `next` and `previous` are null at the ends."""
        link = {"type": ["string", "null"], "format": "uri"}
        return {
            "type": "object",
            "required": ["next", "previous", "results"],
            "properties": {"next": link, "previous": link, "results": schema},
        }


def _is_number(position: Any) -> bool:
    if position is None:
        return True
    return bool(re.fullmatch(NUMBER, str(position)))


def _refused(name: str, said: Any) -> ValidationError:
    return ValidationError({name: [said]})
