"""What the engines refuse, in words for the person who typed the command."""


class EngineError(Exception):
    """An engine cannot be started or stopped; the text says why and what to do."""
