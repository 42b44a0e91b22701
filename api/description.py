"""Serves the description of the API."""

from __future__ import annotations

from drf_spectacular.views import SpectacularJSONAPIView


class DescriptionView(SpectacularJSONAPIView):
    """The OpenAPI 3.1 description of all endpoints, for whoever is signed in."""

    schema = None
