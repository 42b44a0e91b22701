"""Sign-in, sign-out and the change of a password."""

from __future__ import annotations

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, logout, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from console.accounts import sessions
from console.accounts.forms import PasswordChangeForm, SignInForm
from console.accounts.parts import REFUSED, too_many
from people.accounts import services
from people.accounts.addresses import place_of
from people.accounts.comings import went_out
from people.accounts.limits import claim_try, forget_tries
from people.accounts.links import owner_of, use_link
from people.accounts.names import written
from people.accounts.second_factor import needs_second_factor
from people.actors import actor_for
from people.models import User


@login_not_required
@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in by user name and password; the same word for a wrong name and a wrong password."""
    if request.method != "POST":
        if request.user.is_authenticated:
            return redirect(next_page(request))
        return sign_in_page(request, SignInForm())
    form = SignInForm(request.POST)
    if not form.is_valid():
        return sign_in_page(request, form, status=REFUSED)
    username, place = written(form.cleaned_data["username"]), place_of_request(request)
    if wait := claim_try(username=username, place=place, at=timezone.now()):
        return too_many(request, wait)
    user = authenticate(request, username=username, password=form.cleaned_data["password"])
    if user is None:
        form.add_error(None, _("用户名或密码不对，请检查后再试"))
        return sign_in_page(request, form, status=REFUSED)
    forget_tries(username=username, place=place)
    now = timezone.now()
    if needs_second_factor(user, actor_for(user, on=timezone.localdate(now))):
        sessions.wait_for_code(request, user, at=now, then=next_page(request))
        return redirect("sign-in-code")
    sessions.begin(request, user, at=now)
    return redirect(next_page(request))


@login_not_required
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session; nothing of it stays behind."""
    if request.user.is_authenticated:
        went_out(request.user, at=timezone.now())
    logout(request)
    messages.success(request, _("已退出登录"))
    return redirect("sign-in")


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def change_own_password(request: HttpRequest) -> HttpResponse:
    """Change one's own password; tries of the old one are counted like those of signing in."""
    user = cast(User, request.user)
    if request.method != "POST":
        return render(request, CHANGE_PAGE, {"form": PasswordChangeForm(user)})
    form = PasswordChangeForm(user, request.POST)
    if not form.is_valid():
        return render(request, CHANGE_PAGE, {"form": form}, status=REFUSED)
    place = f"change {place_of_request(request)}"
    if wait := claim_try(username=user.username, place=place, at=timezone.now()):
        return too_many(request, wait)
    if not user.check_password(form.cleaned_data["old"]):
        form.add_error("old", _("现在的密码不对，请重新输入"))
        return render(request, CHANGE_PAGE, {"form": form}, status=REFUSED)
    forget_tries(username=user.username, place=place)
    services.change_own_password(user=user, password=form.cleaned_data["new"], at=timezone.now())
    update_session_auth_hash(request, user)
    messages.success(request, _("密码已修改，其他设备上的登录已失效"))
    return redirect("change-password")


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_by_demo_link(request: HttpRequest, token: str) -> HttpResponse:
    """Sign in as a demo user: opening the link only asks, so that no preview uses it up."""
    if settings.PRODUCTION:
        raise Http404
    now = timezone.now()
    if request.method == "POST":
        with transaction.atomic():
            if user := use_link(token, at=now):
                sessions.begin(request, user, at=now, way="demo")
        if user is not None:
            return redirect(settings.LOGIN_REDIRECT_URL)
    else:
        user = owner_of(token, at=now)
    status = 200 if user else 410
    return render(request, "console/accounts/demo_link.html", {"owner": user}, status=status)


CHANGE_PAGE = "console/accounts/change_password.html"


def sign_in_page(request: HttpRequest, form: SignInForm, *, status: int = 200) -> HttpResponse:
    """The sign-in form, with where to go afterwards kept."""
    page = {"form": form, "next": request.POST.get("next", request.GET.get("next", ""))}
    return render(request, "console/accounts/sign_in.html", page, status=status)


def next_page(request: HttpRequest) -> str:
    """The page asked for before signing in, if it is one of ours."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return target if is_ours else str(settings.LOGIN_REDIRECT_URL)


def place_of_request(request: HttpRequest) -> str:
    """The client's address as far as it can be trusted."""
    return place_of(
        peer=request.META.get("REMOTE_ADDR", ""),
        forwarded=request.headers.get("X-Forwarded-For", ""),
        trusted_proxies=settings.TRUSTED_PROXIES,
    )
