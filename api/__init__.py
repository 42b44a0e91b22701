"""The REST edge. Empty until accounts exist: every endpoint needs an actor."""
