"""Turns whatever stops a request into a problem document."""

from __future__ import annotations

import json
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.views import defaults
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from api.problems import MEDIA_TYPE, Problem, ProblemCode, document, places_of
from api.refusing import problem_of_refusal

PREFIX = "/api/"
WITH_A_BODY = ("POST", "PUT", "PATCH")
CODE_OF: tuple[tuple[type[Exception], ProblemCode], ...] = (
    (Http404, ProblemCode.NOT_FOUND),
    (exceptions.NotFound, ProblemCode.NOT_FOUND),
    (exceptions.ParseError, ProblemCode.MALFORMED),
    (exceptions.NotAuthenticated, ProblemCode.NOT_SIGNED_IN),
    (exceptions.AuthenticationFailed, ProblemCode.NOT_SIGNED_IN),
    (exceptions.MethodNotAllowed, ProblemCode.METHOD_NOT_ALLOWED),
    (exceptions.NotAcceptable, ProblemCode.NOT_ACCEPTABLE),
    (exceptions.UnsupportedMediaType, ProblemCode.UNSUPPORTED_MEDIA_TYPE),
    (exceptions.Throttled, ProblemCode.THROTTLED),
    (exceptions.PermissionDenied, ProblemCode.NOT_PERMITTED),
    (PermissionDenied, ProblemCode.NOT_PERMITTED),
)


def answer_refusal(error: Exception, context: dict[str, Any]) -> Response | None:
    """The answer to an error that a view raised; None for a fault of ours, which goes on up."""
    request = context["request"]
    problem = problem_of(error, within="body" if request.method in WITH_A_BODY else "query")
    if problem is None:
        return None
    headers = dict(problem.headers)
    if challenge := getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = challenge
    if wait := getattr(error, "wait", None):
        headers["Retry-After"] = f"{wait:.0f}"
    set_rollback()
    said = document(problem, instance=request.path)
    return Response(said, problem.code.status, headers=headers, content_type=MEDIA_TYPE)


def problem_of(error: Exception, *, within: str) -> Problem | None:
    """The error as a problem; None when it is none of those that a request can cause."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, exceptions.ValidationError):
        places = places_of(error.detail, within=within)
        return Problem(ProblemCode.INVALID, places=places)
    for kind, code in CODE_OF:
        if isinstance(error, kind):
            return Problem(code)
    return problem_of_refusal(error)


def answer_fault(request: HttpRequest) -> HttpResponse:
    """The answer when something of ours failed: a problem to a program, a page to a reader."""
    return _answer(request, ProblemCode.FAILED) or defaults.server_error(request)


def answer_bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The answer to a request that was stopped before it came to a view."""
    code = ProblemCode.MALFORMED
    return _answer(request, code) or defaults.bad_request(request, exception)


def _answer(request: HttpRequest, code: ProblemCode) -> HttpResponse | None:
    if not request.path.startswith(PREFIX):
        return None
    said = json.dumps(document(Problem(code), instance=request.path), ensure_ascii=False)
    return HttpResponse(said, status=code.status, content_type=MEDIA_TYPE)
