"""`python -m tests.districts SEED FOLDER`: write one generated district and name its days."""

import sys
from pathlib import Path

from tests.districts.making import make_district
from tests.districts.spelling import write

if __name__ == "__main__":
    generated = make_district(int(sys.argv[1]))
    write(generated, Path(sys.argv[2]))
    sys.stdout.write(" ".join(map(str, generated.as_of)) + "\n")
