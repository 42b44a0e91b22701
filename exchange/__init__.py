"""District files in and out: their format, reading and loading, and the demo district."""
