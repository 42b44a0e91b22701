"""Pages are asked at one moment, whatever the clock says."""

from tests.console.conftest import at_nine, district

__all__ = ("at_nine", "district")
