"""Make the virtualenv from the pinned requirements; touches neither disk nor network when fresh."""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ("base.txt", "dev.txt")


def main() -> int:
    """Make or refresh the virtualenv named on the command line; 1 when it cannot be made."""
    venv = Path(sys.argv[1]).absolute()
    stamp = venv / ".requirements"
    try:
        venv.parent.mkdir(parents=True, exist_ok=True)
        if is_fresh(venv, stamp):
            return 0
        with (venv.parent / f".{venv.name}.lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            return 0 if is_fresh(venv, stamp) else build(venv, stamp)
    except PermissionError as error:
        where = Path(error.filename or venv)
        owner = next(path for path in (where, *where.parents) if path.exists()).owner()
        sys.stderr.write(
            f"不能写 {where}：它属于用户 {owner}。请以 {owner} 运行，或自己克隆一份。\n"
        )
        return 1


def fingerprint() -> str:
    """What the requirements ask for, as a hash."""
    digest = hashlib.sha256()
    for name in REQUIREMENTS:
        digest.update((CHECKOUT / "requirements" / name).read_bytes())
    return digest.hexdigest()


def is_fresh(venv: Path, stamp: Path) -> bool:
    """Whether the virtualenv has what is asked for and lies where it was made."""
    try:
        return stamp.read_text(encoding="utf-8") == f"{fingerprint()} {venv}\n" and runs(venv)
    except FileNotFoundError:
        return False


def runs(venv: Path) -> bool:
    """Whether this user can run the virtualenv's Python."""
    python = venv / "bin" / "python"
    try:
        subprocess.run([python, "-c", ""], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        return False
    return True


def build(venv: Path, stamp: Path) -> int:
    """Install into the virtualenv, with uv where there is one; the stamp comes last."""
    refuse_foreign(venv)
    began = time.monotonic()
    sys.stdout.write(f"正在建立 {venv}（第一次约一分钟）……\n")
    sys.stdout.flush()
    wanted = CHECKOUT / "requirements" / "dev.txt"
    python = venv / "bin" / "python"
    stamp.unlink(missing_ok=True)
    uv = shutil.which("uv")
    attempts = [with_uv(uv, venv, python, wanted)] if uv else []
    attempts.append(with_pip(venv, python, wanted))
    for commands in attempts:
        if all(succeeds(command) for command in commands):
            stamp.write_text(f"{fingerprint()} {venv}\n", encoding="utf-8")
            sys.stdout.write(f"用时 {time.monotonic() - began:.0f} 秒。\n")
            return 0
    sys.stderr.write("依赖没有装好（见上文）。联网后再试一次；已装好时不需要网络。\n")
    return 1


def refuse_foreign(venv: Path) -> None:
    """Refuse a virtualenv that another user made: its Python may be private to that user."""
    if venv.exists() and venv.stat().st_uid != os.geteuid():
        raise PermissionError(13, "made by another user", str(venv))


def with_uv(uv: str, venv: Path, python: Path, wanted: Path) -> list[list[str]]:
    """The commands that install with uv."""
    return [
        [uv, "venv", "--quiet", "--clear", "--python", sys.executable, str(venv)],
        [uv, "pip", "install", "--quiet", "--python", str(python), "-r", str(wanted)],
    ]


def with_pip(venv: Path, python: Path, wanted: Path) -> list[list[str]]:
    """The commands that install with pip: by `-m`, for a script's first line bears no spaces."""
    install = ["-m", "pip", "install", "-qq", "--disable-pip-version-check", "-r", str(wanted)]
    return [[sys.executable, "-m", "venv", "--clear", str(venv)], [str(python), *install]]


def succeeds(command: list[str]) -> bool:
    """Run one command, its output to ours."""
    return subprocess.run(command, check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(main())
