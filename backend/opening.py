"""What `make run` does before it serves: migrate, load the demo district, sweep."""

import os
import shutil
import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import psycopg

from backend import environment
from backend.engines.errors import EngineError

DEMO_SIZE = 1200
DEMO_SEED = 1
COMPLETE, PARTIAL = 0, 3

# Runs one command to its end; raises Interrupted when the supervisor is asked to stop meanwhile
Runner = Callable[[Sequence[str]], int]


def manage(*words: str) -> list[str]:
    """The command line of a management command."""
    return [sys.executable, str(environment.BASE_DIR / "manage.py"), *words]


def today() -> date:
    """Today in Shanghai: the supervisor is an edge, and edges read the clock."""
    return datetime.now(ZoneInfo("Asia/Shanghai")).date()


def open_district(run: Runner, *, on: date) -> None:
    """Bring the database to where it can be served; say what is wrong in the district on `on`."""
    _succeed(run, manage("migrate", "--verbosity", "0"), "数据库结构升级失败")
    if demo_is_wanted() and database_is_empty():
        load_demo(run, on=on)
    if shows_demo_accounts():  # before the first cases, so that these have somebody to be told to
        run(manage("demo_sign_in_links", "--accounts-only"))
    status = run(manage("sweep", "--as-of", on.isoformat(), "--format", "table", "--write"))
    if status not in {COMPLETE, PARTIAL}:
        raise EngineError(f"排查没有完成（退出码 {status}）。")


def show_demo_sign_ins(run: Runner, *, url: str) -> None:
    """Print one sign-in link a demo role; never in production, nor where no demo is wanted."""
    if shows_demo_accounts():
        run(manage("demo_sign_in_links", "--base-url", url))


def shows_demo_accounts() -> bool:
    """Whether the demo roles can sign in here."""
    return demo_is_wanted() and not environment.is_production()


def demo_is_wanted() -> bool:
    """Whether an empty database is to be filled with the invented district.

    In production only where it is asked for: an empty database there waits for the real district.
    """
    unless_said = "0" if environment.is_production() else "1"
    return (os.environ.get("SHUANGYUAN_DEMO") or unless_said) != "0"


def load_demo(run: Runner, *, on: date) -> None:
    """Write the invented district into var/demo and load it, as anybody would load theirs."""
    demo = environment.var_directory() / "demo"
    shutil.rmtree(demo, ignore_errors=True)
    sys.stdout.write(f"数据库是空的：生成示范学区（虚构数据，{DEMO_SIZE} 名学生）……\n")
    sys.stdout.flush()
    seed = manage(
        *("seed_demo", "--size", str(DEMO_SIZE), "--seed", str(DEMO_SEED)),
        *("--on", on.isoformat(), "--write", str(demo)),
    )
    _succeed(run, seed, "示范学区没有生成")
    _succeed(run, manage("load_district", str(demo)), "示范学区没有载入")


def database_is_empty() -> bool:
    """Whether no school has been loaded yet."""
    with psycopg.connect(psycopg_url()) as connection:
        row = connection.execute("SELECT NOT EXISTS (SELECT FROM people_school)").fetchone()
    return row is not None and bool(row[0])


def psycopg_url() -> str:
    """The application's database URL in the one spelling libpq knows."""
    scheme, _, rest = environment.database_url("app").partition("://")
    return f"postgresql://{rest}" if scheme else rest


def _succeed(run: Runner, command: Sequence[str], failure: str) -> None:
    status = run(command)
    if status != 0:
        name = Path(command[1]).name
        raise EngineError(f"{failure}：{name} {' '.join(command[2:])}（退出码 {status}）。")
