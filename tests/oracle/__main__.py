"""`python -m tests.oracle PATH --as-of DATE`: print what the sweep must print."""

import argparse
import sys
from datetime import date

from tests.oracle.reading import read_district
from tests.oracle.sweeping import alerts, narrowed, notices, to_json


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.oracle")
    parser.add_argument("path")
    parser.add_argument("--as-of", type=date.fromisoformat, required=True)
    parser.add_argument("--rule", default="")
    parser.add_argument("--school", default="")
    given = parser.parse_args()
    district = read_district(given.path)
    for line in notices(district, given.as_of):
        sys.stderr.write(f"{line}\n")
    array = alerts(district, given.as_of)
    sys.stdout.write(
        to_json(narrowed(array, district, given.as_of, rule=given.rule, school=given.school))
    )


if __name__ == "__main__":
    main()
