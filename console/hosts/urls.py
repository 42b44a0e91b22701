"""Addresses of the pages about hosts."""

from django.urls import path

from console.hosts import records, views

urlpatterns = [
    path("hosts", views.list_hosts, name="hosts"),
    path("hosts/<int:number>", views.show_host, name="host"),
    path("hosts/<int:number>/records/<slug:key>", records.keep_record, name="host-record"),
    path("hosts/<int:number>/freeze", views.freeze_host, name="host-freeze"),
    path("hosts/<int:number>/unfreeze", views.unfreeze_host, name="host-unfreeze"),
]
