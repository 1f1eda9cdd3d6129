"""How the public pages print bilingual texts, days and certainty."""

from django import template
from django.template.defaultfilters import linebreaks_filter
from django.urls import translate_url
from django.utils.html import format_html
from django.utils.translation import gettext as _

from missions.bilingual import KoreanText
from missions.models import Certainty

register = template.Library()


@register.filter
def tongue(text):
    """A short text, marked as Korean where English is still to be written."""
    return format_html('<span lang="ko">{}</span>', text) if isinstance(text, KoreanText) and text else text


@register.filter
def prose(text):
    """A long text in paragraphs, marked and with a remark where English is still to be written."""
    if not text:
        return ""
    paragraphs = linebreaks_filter(str(text))
    if isinstance(text, KoreanText):
        return format_html('<p class="remark">{}</p><div lang="ko">{}</div>', _("Not yet in English."), paragraphs)
    return paragraphs


@register.filter
def day(precise):
    """A day with its precision, as a ``<time>`` where a machine can read it."""
    if precise.iso:
        return format_html('<time datetime="{}">{}</time>', precise.iso, precise)
    return str(precise)


@register.filter
def own_entry(record):
    """Whether a body itself entered the record: nothing else vouches for it, and it cites no source."""
    if record.certainty != Certainty.UNVERIFIED:
        return False
    return not (record.has_sources if hasattr(record, "has_sources") else record.sources.all())


@register.filter
def certain(record):
    """How certain a record is, by icon, word and colour; nothing for the verified and for a body's own."""
    if record.certainty == Certainty.VERIFIED or own_entry(record):
        return ""
    return format_html('<span class="certainty {}">{}</span>', record.certainty, record.get_certainty_display())


@register.simple_tag(takes_context=True)
def in_language(context, language):
    """The address of this page in another language; its front page where there is none."""
    request = context.get("request")
    if request is None:
        return f"/{language}/"
    address = translate_url(request.get_full_path(), language)
    return address if address.startswith(f"/{language}/") else f"/{language}/"
