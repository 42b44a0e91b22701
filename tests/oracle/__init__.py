"""The interchange contract read a second time, day by day, nothing of the product imported."""
