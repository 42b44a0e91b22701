"""What must always hold is refused by the database itself, asked in raw SQL."""
