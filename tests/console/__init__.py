"""What the site answers."""
