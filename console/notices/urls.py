"""Addresses of the page of notices."""

from django.urls import path

from console.notices import views

urlpatterns = [
    path("notices", views.list_notices, name="notices"),
    path("notices/read", views.read_many, name="notices-read"),
    path("notices/<int:notice_id>/read", views.read_one, name="notice-read"),
]
