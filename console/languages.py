"""Which language a reader is answered in: Chinese first, English for who chose it or asks it."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

CHINESE, ENGLISH = "zh-hans", "en"


def language_of(request: HttpRequest) -> str:
    """The language chosen at the foot of a page; else what the browser lists.

    A browser that lists Chinese anywhere, or neither Chinese nor English, is answered in Chinese.
    """
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    if chosen in (CHINESE, ENGLISH):
        return chosen
    listed = parse_accept_lang_header(request.headers.get("Accept-Language", "")[:500])
    main = {code.partition("-")[0] for code, priority in listed if priority > 0}
    return ENGLISH if ENGLISH in main and "zh" not in main else CHINESE


class ChineseFirst(LocaleMiddleware):
    """Django's own, which asks `language_of` instead of what the browser would like best."""

    def process_request(self, request: HttpRequest) -> None:
        """Answer this request in that language."""
        translation.activate(language_of(request))
        request.LANGUAGE_CODE = translation.get_language()


@login_not_required
@never_cache
@require_POST
def choose_language(request: HttpRequest) -> HttpResponseBase:
    """Keep the choice in a cookie, and lead back to where it was made if that is of this site."""
    return set_language(request)
