"""District files in and out: the interchange format, its reading and loading, and the demo district."""
