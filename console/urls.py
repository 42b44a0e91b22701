"""Addresses of the console."""

from django.urls import path

from console import views

urlpatterns = [
    path("healthz", views.health, name="health"),
]
