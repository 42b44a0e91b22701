"""The REST edge: endpoints under `/api/v1/`, of which there are none yet."""
