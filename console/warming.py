"""What a fresh process would otherwise load while its first reader waits."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.forms.renderers import get_default_renderer
from django.template.loader import get_template
from django.urls import reverse
from django.utils.translation import gettext, override

from compliance.explain.texts import texts_in
from compliance.registry import all_rules
from law.articles import article_for

TEMPLATES = Path(__file__).parent / "templates"
# Of the widgets that forms here are made of; Django renders them with an engine of their own.
WIDGETS = (
    *("attrs", "checkbox", "date", "hidden", "input", "password"),
    *("select", "select_option", "text", "textarea"),
)


def warm() -> int:
    """Load the addresses, the templates, the rules with their texts, and the translations.

    Asks neither database nor broker, so that a process starts without them. How many templates
    there were.
    """
    reverse("home")
    names = sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html"))
    for name in names:
        get_template(name)
    widgets = get_default_renderer()
    for name in WIDGETS:
        widgets.get_template(f"django/forms/widgets/{name}.html")
    for rule in all_rules():
        article_for(rule.id)
    for language in ("zh", "en"):
        texts_in(language)
    for code, _name in settings.LANGUAGES:
        with override(code):
            gettext("")
    return len(names)
