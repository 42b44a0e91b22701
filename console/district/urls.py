"""The address of the commission's page."""

from django.urls import path

from console.district import views

urlpatterns = [path("district", views.show_district, name="district")]
