"""Everything that can be checked without running the product; every check runs, faults add up."""

import base64
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
LINT_IMPORTS = "from importlinter.cli import lint_imports_command; lint_imports_command()"
MANAGE = str(CHECKOUT / "manage.py")


def production_environment() -> dict[str, str]:
    """An environment that a production start accepts; its keys are thrown away."""

    def key() -> str:
        return base64.b64encode(secrets.token_bytes(32)).decode()

    return os.environ | {
        "SHUANGYUAN_ENV": "production",
        "SHUANGYUAN_DEBUG": "0",
        "SHUANGYUAN_SECRET_KEY": secrets.token_urlsafe(64),
        "SHUANGYUAN_FIELD_KEYS": f"1:{key()}",
        "SHUANGYUAN_BLIND_INDEX_KEY": key(),
        "SHUANGYUAN_ALLOWED_HOSTS": "shuangyuan.example",
        "DATABASE_URL": "postgresql://app@database.example/shuangyuan",
        "DATABASE_OWNER_URL": "postgresql://owner@database.example/shuangyuan",
        "REDIS_URL": "redis://broker.example:6379/0",
    }


def checks() -> Iterator[tuple[str, list[str], dict[str, str]]]:
    """Each check's name, the words after `python`, and its environment."""
    here = dict(os.environ)
    yield "format", ["-m", "ruff", "format", "--check", "--quiet", "."], here
    yield "lint", ["-m", "ruff", "check", "--quiet", "."], here
    yield "layers", ["-c", LINT_IMPORTS], here
    yield "types", ["-m", "mypy"], here
    deploy = [MANAGE, "check", "--deploy", "--fail-level", "WARNING"]
    yield "deploy", deploy, production_environment()
    # The history in a database is not asked: there need not be one
    migrations = ["-W", "ignore::RuntimeWarning", MANAGE, "makemigrations", "--check", "--dry-run"]
    yield "migrations", migrations, here
    yield "messages", [str(CHECKOUT / "scripts" / "messages.py"), "--check"], here
    yield "docs", [MANAGE, "docs", "--check"], here


def main() -> int:
    """Run every check; 1 when any found a fault."""
    failed = []
    for name, words, environment in checks():
        began = time.monotonic()
        done = subprocess.run(
            [sys.executable, *words],
            cwd=CHECKOUT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        verdict = "ok" if done.returncode == 0 else "FAULT"
        sys.stdout.write(f"{name:<12}{verdict:<8}{time.monotonic() - began:.1f} s\n")
        if done.returncode != 0:
            sys.stdout.write(f"{done.stdout.rstrip()}\n\n")
            failed.append(name)
        sys.stdout.flush()
    if failed:
        sys.stdout.write(f"make check 未通过：{'、'.join(failed)}（make fix 可自动改正格式）\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
