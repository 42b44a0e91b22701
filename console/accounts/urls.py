"""Addresses of the sign-in pages."""

from django.urls import path

from console.accounts import views

urlpatterns = [
    path("sign-in", views.sign_in, name="sign-in"),
    path("sign-out", views.sign_out, name="sign-out"),
    path("password", views.change_own_password, name="change-password"),
    path("sign-in/demo/<str:token>", views.sign_in_by_demo_link, name="demo-sign-in"),
]
