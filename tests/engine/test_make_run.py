"""`make run` and its sisters in real checkouts: awkward places, other users, neighbours."""

import os
import stat
import sys
from pathlib import Path

import psycopg
import pytest

from backend.engines.places import PLACE_OF_LAST_RESORT
from tests.engine.checkouts import (
    AS_ROOT,
    PLAIN_USER,
    Checkout,
    Run,
    copy_project,
    data_directory,
    socket_directory,
)

pytestmark = pytest.mark.deep


def modes(directory: Path) -> dict[Path, int]:
    return {it: stat.S_IMODE(it.stat().st_mode) for it in (directory, *directory.parents)}


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
    students = (checkout.path / "var" / "demo" / "students.csv").read_text("utf-8").splitlines()

    assert "生成示范学区" in said
    assert "INS-01" in said
    assert "最严重的十条" in said
    assert f"{len(students) - 1:,}" in page
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

    assert "生成示范学区" not in said
    assert "最严重的十条" in said
    assert reset.returncode == 0, reset.stdout
    assert not data.exists()
    assert not list(checkout.path.glob("var/valkey*"))
    assert "没有在运行" in checkout.make("stop").stdout


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
