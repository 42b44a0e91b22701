"""The virtualenv is made once, by a Python this user can run, and never asks twice."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from backend.environment import BASE_DIR
from scripts import make_venv

FIND_PYTHON = BASE_DIR / "scripts" / "find_python"


def program(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path


def find_python(**names: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        ["/bin/sh", FIND_PYTHON], env=names, capture_output=True, text=True, check=False
    )


@pytest.fixture
def fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A virtualenv that has what the requirements ask for."""
    venv = tmp_path / "a venv"
    program(venv / "bin" / "python", "exit 0")
    (venv / ".requirements").write_text(f"{make_venv.fingerprint()} {venv}\n")
    monkeypatch.setattr(sys, "argv", ["make_venv.py", str(venv)])
    return venv


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The installing commands that would have been run."""
    run: list[list[str]] = []

    def succeed(command: list[str]) -> bool:
        run.append(command)
        return True

    monkeypatch.setattr(make_venv, "succeeds", succeed)
    return run


def test_fresh_virtualenv_is_left_alone_so_that_a_second_run_needs_no_network(
    fresh: Path, commands: list[list[str]]
) -> None:
    assert make_venv.main() == 0

    assert commands == []


@pytest.mark.parametrize("change", ["requirements", "place", "python"])
def test_virtualenv_is_made_again_after_a_change(
    fresh: Path, commands: list[list[str]], change: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    stamp = fresh / ".requirements"
    if change == "requirements":
        stamp.write_text(f"0 {fresh}\n")
    elif change == "place":
        stamp.write_text(f"{make_venv.fingerprint()} /elsewhere\n")
    else:
        program(fresh / "bin" / "python", "exit 126")
    monkeypatch.setattr(make_venv.shutil, "which", lambda name: None)

    assert make_venv.main() == 0

    assert [command[1:3] for command in commands] == [["-m", "venv"], ["-m", "pip"]]
    assert stamp.read_text() == f"{make_venv.fingerprint()} {fresh}\n"


def test_uv_installs_where_there_is_one_and_pip_where_it_fails(
    fresh: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (fresh / ".requirements").unlink()
    run: list[str] = []
    monkeypatch.setattr(make_venv.shutil, "which", lambda name: "/opt/uv")

    def only_pip_works(command: list[str]) -> bool:
        run.append(Path(command[0]).name)
        return command[0] != "/opt/uv"

    monkeypatch.setattr(make_venv, "succeeds", only_pip_works)

    assert make_venv.main() == 0
    assert run[0] == "uv"
    assert run[-1] == "python"


def test_failed_installation_leaves_no_stamp(fresh: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (fresh / ".requirements").write_text("0\n")
    monkeypatch.setattr(make_venv, "succeeds", lambda command: False)

    assert make_venv.main() == 1

    assert not (fresh / ".requirements").exists()


def test_another_users_virtualenv_is_refused_with_the_owners_name(
    fresh: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (fresh / ".requirements").unlink()
    monkeypatch.setattr(os, "geteuid", lambda: fresh.stat().st_uid + 1)

    assert make_venv.main() == 1

    assert f"属于用户 {fresh.owner()}" in capsys.readouterr().err


def test_python_that_this_user_cannot_run_is_passed_over(tmp_path: Path) -> None:
    private = program(tmp_path / "private" / "python3.11", "exit 126")

    found = find_python(PATH=f"{private.parent}:/usr/bin:/bin", PYTHON311=sys.executable)
    passed = find_python(PATH=f"{private.parent}:/usr/bin:/bin", PYTHON311=str(private))

    assert found.stdout.strip() == sys.executable
    assert str(private) not in passed.stdout


def test_machine_without_python_3_11_is_told_what_to_install(tmp_path: Path) -> None:
    script = tmp_path / "find_python"
    script.write_text(
        FIND_PYTHON.read_text(encoding="utf-8")
        .replace("/usr/bin/python3.11", "/nowhere")
        .replace("/usr/local/bin/python3.11", "/nowhere"),
        encoding="utf-8",
    )

    found = subprocess.run(
        ["/bin/sh", script],
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert found.returncode == 1
    assert "python3.11-venv" in found.stderr
