"""Addresses of the console."""

from django.urls import include, path

from console import views

urlpatterns = [
    path("", include("console.accounts.urls")),
    path("", views.show_status, name="status"),
    path("healthz", views.health, name="health"),
    path("readyz", views.readiness, name="readiness"),
]
