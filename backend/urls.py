"""The addresses of the site."""

from django.urls import include, path

urlpatterns = [
    path("api/v1/", include("api.urls")),
    path("", include("console.urls")),
]
handler400 = "api.handling.answer_bad_request"
handler500 = "api.handling.answer_fault"
