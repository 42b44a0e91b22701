"""Addresses of the pages about placements."""

from django.urls import path

from console.placements import (
    edit_views,
    gate_views,
    move_views,
    placing_views,
    views,
    waiting_views,
)

urlpatterns = [
    path("placements", views.list_placements, name="placements"),
    path("placements/new", placing_views.place, name="placements-new"),
    path("placements/waiting", waiting_views.list_waiting, name="placements-waiting"),
    path("placements/<int:number>", views.show_placement, name="placement"),
    path("placements/<int:number>/edit", edit_views.edit_placement, name="placement-edit"),
    path("placements/<int:number>/gate", gate_views.show_gate, name="placement-gate"),
    path(
        "placements/<int:number>/moves/<slug:key>",
        move_views.move_placement,
        name="placement-move",
    ),
]
