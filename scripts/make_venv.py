"""Make the virtualenv under var/venv from the pinned requirements; nothing when it is fresh."""
