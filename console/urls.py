"""Addresses of the console."""

from django.urls import include, path

from console import languages, views

urlpatterns = [
    path("", include("console.accounts.urls")),
    path("", views.show_home, name="home"),
    path("language", languages.choose_language, name="choose-language"),
    path("status", views.show_status, name="status"),
    path("", include("console.placements.urls")),
    path("", include("console.signing.urls")),
    path("", include("console.alerts.urls")),
    path("", include("console.today.urls")),
    path("", include("console.notices.urls")),
    path("", include("console.district.urls")),
    path("", include("console.hosts.urls")),
    path("", include("console.batches.urls")),
    path("", include("console.complaints.urls")),
    path("healthz", views.health, name="health"),
    path("readyz", views.readiness, name="readiness"),
]
