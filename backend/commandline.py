"""Running a management command, and saying clearly why it cannot reach its database."""

import sys
from collections.abc import Sequence

from django.core.management import execute_from_command_line
from django.db.utils import OperationalError, ProgrammingError

from common.schema import is_migrated

UNDEFINED = frozenset({"42P01", "42703", "42883"})  # a table, a column, a function
OWNER_COMMANDS = frozenset(
    {"dbshell", "flush", "migrate", "showmigrations", "sqlmigrate", "sync_law"}
)


def is_owner_command(argv: Sequence[str]) -> bool:
    """Whether the command of `argv` runs as the role that owns the schema."""
    return len(argv) > 1 and argv[1] in OWNER_COMMANDS


def run(argv: Sequence[str]) -> None:
    """Run the command of `argv`; a database that cannot be used ends it with exit status 1.

    That is one that does not answer, or whose tables are of another version than the code.
    """
    try:
        execute_from_command_line(list(argv))
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", None) is not None:
            raise
        sys.stderr.write(f"数据库连接不上：{str(error).strip()}\n")
        sys.stderr.write("请先在另一个终端 make run（或 make engines），或设置 DATABASE_URL。\n")
        sys.exit(1)
    except ProgrammingError as error:
        if getattr(error.__cause__, "sqlstate", None) not in UNDEFINED or is_migrated():
            raise
        sys.stderr.write("数据库的表还没有建立，或不是这一版本的。\n")
        sys.stderr.write("请先运行 python manage.py migrate，再运行这个命令。\n")
        sys.exit(1)
