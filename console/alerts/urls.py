"""Addresses of the pages about cases."""

from django.urls import path

from console.alerts import export_views, views

urlpatterns = [
    path("alerts", views.list_alerts, name="alerts"),
    path("alerts/export.xlsx", export_views.export_alerts, name="alerts-export"),
    path("alerts/views", views.keep_view, name="alerts-keep-view"),
    path("alerts/views/<int:number>/drop", views.drop_view, name="alerts-drop-view"),
    path("alerts/<uuid:public_id>", views.show_alert, name="alert"),
    path("alerts/<uuid:public_id>/<slug:key>", views.move_alert, name="alert-move"),
]
