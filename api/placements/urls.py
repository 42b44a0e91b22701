"""Addresses of placements and of their amendments."""

from django.urls import path

from api.placements import amendments
from api.placements.bulk import MANY_VIEWS
from api.placements.gate import GateView, SettlementView
from api.placements.of_one import StepsView, TermsView
from api.placements.successor import SuccessorView
from api.placements.views import MOVE_VIEWS, PlacementsView, PlacementView

urlpatterns = [
    path("placements", PlacementsView.as_view(), name="placements"),
    path("placements/<int:pk>", PlacementView.as_view(), name="placement"),
    path("placements/<int:pk>/steps", StepsView.as_view(), name="placement-steps"),
    path("placements/<int:pk>/terms", TermsView.as_view(), name="placement-terms"),
    path("placements/<int:pk>/gate", GateView.as_view(), name="placement-gate"),
    path("placements/<int:pk>/settlement", SettlementView.as_view(), name="placement-settlement"),
    path(
        "placements/<int:pk>/amendments",
        amendments.AmendmentsView.as_view(),
        name="placement-amendments",
    ),
    path("placements/<int:pk>/successor", SuccessorView.as_view(), name="placement-successor"),
    *(
        path(f"placements/{key}", view.as_view(), name=f"placements-{key}")
        for key, view in MANY_VIEWS.items()
    ),
    *(
        path(f"placements/<int:pk>/{key}", view.as_view(), name=f"placement-{key}")
        for key, view in MOVE_VIEWS.items()
    ),
    path("amendments/<int:pk>", amendments.AmendmentView.as_view(), name="amendment"),
    path("amendments/<int:pk>/gate", amendments.AmendmentGateView.as_view(), name="amendment-gate"),
    path("amendments/<int:pk>/agree", amendments.AgreeView.as_view(), name="amendment-agree"),
    path(
        "amendments/<int:pk>/turn-down",
        amendments.TurnDownView.as_view(),
        name="amendment-turn-down",
    ),
]
