"""What the Makefile, CI and the images call: finding a Python, making the virtualenv, checking."""
