"""Personal values: sealed in place, found by blind index, shown masked, read with a reason."""
