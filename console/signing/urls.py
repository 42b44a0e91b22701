"""Addresses of the pages behind signing links."""

from django.urls import path

from console.signing import papers, views

urlpatterns = [
    path("placements/<int:number>/papers", papers.show_papers, name="placement-papers"),
    path("placements/<int:number>/papers/wording", papers.write_papers, name="papers-wording"),
    path("placements/<int:number>/papers/issue", papers.issue_paper, name="papers-issue"),
    path("placements/<int:number>/papers/copy", papers.upload_copy, name="papers-copy"),
    path("papers/<uuid:public_id>", papers.download_paper, name="paper"),
    path("papers/<uuid:public_id>/link", papers.make_signing_link, name="paper-link"),
    path("copies/<uuid:public_id>", papers.download_copy, name="paper-copy"),
    path("signals/<int:number>/judge", papers.judge, name="signal-judge"),
    path("sign/<str:token>", views.sign_paper, name="sign-paper"),
    path("sign/<str:token>/code", views.ask_for_code, name="sign-paper-code"),
    path("sign/<str:token>/paper.pdf", views.show_bytes, name="sign-paper-pdf"),
]
