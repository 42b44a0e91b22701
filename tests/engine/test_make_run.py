"""`make run` and its sisters in real checkouts: awkward places, other users, kills, neighbours."""

import json
import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import psycopg
import pytest

from backend import environment
from backend.engines import children, postgres
from backend.engines.children import Fingerprint
from backend.engines.pair import Engines
from backend.engines.places import PLACE_OF_LAST_RESORT
from tests.engine.checkouts import Checkout, Run, command_of, copy_project

pytestmark = pytest.mark.deep

AS_ROOT = os.geteuid() == 0
PLAIN_USER = "daemon"


@pytest.fixture
def place() -> Iterator[Path]:
    """A directory that anybody may enter."""
    directory = Path(tempfile.mkdtemp(prefix="sy-deep-", dir="/var/tmp"))
    directory.chmod(0o755)
    yield directory
    shutil.rmtree(directory, ignore_errors=True)


@pytest.fixture
def closed() -> Iterator[Path]:
    """A directory that only we may enter: under /root for root."""
    home = Path.home() if AS_ROOT else "/var/tmp"
    directory = Path(tempfile.mkdtemp(prefix="sy-closed-", dir=home))
    yield directory
    shutil.rmtree(directory)


@pytest.fixture
def started() -> Iterator[list[Run]]:
    """Runs that are ended, with their data, whatever becomes of the test."""
    runs: list[Run] = []
    yield runs
    for run in runs:
        for process in run.processes() if run.process.poll() is None else []:
            process.send(signal.SIGKILL)
        run.process.wait(30)
    for checkout in {id(run.checkout): run.checkout for run in runs}.values():
        checkout.make("reset")


@pytest.fixture(scope="module")
def plain_venv() -> Iterator[Path]:
    """A virtualenv that a plain user made, with a Python that is not private to root."""
    if not AS_ROOT:
        yield Path(sys.prefix)
        return
    base = Path(tempfile.mkdtemp(prefix="sy-plain-", dir="/var/tmp"))
    base.chmod(0o755)
    checkout = Checkout(copy_project(base / "checkout"), base / "checkout/venv", PLAIN_USER)
    checkout.give_to_user()
    networked = {name: os.environ.get(name, "") for name in ("HTTP_PROXY", "HTTPS_PROXY")}
    made = checkout.make("venv", PIP_NO_INDEX="0", **networked)
    assert made.returncode == 0, made.stdout
    yield checkout.venv
    shutil.rmtree(base)


@pytest.fixture
def neighbours() -> Iterator[None]:
    """Somebody else's web server, PostgreSQL and Redis on the standard ports."""
    with ExitStack() as stack:
        for port in (8000, 5432, 6379):
            try:
                listener = socket.create_server(("127.0.0.1", port))
            except OSError:
                continue  # there is one already
            stack.enter_context(closing(listener))
        yield


def modes(directory: Path) -> dict[Path, int]:
    return {it: stat.S_IMODE(it.stat().st_mode) for it in (directory, *directory.parents)}


def data_directory(checkout: Checkout) -> Path:
    noted = json.loads((checkout.path / "var/run/engines.json").read_text(encoding="utf-8"))
    return Path(noted["data_directory"])


def socket_directory(checkout: Checkout) -> Path:
    noted = json.loads((checkout.path / "var/run/engines.json").read_text(encoding="utf-8"))
    return Path(noted["socket_directory"])


def checkout_in(kind: str, place: Path, closed: Path) -> Checkout:
    if kind == "spaces":
        return Checkout(copy_project(place / "a path with spaces" / "双 元"))
    if kind == "150 characters":
        name = "x" * (149 - len(str(place)))
        return Checkout(copy_project(place / name))
    return Checkout(copy_project(closed / "checkout"))


@pytest.mark.parametrize("kind", ["spaces", "150 characters", "closed"])
def test_run_serves_and_stops_in_order_in_an_awkward_place(
    place: Path, closed: Path, neighbours: None, started: list[Run], kind: str
) -> None:
    checkout = checkout_in(kind, place, closed)
    before = modes(checkout.path)

    run = checkout.run()
    started.append(run)
    run.wait_until_ready()
    page, style = run.get(""), run.get("static/console/paper.css")
    sockets = socket_directory(checkout)
    said = run.interrupt()

    assert page[0] == style[0] == 200
    assert "PostgreSQL 18" in page[1]
    assert modes(checkout.path) == before
    assert "端口 8000 已被占用" in said
    stopped = [line.split()[1] for line in said.splitlines() if line.startswith("已停止 ")]
    assert stopped == ["web", "worker", "beat", "valkey", "postgresql"]
    assert said.rstrip().endswith("已全部停止。")
    assert not sockets.exists()
    if kind == "150 characters":
        assert len(str(checkout.path)) == 150


def test_plain_user_gets_the_demo_district_swept_and_served_and_may_test_beside_it(
    place: Path, plain_venv: Path, started: list[Run]
) -> None:
    user = PLAIN_USER if AS_ROOT else None
    checkout = Checkout(copy_project(place / "a plain user's"), plain_venv, user).give_to_user()

    run = checkout.run(SHUANGYUAN_DEMO="1")
    started.append(run)
    run.wait_until_ready()
    again = checkout.make("run")
    beside = checkout.make(
        "test", "TESTS=tests/engine/test_the_suite.py tests/engine/test_tuning.py"
    )
    page = run.get("")[1]
    said = run.interrupt()

    assert "示范学区" in said
    assert "INS-01" in said
    assert "最严重的十条" in said
    assert "1,225" in page
    assert again.returncode == 0
    assert f"已经在运行：{run.url()}" in again.stdout
    assert beside.returncode == 0, beside.stdout
    assert data_directory_owner(checkout) != 0


def data_directory_owner(checkout: Checkout) -> int:
    return (checkout.path / "var" / "postgresql").stat().st_uid


def test_second_start_needs_no_demo_and_reset_begins_anew(place: Path, started: list[Run]) -> None:
    checkout = Checkout(copy_project(place / "checkout"))
    for _ in range(2):
        run = checkout.run(SHUANGYUAN_DEMO="1")
        started.append(run)
        run.wait_until_ready()
        data = data_directory(checkout)
        stopped = checkout.make("stop")
        assert stopped.returncode == 0, stopped.stdout
        assert run.process.wait(30) == 0
        said = run.said()

    reset = checkout.make("reset")

    assert "示范学区" not in said
    assert "最严重的十条" in said
    assert reset.returncode == 0, reset.stdout
    assert not data.exists()
    assert not list(checkout.path.glob("var/valkey*"))
    assert "没有在运行" in checkout.make("stop").stdout


def test_any_process_killed_is_back_and_a_killed_supervisor_heals_at_the_next_run(
    place: Path, started: list[Run]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = str(listener.getsockname()[1])
    checkout = Checkout(copy_project(place / "checkout"), settings={"SHUANGYUAN_PORT": port})
    run = checkout.run()
    started.append(run)
    run.wait_until_ready()
    url = run.url()

    for words in (
        "gunicorn",
        "celery --app backend worker",
        "celery --app backend beat",
        "valkey-server",
        "bin/postgres",
    ):
        victim = run.process_named(words)
        victim.send(signal.SIGKILL)
        assert victim.wait(10)
        wait_for(lambda words=words: bool(run.process_named(words)))
        run.wait_until_ready()
        assert run.url() == url

    everything = run.processes()
    run.supervisor().send(signal.SIGKILL)
    run.process.wait(10)
    healed = checkout.run()
    started.append(healed)
    healed.wait_until_ready()

    assert all(process.wait(30) for process in everything), [*map(command_of, everything)]
    assert healed.url() == url
    healed.interrupt()


def wait_for(condition: "object", seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while True:
        try:
            if condition():  # type: ignore[operator]
                return
        except StopIteration:
            pass
        assert time.monotonic() < end
        time.sleep(0.1)


def test_everything_killed_at_once_heals_with_what_was_committed(
    place: Path, started: list[Run]
) -> None:
    checkout = Checkout(copy_project(place / "checkout"))
    run = checkout.run()
    started.append(run)
    run.wait_until_ready()
    with postgres.connect(socket_directory(checkout), environment.OWNER_ROLE) as session:
        session.execute("CREATE TABLE kept AS SELECT 1 AS line")

    for process in run.processes():
        process.send(signal.SIGKILL)
    run.process.wait(10)
    healed = checkout.run()
    started.append(healed)
    healed.wait_until_ready()

    with postgres.connect(socket_directory(checkout), environment.OWNER_ROLE) as session:
        assert session.execute("SELECT line FROM kept").fetchone() == (1,)
    healed.interrupt()


def test_child_of_the_worker_ends_with_a_worker_that_is_killed(
    place: Path, started: list[Run]
) -> None:
    checkout = Checkout(copy_project(place / "checkout"))
    run = checkout.run()
    started.append(run)
    run.wait_until_ready()
    wait_for(lambda: len(worker_processes(run)) >= 3)
    old = worker_processes(run)

    run.process_named("celery --app backend worker").send(signal.SIGKILL)

    assert all(process.wait(20) for process in old)
    run.interrupt()


def worker_processes(run: Run) -> list[Fingerprint]:
    return [it for it in run.processes() if "celery --app backend worker" in command_of(it)]


def test_two_checkouts_run_at_once_and_apart(place: Path, started: list[Run]) -> None:
    checkouts = [Checkout(copy_project(place / name)) for name in ("one", "two")]

    runs = [checkout.run() for checkout in checkouts]
    started.extend(runs)
    for run in runs:
        run.wait_until_ready()
    first, second = runs

    assert first.url() != second.url()
    assert data_directory(checkouts[0]) != data_directory(checkouts[1])
    first.interrupt()
    assert second.get()[0] == 200
    second.interrupt()


def test_file_of_another_user_is_refused_with_the_owners_name(place: Path) -> None:
    checkout = Checkout(copy_project(place / "checkout"))
    owner = "root"
    if AS_ROOT:
        (checkout.path / "var" / "postgresql").mkdir(parents=True)
        os.chown(checkout.path / "var" / "postgresql", 2, 2)
        owner = Path(checkout.path / "var" / "postgresql").owner()
        checkout.settings["SHUANGYUAN_ENGINE_USER"] = "nobody"
    else:
        checkout.settings["SHUANGYUAN_VAR"] = "/etc"

    refused = checkout.call(str(checkout.venv / "bin/python"), "-m", "backend.supervisor", "run")

    assert refused.returncode == 1
    assert f"属于用户 {owner}" in refused.stdout
    assert "Traceback" not in refused.stdout


def test_servers_of_ones_own_are_migrated_loaded_and_swept_and_nothing_is_embedded(
    place: Path, second: Engines, started: list[Run]
) -> None:
    checkout = Checkout(copy_project(place / "checkout"))
    with postgres.connect(second.socket_directory, postgres.SUPERUSER) as session:
        session.execute(f"CREATE DATABASE elsewhere OWNER {environment.OWNER_ROLE}")
    host = f"elsewhere?host={second.socket_directory}"
    checkout.settings |= {
        "DATABASE_URL": f"postgresql://{environment.APP_ROLE}@/{host}",
        "DATABASE_OWNER_URL": f"postgresql://{environment.OWNER_ROLE}@/{host}",
        "REDIS_URL": f"unix://{second.socket_directory}/valkey.sock",
    }
    python = str(checkout.venv / "bin" / "python")

    for words in (
        ["migrate", "--verbosity", "0"],
        ["seed_demo", "--size", "300", "--seed", "3", "--on", "2026-11-24", "--write", "demo"],
        ["load_district", "demo"],
        ["sweep", "--as-of", "2026-11-24", "--format", "json"],
    ):
        done = checkout.call(python, "manage.py", *words)
        assert done.returncode == 0, done.stdout
    run = checkout.run()
    started.append(run)
    run.wait_until_ready()
    said = run.interrupt()

    assert "启动数据库" not in said
    assert not (checkout.path / "var" / "postgresql").exists()
    assert not (checkout.path / "var" / "valkey").exists()


def test_installed_server_below_18_is_refused_with_a_clear_word(
    place: Path, second: Engines
) -> None:
    account = second.places.account
    checkout = Checkout(copy_project(place / "checkout"))
    older = sorted(Path("/usr/lib/postgresql").glob("1[0-7]/bin/initdb"))
    for number, initdb in enumerate(older):
        data = second.places.make(second.places.home / f"older-{number}")
        quiet = children.quiet_environment()
        words = [str(initdb), "-D", str(data), "-U", postgres.SUPERUSER, "-A", "peer"]
        made = children.launch(
            words,
            environment=quiet,
            cwd=data,
            death_signal=signal.SIGKILL,
            output=subprocess.DEVNULL,
            account=account,
        )
        assert made.wait() == 0
        (data / "pg_ident.conf").write_text(
            f"m {Path('/proc/self').owner()} {postgres.SUPERUSER}\n"
        )
        (data / "pg_hba.conf").write_text("local all all peer map=m\n")
        server = children.launch(
            [
                str(initdb.with_name("postgres")),
                "-D",
                str(data),
                "-c",
                "listen_addresses=",
                "-c",
                f"unix_socket_directories={data}",
            ],
            environment=quiet,
            cwd=data,
            death_signal=signal.SIGINT,
            output=subprocess.DEVNULL,
            account=account,
        )
        wait_for(lambda data=data: (data / ".s.PGSQL.5432").exists())
        url = f"postgresql://{postgres.SUPERUSER}@/postgres?host={data}"

        refused = checkout.call(
            str(checkout.venv / "bin/python"),
            "manage.py",
            "migrate",
            DATABASE_URL=url,
            DATABASE_OWNER_URL=url,
        )
        children.stop(server, signal.SIGINT, seconds=20)

        assert refused.returncode == 1
        assert "需要 PostgreSQL 18" in refused.stdout
        assert initdb.parents[1].name in refused.stdout
        assert "Traceback" not in refused.stdout


def test_database_that_is_not_there_is_said_to_be_so_with_the_remedy(place: Path) -> None:
    checkout = Checkout(copy_project(place / "checkout"))

    asked = checkout.call(str(checkout.venv / "bin/python"), "manage.py", "sweep")

    assert asked.returncode == 1
    assert "make run" in asked.stdout
    assert "Traceback" not in asked.stdout


def test_place_outside_the_checkout_goes_with_a_reset(closed: Path, started: list[Run]) -> None:
    checkout = Checkout(copy_project(closed / "checkout"))
    run = checkout.run()
    started.append(run)
    run.wait_until_ready()
    home = data_directory(checkout).parent
    run.interrupt()

    checkout.make("reset")

    assert (PLACE_OF_LAST_RESORT in home.parents) is AS_ROOT
    assert not (home / "postgresql").exists()


def test_virtualenv_is_the_one_that_make_made() -> None:
    assert (Path(sys.prefix) / ".requirements").exists(), "这些测试由 make test-deep 运行"
    assert psycopg.pq.version() >= 160000
