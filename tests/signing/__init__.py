"""Papers that are signed, and how they are signed without an account."""
