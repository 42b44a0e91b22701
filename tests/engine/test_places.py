"""Where the engines put their files, and whose files they leave alone."""

import os
import pwd
import shutil
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.engines import places
from backend.engines.binaries import find_binaries
from backend.engines.errors import EngineError
from backend.engines.places import Account, can_reach, engine_account, find_places

AS_ROOT = os.geteuid() == 0


@pytest.fixture
def closed_checkout() -> Iterator[Path]:
    """A checkout that only we may enter, as under /root, and what was put outside it."""
    base = Path(tempfile.mkdtemp(prefix="sy-closed-", dir="/var/tmp"))
    checkout = base / "a checkout" / "with spaces"
    checkout.mkdir(parents=True)
    yield checkout
    found = find_places(checkout / "var", checkout=checkout)
    if found.home != found.var:
        shutil.rmtree(found.home)
    shutil.rmtree(base)


def modes(directory: Path) -> dict[str, int]:
    """Modes of a directory and of every directory above it."""
    return {str(it): stat.S_IMODE(it.stat().st_mode) for it in (directory, *directory.parents)}


def test_engines_run_as_ourselves_unless_we_are_root() -> None:
    account = engine_account(Path(__file__).parent)

    assert account.uid != 0
    assert AS_ROOT or account.uid == os.geteuid()


def test_root_lends_the_engines_to_the_owner_of_the_checkout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = pwd.getpwnam("daemon").pw_uid
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(
        Path, "stat", lambda path: os.stat_result((0o40755, 0, 0, 0, owner, *[0] * 5))
    )

    assert engine_account(tmp_path).name == "daemon"


def test_root_may_name_the_account_and_an_unknown_name_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)

    monkeypatch.setenv("SHUANGYUAN_ENGINE_USER", "daemon")
    assert engine_account(tmp_path).name == "daemon"
    monkeypatch.setenv("SHUANGYUAN_ENGINE_USER", "nobody-of-that-name")
    with pytest.raises(EngineError, match="nobody-of-that-name"):
        engine_account(tmp_path)


def test_user_without_a_name_is_told_so() -> None:
    with pytest.raises(EngineError, match="654321"):
        Account.of(654321)


def test_data_and_binaries_lie_where_the_engines_account_can_reach_them(
    closed_checkout: Path,
) -> None:
    found = find_places(closed_checkout / "var", checkout=closed_checkout)
    binaries = find_binaries(found)

    assert can_reach(found.account, found.home)
    assert can_reach(found.account, binaries.postgres)
    assert can_reach(found.account, binaries.valkey)
    assert (found.home == found.var) is not AS_ROOT
    assert AS_ROOT is (places.PLACE_OF_LAST_RESORT in found.home.parents)


def test_no_mode_outside_var_is_changed(closed_checkout: Path) -> None:
    before = modes(closed_checkout)

    find_binaries(find_places(closed_checkout / "var", checkout=closed_checkout))

    assert modes(closed_checkout) == before
    assert before[str(closed_checkout.parents[1])] == 0o700


def test_same_checkout_finds_its_place_again_and_a_later_clone_does_not(
    closed_checkout: Path,
) -> None:
    first = find_places(closed_checkout / "var", checkout=closed_checkout)
    again = find_places(closed_checkout / "var", checkout=closed_checkout)

    assert first.home == again.home
    if first.home != first.var:
        shutil.rmtree(first.home)
    shutil.rmtree(closed_checkout / "var")
    later = find_places(closed_checkout / "var", checkout=closed_checkout)
    assert (later.home == first.home) is not AS_ROOT


def test_another_users_files_are_refused_with_the_owners_name_and_the_remedy(
    tmp_path: Path,
) -> None:
    theirs, owner = (tmp_path / "postgresql", "daemon") if AS_ROOT else (Path("/etc"), "root")
    if AS_ROOT:
        theirs.mkdir()
        os.chown(theirs, pwd.getpwnam("daemon").pw_uid, -1)

    with pytest.raises(EngineError) as refusal:
        places.refuse_foreign(theirs, Account(os.geteuid(), 0, "me"))

    assert f"属于用户 {owner}" in str(refusal.value)
    assert f"请以 {owner} 运行" in str(refusal.value)


def test_own_files_are_not_refused(tmp_path: Path) -> None:
    places.refuse_foreign(tmp_path, Account(os.geteuid(), 0, "me"))
    places.refuse_foreign(tmp_path / "not there yet", Account(os.geteuid(), 0, "me"))


def test_socket_directory_is_fresh_each_time_and_short_whatever_the_checkout(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    long_place = tmp_path / ("x" * 120)
    long_place.mkdir()
    monkeypatch.setenv("TMPDIR", str(long_place))
    account = engine_account(Path(__file__).parent)

    made = [places.make_socket_directory(account) for _ in range(2)]

    assert made[0] != made[1]
    for directory in made:
        assert len(str(directory)) <= places.LONGEST_SOCKET_DIRECTORY
        assert stat.S_IMODE(directory.stat().st_mode) == 0o700
        places.remove_socket_directory(directory, account)
        assert not directory.exists()


def test_directory_that_is_not_a_socket_directory_of_ours_is_never_removed(
    tmp_path: Path,
) -> None:
    account = engine_account(Path(__file__).parent)
    link = tmp_path / "sy-link"
    link.symlink_to(tmp_path)

    places.remove_socket_directory(tmp_path, account)
    places.remove_socket_directory(link, account)

    assert tmp_path.is_dir()
