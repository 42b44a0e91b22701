"""The address of the page of the day."""

from django.urls import path

from console.today import views

urlpatterns = [path("today", views.show_today, name="today")]
