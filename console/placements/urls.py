"""Addresses of the pages about placements."""

from django.urls import path

from console.placements import move_views, views

urlpatterns = [
    path("placements", views.list_placements, name="placements"),
    path("placements/<int:number>", views.show_placement, name="placement"),
    path(
        "placements/<int:number>/moves/<slug:key>",
        move_views.move_placement,
        name="placement-move",
    ),
]
