"""The command line of the project: `python manage.py help` lists what it can do."""

import os
import sys

from backend.commandline import is_owner_command, run


def main() -> None:
    """Run one management command, as the owner role where the command changes the schema."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.settings")
    if is_owner_command(sys.argv):
        os.environ["SHUANGYUAN_DATABASE_ROLE"] = "owner"
    run(sys.argv)


if __name__ == "__main__":
    main()
