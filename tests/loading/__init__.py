"""How district files get into the database, and out of it again."""
