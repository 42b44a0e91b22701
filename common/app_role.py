"""The rights of the role that serves requests: rows, not tables; ledgers and audit only grow."""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql

# Tables in which the app may add rows and never change them.
APPEND_ONLY_TABLES = (
    "audit_auditevent",
    "audit_operation",
    "compensation_paymententry",
    "compliance_alertstep",
    "compliance_digest",
    "internships_document",
    "internships_complaintstep",
    "internships_creditrecord",
    "internships_hostdecision",
    "internships_hostfreeze",
    "internships_siteassessment",
    "internships_papercopy",
    "internships_placementstep",
    "internships_signature",
    "internships_wording",
)

# Tables that the app reads and the migrating role fills: what the law says, and what was migrated.
READ_ONLY_TABLES = (
    "common_calendarday",
    "common_calendarmonth",
    "common_lawstate",
    "django_migrations",
)

# Tables in which the app may add rows and afterwards set these columns, and nothing else.
COLUMNS_SET_LATER = {
    "audit_audithead": ("seq", "hash"),
    "compliance_notice": ("read_at",),
    "internships_approval": ("voided_by_id",),
    "internships_complaint": ("state",),
    "internships_proxysignal": ("verdict", "note", "judged_by_id", "judged_at"),
    "internships_signinglink": (
        *("used_at", "withdrawn_at"),
        *("code_digest", "code_until", "code_tries"),
    ),
    "internships_filingbatch": ("number", "filed_on", "filed_by_id"),
}


def grant_app_role(connection: BaseDatabaseWrapper, role: str) -> None:
    """Give `role` what the application needs in this database, and nothing that defines it.

    Does nothing when `role` is the role that migrates. Safe to repeat.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, current_database()")
        owner, database = cursor.fetchone()
        if owner == role:
            return
        name = sql.Identifier(role)
        statements = [
            sql.SQL("GRANT CONNECT, TEMPORARY ON DATABASE {} TO {}").format(
                sql.Identifier(database), name
            ),
            sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(name),
            sql.SQL(
                "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {}"
            ).format(name),
            # ANALYZE after a load: without statistics the sweep of a new district takes minutes
            sql.SQL("GRANT MAINTAIN ON ALL TABLES IN SCHEMA public TO {}").format(name),
            # and on the months of attendance that are made later
            sql.SQL(
                "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT MAINTAIN ON TABLES TO {}"
            ).format(name),
            sql.SQL("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {}").format(name),
            sql.SQL("GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {}").format(name),
        ]
        statements += [
            sql.SQL("REVOKE INSERT, UPDATE, DELETE ON {} FROM {}").format(
                sql.Identifier(table), name
            )
            for table in READ_ONLY_TABLES
        ]
        statements += [
            sql.SQL("REVOKE UPDATE, DELETE ON {} FROM {}").format(sql.Identifier(table), name)
            for table in APPEND_ONLY_TABLES
        ]
        for table, columns in COLUMNS_SET_LATER.items():
            statements += [
                sql.SQL("REVOKE UPDATE, DELETE ON {} FROM {}").format(sql.Identifier(table), name),
                sql.SQL("GRANT UPDATE ({}) ON {} TO {}").format(
                    sql.SQL(", ").join(map(sql.Identifier, columns)), sql.Identifier(table), name
                ),
            ]
        for statement in statements:
            cursor.execute(statement)
