"""Engines beside the suite's own, which tests may kill, and places to check the project out to."""

import os
import shutil
import signal
import socket
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import pytest

from backend import environment
from backend.engines.pair import Engines, prepare_engines
from backend.engines.places import Places, engine_account
from tests.engine.checkouts import AS_ROOT, PLAIN_USER, Checkout, Run, copy_project


@contextmanager
def open_places() -> Iterator[Places]:
    """Places that the engines' account can enter, unlike pytest's own temporary directories."""
    base = Path(tempfile.mkdtemp(prefix="sy-second-", dir="/tmp"))
    base.chmod(0o755)
    for name in ("run", "log"):
        (base / name).mkdir()
    yield Places(var=base, home=base, account=engine_account(environment.BASE_DIR))
    shutil.rmtree(base)


@pytest.fixture
def places() -> Iterator[Places]:
    """Places of this test alone."""
    with open_places() as found:
        yield found


@pytest.fixture(scope="module")
def second() -> Iterator[Engines]:
    """Engines of this module alone, running."""
    with open_places() as found:
        engines = prepare_engines(found)
        engines.start()
        yield engines
        engines.stop()


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
