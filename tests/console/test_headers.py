"""No page runs or shows what is not the site's own."""

import re

import pytest
from django.conf import settings
from django.test import Client

INLINE = re.compile(
    r"""<script(?![^>]*\ssrc=)|\son[a-z]+=|\sstyle=|<style|javascript:""", re.IGNORECASE
)


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/sign-in", "/healthz", "/nowhere"])
def test_every_answer_forbids_what_is_not_the_sites_own(client: Client, address: str) -> None:
    policy = client.get(address).headers["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy


def test_no_template_holds_what_the_policy_forbids() -> None:
    templates = sorted((settings.BASE_DIR / "console" / "templates").rglob("*.html"))

    inline = {path.name for path in templates if INLINE.search(path.read_text("utf-8"))}

    assert len(templates) > 20
    assert inline == set()
