"""Addresses of the pages of complaints."""

from django.urls import path

from console.complaints import views

urlpatterns = [
    path("complaints", views.list_complaints, name="complaints"),
    path("complaints/new", views.write_complaint, name="complaint-new"),
    path("complaints/changes", views.list_changes, name="complaint-changes"),
    path("complaints/<uuid:public_id>", views.show_complaint, name="complaint"),
    path("complaints/<uuid:public_id>/<slug:key>", views.move_complaint, name="complaint-move"),
]
