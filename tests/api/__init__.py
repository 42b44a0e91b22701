"""The REST edge: refusals, lists, one row, what is done to cases, and the walk over every route."""
