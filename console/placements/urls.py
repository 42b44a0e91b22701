"""Addresses of the pages about placements."""

from django.urls import path

from console.placements import views

urlpatterns = [
    path("placements", views.list_placements, name="placements"),
    path("placements/<int:number>", views.show_placement, name="placement"),
]
