"""Addresses of the pages about cases."""

from django.urls import path

from console.alerts import views

urlpatterns = [
    path("alerts", views.list_alerts, name="alerts"),
    path("alerts/export.xlsx", views.export_alerts, name="alerts-export"),
    path("alerts/<uuid:public_id>", views.show_alert, name="alert"),
]
