"""Addresses of the API."""

from django.urls import path, re_path

from api.alerts import views as alerts
from api.batches import views as batches
from api.complaints import views as complaints
from api.description import DescriptionView
from api.devices import DevicesView, DeviceView, RenewView, SignInView, SignOutView
from api.documents import DocumentPdfView, DocumentsView, DocumentView, WordingView
from api.hosts import records as host_records
from api.hosts import views as hosts
from api.institutions import EnterprisesView, EnterpriseView, SchoolsView, SchoolView
from api.me import MeView
from api.placements import urls as placements
from api.posts import PostsView, PostView
from api.rosters import LearnersView, MentorsView, TeachersView
from api.signing import DocumentLinksView, WithdrawLinkView
from api.views import NotThere

app_name = "api"
urlpatterns = [
    path("tokens", SignInView.as_view(), name="tokens"),
    path("tokens/refresh", RenewView.as_view(), name="tokens-refresh"),
    path("tokens/end", SignOutView.as_view(), name="tokens-end"),
    path("devices", DevicesView.as_view(), name="devices"),
    path("devices/<uuid:public_id>", DeviceView.as_view(), name="device"),
    path("me", MeView.as_view(), name="me"),
    path("schools", SchoolsView.as_view(), name="schools"),
    path("schools/<int:pk>", SchoolView.as_view(), name="school"),
    path("enterprises", EnterprisesView.as_view(), name="enterprises"),
    path("enterprises/<int:pk>", EnterpriseView.as_view(), name="enterprise"),
    path("posts", PostsView.as_view(), name="posts"),
    path("posts/<int:pk>", PostView.as_view(), name="post"),
    path("learners", LearnersView.as_view(), name="learners"),
    path("teachers", TeachersView.as_view(), name="teachers"),
    path("mentors", MentorsView.as_view(), name="mentors"),
    *placements.urlpatterns,
    path("placements/<int:pk>/wording", WordingView.as_view(), name="placement-wording"),
    path("placements/<int:pk>/documents", DocumentsView.as_view(), name="placement-documents"),
    path("documents/<uuid:public_id>", DocumentView.as_view(), name="document"),
    path("documents/<uuid:public_id>/links", DocumentLinksView.as_view(), name="document-links"),
    path(
        "signing-links/<uuid:public_id>/withdraw",
        WithdrawLinkView.as_view(),
        name="signing-link-withdraw",
    ),
    path("documents/<uuid:public_id>/pdf", DocumentPdfView.as_view(), name="document-pdf"),
    path("alerts", alerts.AlertsView.as_view(), name="alerts"),
    path("alerts/<uuid:public_id>", alerts.AlertView.as_view(), name="alert"),
    path(
        "alerts/<uuid:public_id>/candidates",
        alerts.CandidatesView.as_view(),
        name="alert-candidates",
    ),
    path(
        "alerts/<uuid:public_id>/acknowledge",
        alerts.AcknowledgeView.as_view(),
        name="alert-acknowledge",
    ),
    path("alerts/<uuid:public_id>/note", alerts.NoteView.as_view(), name="alert-note"),
    path("alerts/<uuid:public_id>/assign", alerts.AssignView.as_view(), name="alert-assign"),
    path("alerts/<uuid:public_id>/waive", alerts.WaiveView.as_view(), name="alert-waive"),
    path(
        "alerts/<uuid:public_id>/end-waiver",
        alerts.EndWaiverView.as_view(),
        name="alert-end-waiver",
    ),
    path("hosts/<int:pk>", hosts.HostView.as_view(), name="host"),
    path("hosts/<int:pk>/freeze", hosts.FreezeView.as_view(), name="host-freeze"),
    path("hosts/<int:pk>/unfreeze", hosts.UnfreezeView.as_view(), name="host-unfreeze"),
    path("hosts/<int:pk>/records", host_records.RecordsView.as_view(), name="host-records"),
    path("hosts/<int:pk>/assess", host_records.AssessView.as_view(), name="host-assess"),
    path("hosts/<int:pk>/check", host_records.CheckView.as_view(), name="host-check"),
    path("hosts/<int:pk>/decide", host_records.DecideView.as_view(), name="host-decide"),
    path("freezes", hosts.FreezesView.as_view(), name="freezes"),
    path("batches", batches.BatchesView.as_view(), name="batches"),
    path("batches/missing", batches.MissingView.as_view(), name="batches-missing"),
    path("batches/<uuid:public_id>", batches.BatchView.as_view(), name="batch"),
    path("batches/<uuid:public_id>/add", batches.AddView.as_view(), name="batch-add"),
    path("batches/<uuid:public_id>/take-out", batches.TakeOutView.as_view(), name="batch-take-out"),
    path("batches/<uuid:public_id>/file", batches.FileView.as_view(), name="batch-file"),
    path("complaints", complaints.ComplaintsView.as_view(), name="complaints"),
    path("complaints/changes", complaints.ChangesAfterView.as_view(), name="complaint-changes"),
    path("complaints/<uuid:public_id>", complaints.ComplaintView.as_view(), name="complaint"),
    path(
        "complaints/<uuid:public_id>/look-into",
        complaints.LookIntoView.as_view(),
        name="complaint-look-into",
    ),
    path(
        "complaints/<uuid:public_id>/answer",
        complaints.AnswerView.as_view(),
        name="complaint-answer",
    ),
    path(
        "complaints/<uuid:public_id>/close", complaints.CloseView.as_view(), name="complaint-close"
    ),
    path("schema", DescriptionView.as_view(), name="schema"),
    re_path(r"^.*$", NotThere.as_view(), name="not-there"),
]
