"""Complaints: who raises them, who has them until when, and that nobody accused ever learns."""
