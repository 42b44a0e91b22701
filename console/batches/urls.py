"""Addresses of the pages of filing batches."""

from django.urls import path

from console.batches import views

urlpatterns = [
    path("batches", views.list_batches, name="batches"),
    path("batches/gather", views.gather, name="batch-gather"),
    path("batches/<uuid:public_id>", views.show_batch, name="batch"),
    path("batches/<uuid:public_id>/take-out", views.take_from_batch, name="batch-take-out"),
    path("batches/<uuid:public_id>/file", views.file_the_batch, name="batch-file"),
    path("batches/<uuid:public_id>/export.xlsx", views.export_batch, name="batch-export"),
]
