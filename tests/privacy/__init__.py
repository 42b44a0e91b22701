"""Personal values: sealed in their place, found by blind index, shown masked, read with a reason."""
