"""Addresses of the console."""

from django.urls import path

from console import views

urlpatterns = [
    path("", views.show_status, name="status"),
    path("healthz", views.health, name="health"),
    path("readyz", views.readiness, name="readiness"),
]
