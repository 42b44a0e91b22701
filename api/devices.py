"""Phones: signing in on one, renewing its tokens, and the list of one's own."""

from __future__ import annotations

from typing import Any

import django_filters
from django.conf import settings
from django.contrib.auth import authenticate
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.authentication import PhoneToken
from api.doing import KEY_PARAMETER, done_once
from api.permissions import SignedIn
from api.problems import Problem, ProblemCode
from api.views import Endpoint, RowsView, SeenRows
from audit.answers import Answer
from people.accounts.addresses import place_of
from people.accounts.limits import claim_try, forget_tries
from people.accounts.names import written
from people.accounts.tokens import (
    ROLES_OF_THE_CONSOLE,
    TokenRefused,
    Tokens,
    begin_device,
    end_device,
    renew,
)
from people.actors import Actor, actor_for
from people.models import Device, DeviceEnd
from people.models.devices import LONGEST_DEVICE_NAME


class SignInAsked(serializers.Serializer[Any]):
    """Who signs in, and what the phone is called in the list of devices."""

    username = serializers.CharField(max_length=200)
    password = serializers.CharField(max_length=1000, trim_whitespace=False)
    device = serializers.CharField(max_length=LONGEST_DEVICE_NAME)


class RenewAsked(serializers.Serializer[Any]):
    """The refresh token that is used up by this."""

    refresh = serializers.CharField(max_length=200)


class TokensSerializer(serializers.Serializer[Any]):
    """Both tokens of a device, and until when each is good."""

    device = serializers.UUIDField(source="device.public_id")
    access = serializers.CharField()
    access_expires_at = serializers.DateTimeField()
    refresh = serializers.CharField()
    refresh_expires_at = serializers.DateTimeField()


def told(tokens: Tokens, status: int) -> Response:
    """The answer that holds tokens, which nothing on the way may keep."""
    headers = {"Cache-Control": "no-store"}
    return Response(TokensSerializer(tokens).data, status, headers=headers)


class Door(Endpoint):
    """Where one comes in: nobody is signed in yet, and no session counts."""

    authentication_classes: list[Any] = []
    permission_classes: list[Any] = []
    throttle_classes: list[Any] = []


class SignInView(Door):
    """Sign in on a phone by user name and password."""

    @extend_schema(
        summary=_("在手机上登录"),
        tags=["tokens"],
        request=SignInAsked,
        responses={201: TokensSerializer},
    )
    def post(self, request: Request) -> Response:
        """The same refusal for a wrong name and a wrong password; tries are counted before they are
        looked at. Who sees a whole school or the district signs in by the console."""
        asked = SignInAsked(data=request.data)
        asked.is_valid(raise_exception=True)
        now, sent = timezone.now(), asked.validated_data
        username, place = written(sent["username"]), place_of_request(request)
        if wait := claim_try(username=username, place=place, at=now):
            raise Problem(ProblemCode.THROTTLED, headers={"Retry-After": str(wait)})
        user: Any = authenticate(request._request, username=username, password=sent["password"])
        if user is None:
            raise Problem(ProblemCode.WRONG_PASSWORD)
        forget_tries(username=username, place=place)
        roles = actor_for(user, on=timezone.localdate(now)).roles
        if roles & ROLES_OF_THE_CONSOLE:
            raise Problem(ProblemCode.CONSOLE_ONLY)
        return told(begin_device(user=user, name=sent["device"], at=now), 201)


class RenewView(Door):
    """The next tokens of a phone."""

    @extend_schema(
        summary=_("更新令牌"), tags=["tokens"], request=RenewAsked, responses=TokensSerializer
    )
    def post(self, request: Request) -> Response:
        """A refresh token is good once; sent again within ten seconds it brings the same answer,
        later it ends the device."""
        asked = RenewAsked(data=request.data)
        asked.is_valid(raise_exception=True)
        try:
            return told(renew(asked.validated_data["refresh"], at=timezone.now()), 200)
        except TokenRefused as refusal:
            raise Problem(ProblemCode.TOKEN_REFUSED) from refusal


class SignOutView(Endpoint):
    """Sign out on the phone that asks."""

    authentication_classes = [PhoneToken]
    permission_classes = [SignedIn]

    @extend_schema(
        summary=_("在这部手机上退出"),
        tags=["tokens"],
        request=None,
        responses={204: None},
        parameters=[KEY_PARAMETER],
    )
    def post(self, request: Request) -> Response:
        """Its tokens are good no more from the next request on."""
        return done_once(request, lambda: ended(request.auth, DeviceEnd.SIGNED_OUT))


class DeviceSerializer(serializers.Serializer[Any]):
    """A phone on which one is signed in."""

    id = serializers.UUIDField(source="public_id")
    name = serializers.CharField()
    made_at = serializers.DateTimeField()
    rotated_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()


class DeviceFilters(django_filters.FilterSet):
    """Nothing to ask: nobody has many."""


class SeenDevices(SeenRows):
    """One's own devices."""

    serializer_class = DeviceSerializer
    lookup_field = "public_id"

    def seen(self, actor: Actor) -> Any:
        """The actor's devices that have not ended."""
        return Device.objects.visible_to(actor).filter(expires_at__gt=timezone.now())


@extend_schema_view(get=extend_schema(summary=_("我的设备"), tags=["devices"]))
class DevicesView(SeenDevices, RowsView):
    """The phones on which one is signed in, the latest first."""

    filterset_class = DeviceFilters


class DeviceView(SeenDevices):
    """One of them."""

    filter_backends: list[Any] = []

    @extend_schema(
        summary=_("移除一部设备"),
        tags=["devices"],
        responses={204: None},
        parameters=[KEY_PARAMETER],
    )
    def delete(self, request: Request, public_id: Any) -> Response:
        """Its tokens are good no more from the next request on."""
        self.check_parameters(frozenset())
        return done_once(request, lambda: ended(self.get_object(), DeviceEnd.REVOKED))


def ended(device: Any, why: DeviceEnd) -> Answer:
    """End the device now."""
    end_device(device, why=why, at=timezone.now())
    return Answer(204)


def place_of_request(request: Request) -> str:
    """The client's address as far as it can be trusted."""
    return place_of(
        peer=request.META.get("REMOTE_ADDR", ""),
        forwarded=request.headers.get("X-Forwarded-For", ""),
        trusted_proxies=settings.TRUSTED_PROXIES,
    )
