"""The whole table of malformed inputs."""

from tests.malformed import cells
from tests.malformed.case import Malformed

CASES: list[Malformed] = [*cells.CASES]
