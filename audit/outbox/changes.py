"""Triggers that write down what a changed row touches, for migrations."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.migrations.operations import RunSQL

PUBLISH_TOUCHED = """
CREATE FUNCTION publish_touched(touched jsonb) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    rows bigint := (SELECT coalesce(sum(jsonb_array_length(value)), 0) FROM jsonb_each(touched));
BEGIN
    IF rows > 1000 THEN
        INSERT INTO public.audit_outbox (topic, payload)
            VALUES ('sweep', '{"because": "many-changes"}');
    ELSIF rows > 0 THEN
        INSERT INTO public.audit_outbox (topic, payload) VALUES ('recheck', touched);
    END IF;
END
$$
"""
"""`publish_touched('{"placements": [1, 2]}')`: one message, or none where nothing was touched.

A statement that touches more than a thousand rows asks for a sweep, the cheaper answer by then.
"""

FUNCTION = """
CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    touched jsonb;
BEGIN
    IF current_setting('shuangyuan.quiet', true) = 'load' THEN
        RETURN NULL;
    END IF;
    IF TG_OP = 'INSERT' THEN
        SELECT {collected} INTO touched FROM new_rows;
    ELSIF TG_OP = 'DELETE' THEN
        SELECT {collected} INTO touched FROM old_rows;
    ELSE
        SELECT {collected} INTO touched FROM (
            (SELECT {judged} FROM old_rows EXCEPT SELECT {judged} FROM new_rows)
            UNION ALL
            (SELECT {judged} FROM new_rows EXCEPT SELECT {judged} FROM old_rows)
        ) AS changed;
    END IF;
    PERFORM publish_touched(touched);
    RETURN NULL;
END
$$
"""

EVENTS = {
    "INSERT": "NEW TABLE AS new_rows",
    "UPDATE": "OLD TABLE AS old_rows NEW TABLE AS new_rows",
    "DELETE": "OLD TABLE AS old_rows",
}


def tells_changes(
    table: str, *, touches: Mapping[str, str], judged: tuple[str, ...]
) -> list[RunSQL]:
    """Migration steps: every statement that changes `table` writes one message of what it touches.

    `touches` maps a name in the message ("placements") to the column that holds its ids; the ids
    of old and new rows go in alike. An UPDATE tells of rows in which a column of `judged` or of
    `touches` changed. A load that has muted itself tells nothing.
    """
    collected = ", ".join(
        f"'{name}', jsonb_agg(DISTINCT {column}) FILTER (WHERE {column} IS NOT NULL)"
        for name, column in touches.items()
    )
    function = f"tell_changes_of_{table}"
    columns = dict.fromkeys((*touches.values(), *judged))
    body = FUNCTION.format(
        function=function,
        collected=f"jsonb_strip_nulls(jsonb_build_object({collected}))",
        judged=", ".join(columns),
    )
    return [
        RunSQL(body, f"DROP FUNCTION {function}()"),
        RunSQL(
            [
                f"CREATE TRIGGER {event.lower()}_is_told AFTER {event} ON {table} "
                f"REFERENCING {rows} FOR EACH STATEMENT EXECUTE FUNCTION {function}()"
                for event, rows in EVENTS.items()
            ],
            [f"DROP TRIGGER {event.lower()}_is_told ON {table}" for event in EVENTS],
        ),
    ]
