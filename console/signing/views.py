"""Behind a signing link: the paper in plain words, a code, a name, a drawing; done once."""

from __future__ import annotations

import secrets
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from compliance.channels.codes import TooManyCodes, send_code
from console.accounts.parts import REFUSED, TOO_MANY
from console.accounts.views import place_of_request
from exchange.documents.rows import rows_of
from internships.life.refusals import LifeRefusal
from internships.models import Choice, SigningLink
from internships.signing.drawings import MOST_BYTES
from internships.signing.links import LONGEST_NAME, read_link
from internships.signing.refusals import LinkRefused
from internships.signing.signing import Signing, sign_by_link

GONE = 410
DEVICE = "signing_device"
A_YEAR = 365 * 24 * 3600
PAGE = "console/signing/paper.html"


class SigningForm(forms.Form):
    """Who signs, the code from the phone, and a drawing where the browser can."""

    name = forms.CharField(label=gettext_lazy("您的姓名"), max_length=LONGEST_NAME)
    code = forms.RegexField(
        r"^[0-9]{6}$",
        label=gettext_lazy("手机收到的六位验证码"),
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )
    drawing = forms.CharField(
        required=False, max_length=MOST_BYTES * 2, widget=forms.HiddenInput, strip=True
    )
    choice = forms.ChoiceField(choices=Choice.choices, widget=forms.HiddenInput, required=True)
    reason = forms.CharField(
        label=gettext_lazy("不同意的理由"),
        required=False,
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
    )


@login_not_required
@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_paper(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link shows the paper and does nothing; sending the form signs or declines it."""
    now = timezone.now()
    try:
        link = read_link(token, at=now)
        if request.method != "POST":
            return _page(request, token, link, SigningForm())
        return _decided(request, token, link)
    except LinkRefused as gone:
        return _gone(request, str(gone))


def _decided(request: HttpRequest, token: str, link: SigningLink) -> HttpResponse:
    now = timezone.now()
    form = SigningForm(request.POST)
    if not form.is_valid():
        return _page(request, token, link, form, status=REFUSED)
    sent = form.cleaned_data
    device = request.COOKIES.get(DEVICE, "")[:64] or secrets.token_urlsafe(16)
    signing = Signing(
        typed_name=sent["name"],
        code=sent["code"],
        drawing=sent["drawing"],
        place=place_of_request(request),
        device=device,
    )
    try:
        signature = sign_by_link(
            token,
            signing=signing,
            choice=Choice(sent["choice"]),
            reason=sent["reason"],
            at=now,
            on=timezone.localdate(now),
        )
    except LinkRefused:
        raise
    except LifeRefusal as refusal:
        return _page(request, token, link, form, status=REFUSED, refusal=str(refusal))
    answer = render(request, "console/signing/signed.html", {"signature": signature, "link": link})
    answer.set_cookie(
        DEVICE,
        device,
        max_age=A_YEAR,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
    return answer


@login_not_required
@never_cache
@require_POST
def ask_for_code(request: HttpRequest, token: str) -> HttpResponse:
    """Send a code to the phone that the link was made for, and show the paper again."""
    now = timezone.now()
    try:
        link = read_link(token, at=now)
        send_code(token, place=place_of_request(request), at=now)
    except LinkRefused as gone:
        return _gone(request, str(gone))
    except TooManyCodes as wait:
        answer = _page(request, token, link, SigningForm(), status=TOO_MANY, refusal=str(wait))
        answer.headers["Retry-After"] = str(wait.seconds)
        return answer
    sent = _("验证码已发送，十分钟内有效")
    return _page(request, token, link, SigningForm(), sent=sent)


@login_not_required
@never_cache
@require_safe
def show_bytes(request: HttpRequest, token: str) -> HttpResponse:
    """The paper itself, as PDF, while the link is good."""
    try:
        link = read_link(token, at=timezone.now())
    except LinkRefused as gone:
        return _gone(request, str(gone))
    document = link.document
    answer = HttpResponse(bytes(document.pdf), content_type="application/pdf")
    name = f"{document.kind}-{document.sha256[:12]}.pdf"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def _gone(request: HttpRequest, why: str) -> HttpResponse:
    return render(request, "console/accounts/link_gone.html", {"why": why}, status=GONE)


def _page(
    request: HttpRequest,
    token: str,
    link: SigningLink,
    form: SigningForm,
    *,
    status: int = 200,
    refusal: str = "",
    sent: str = "",
) -> HttpResponse:
    page: dict[str, Any] = {
        "token": token,
        "link": link,
        "document": link.document,
        "rows": rows_of(link.document),
        "form": form,
        "refusal": refusal,
        "sent": sent,
    }
    return render(request, PAGE, page, status=status)
