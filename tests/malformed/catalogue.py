"""The whole table of malformed inputs."""

from tests.malformed import addresses, cells, files, merges, paths, workbooks
from tests.malformed.case import Malformed

CASES: list[Malformed] = [
    *cells.CASES,
    *files.CASES,
    *paths.CASES,
    *workbooks.CASES,
    *addresses.CASES,
    *merges.CASES,
]
