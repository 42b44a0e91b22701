"""Reading of district files: parsers, bounds, encodings, speed of refusals."""
