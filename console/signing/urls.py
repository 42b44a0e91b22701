"""Addresses of the pages behind signing links."""

from django.urls import path

from console.signing import views

urlpatterns = [
    path("sign/<str:token>", views.sign_paper, name="sign-paper"),
    path("sign/<str:token>/code", views.ask_for_code, name="sign-paper-code"),
    path("sign/<str:token>/paper.pdf", views.show_bytes, name="sign-paper-pdf"),
]
