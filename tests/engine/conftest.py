"""A pair of engines beside the suite's own, which tests may kill."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from backend import environment
from backend.engines.pair import Engines, prepare_engines
from backend.engines.places import Places, engine_account


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
