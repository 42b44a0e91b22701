"""Where the engines keep their files, and as which user they run."""

import hashlib
import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from backend.engines.errors import EngineError

PLACE_OF_LAST_RESORT = Path("/var/lib/shuangyuan")
SOCKET_PREFIX = "sy-"
LONGEST_SOCKET_DIRECTORY = 60
ROOT = 0


@dataclass(frozen=True)
class Account:
    """The operating-system user that the engines run as."""

    uid: int
    gid: int
    name: str

    @classmethod
    def of(cls, uid: int) -> "Account":
        """The account of `uid`, which must have a name: PostgreSQL's peer check asks for it."""
        try:
            entry = pwd.getpwuid(uid)
        except KeyError:
            raise EngineError(
                f"系统里没有编号为 {uid} 的用户，PostgreSQL 无法以它运行；"
                "请换一个有名字的用户，或设置 DATABASE_URL。"
            ) from None
        return cls(uid, entry.pw_gid, entry.pw_name)


def engine_account(checkout: Path) -> Account:
    """Who runs the engines: ourselves, or as root the checkout's owner, else nobody.

    PostgreSQL refuses root. SHUANGYUAN_ENGINE_USER names another account.
    """
    if os.geteuid() != ROOT:
        return Account.of(os.geteuid())
    if wanted := os.environ.get("SHUANGYUAN_ENGINE_USER"):
        try:
            return Account.of(pwd.getpwnam(wanted).pw_uid)
        except KeyError:
            raise EngineError(f"SHUANGYUAN_ENGINE_USER：没有名为 {wanted} 的用户。") from None
    owner = checkout.stat().st_uid
    if owner != ROOT and _has_name(owner):
        return Account.of(owner)
    return Account.of(pwd.getpwnam("nobody").pw_uid)


def _has_name(uid: int) -> bool:
    try:
        pwd.getpwuid(uid)
    except KeyError:
        return False
    return True


def can_reach(account: Account, path: Path) -> bool:
    """Whether `account` may enter the directory, or run the file, at `path`.

    Asked of the kernel as that account: mode bits alone do not tell (ACLs, mounts).
    """
    if account.uid == os.geteuid():
        return os.access(path, os.X_OK)
    answer = subprocess.run(
        [shutil.which("test") or "/usr/bin/test", "-x", str(path)],
        user=account.uid,
        group=account.gid,
        extra_groups=[],
        cwd="/",
        check=False,
    )
    return answer.returncode == 0


@dataclass(frozen=True)
class Places:
    """The directories of one checkout's engines.

    `var` holds logs and state; `home` holds the data, and is `var` unless the checkout is closed
    to the account that runs the engines.
    """

    var: Path
    home: Path
    account: Account

    @property
    def postgres(self) -> Path:
        """PostgreSQL's data directory."""
        return self.home / "postgresql"

    @property
    def broker(self) -> Path:
        """Valkey's directory, with its append-only file."""
        return self.home / "valkey"

    @property
    def run(self) -> Path:
        """State of what runs: lock, fingerprints, the engines' whereabouts."""
        return self.var / "run"

    @property
    def log(self) -> Path:
        """Logs of engines and processes."""
        return self.var / "log"

    def make(self, directory: Path) -> Path:
        """Make `directory`, private to the account that runs the engines."""
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        if os.geteuid() == ROOT:
            os.chown(directory, self.account.uid, self.account.gid)
        directory.chmod(0o700)
        return directory


def find_places(var: Path, *, checkout: Path) -> Places:
    """Make `var` and decide where the data goes; another user's files are refused."""
    account = engine_account(checkout)
    _make_var(var)
    for name in ("", "run", "log", "static", "postgresql", "valkey"):
        refuse_foreign(var / name, account)
    for name in ("run", "log", "static"):
        (var / name).mkdir(exist_ok=True)
    home = var if can_reach(account, var) else _home_outside(var, account)
    for name in ("postgresql", "valkey"):
        refuse_foreign(home / name, account)
    return Places(var=var, home=home, account=account)


def _make_var(var: Path) -> None:
    try:
        var.mkdir(parents=True, exist_ok=True)
        if os.geteuid() in {ROOT, var.stat().st_uid}:
            var.chmod(0o755)
    except PermissionError:
        nearest = next(parent for parent in var.parents if parent.exists())
        raise EngineError(
            f"不能在 {nearest} 里建立 {var.name}/：它属于用户 {owner_name(nearest)}。"
            f"请以 {owner_name(nearest)} 运行，或自己克隆一份，或设置 SHUANGYUAN_VAR。"
        ) from None


def refuse_foreign(path: Path, account: Account) -> None:
    """Refuse files that belong to somebody else, with the owner's name and the remedy."""
    try:
        owner = path.stat().st_uid
    except FileNotFoundError:
        return
    except PermissionError:
        owner = path.parent.stat().st_uid
    if owner in {os.geteuid(), account.uid}:
        return
    name = owner_name(path)
    raise EngineError(
        f"{path} 属于用户 {name}，现在的用户是 {Account.of(os.geteuid()).name}。"
        f"请以 {name} 运行，或由 {name} 先执行 make reset，或设置 SHUANGYUAN_VAR 换一个目录。"
    )


def owner_name(path: Path) -> str:
    """The name of the owner of `path`, or the number where it has no name."""
    try:
        return path.owner()
    except (KeyError, PermissionError):
        return str(path.parent.stat().st_uid)


def _home_outside(var: Path, account: Account) -> Path:
    """The place under /var/lib for a checkout that the engines' account cannot enter.

    Named by a hash of the checkout's path and a token kept in `var`: a later clone at the same
    path does not find the data of one that was deleted.
    """
    token_file = var / "run" / "place-token"
    try:
        token = token_file.read_text(encoding="ascii")
    except FileNotFoundError:
        token = secrets.token_hex(16)
        token_file.write_text(token, encoding="ascii")
    digest = hashlib.sha256(f"{var}\0{token}".encode()).hexdigest()[:20]
    for directory, mode in ((PLACE_OF_LAST_RESORT, 0o755), (PLACE_OF_LAST_RESORT / digest, 0o755)):
        directory.mkdir(mode=mode, parents=True, exist_ok=True)
        directory.chmod(mode)
    home = PLACE_OF_LAST_RESORT / digest
    (home / "checkout").write_text(f"{var}\n", encoding="utf-8")
    if not can_reach(account, home):
        raise EngineError(
            f"用户 {account.name} 进不去 {home}，数据库无处可放；"
            "请用 SHUANGYUAN_VAR 指定一个它能进入的目录。"
        )
    return home


def make_socket_directory(account: Account) -> Path:
    """A fresh directory for the sockets, 0700 and at most 60 characters long.

    A socket's path may have 107 characters, whatever the length of the checkout's path.
    """
    for parent in ("/tmp", "/var/tmp", "/dev/shm"):  # noqa: S108  mkdtemp: fresh, 0700
        if len(parent) > LONGEST_SOCKET_DIRECTORY - 16 or not can_reach(account, Path(parent)):
            continue
        try:
            directory = Path(tempfile.mkdtemp(prefix=SOCKET_PREFIX, dir=parent))
        except OSError:
            continue
        if account.uid != os.geteuid():
            os.chown(directory, account.uid, account.gid)
        return directory
    raise EngineError("临时目录都不能写，没有地方放套接字。")


def remove_socket_directory(directory: Path, account: Account) -> None:
    """Remove a socket directory of an earlier run, if it is really one of ours."""
    try:
        found = directory.lstat()
    except FileNotFoundError:
        return
    ours = found.st_uid in {os.geteuid(), account.uid} and not directory.is_symlink()
    if ours and directory.name.startswith(SOCKET_PREFIX) and len(directory.parts) <= 4:
        shutil.rmtree(directory, ignore_errors=True)
