"""How the public pages print bilingual texts, days and certainty."""

from datetime import date

from django import template
from django.template.defaultfilters import linebreaks_filter
from django.urls import translate_url
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _

from missions.bilingual import KoreanText
from missions.models import Certainty
from missions.templatetags.marks import badge

register = template.Library()
LONGEST_ADDRESS = 2000  # what every browser and server takes; a longer one would stand on the page four times


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
def when(moment):
    """A day, known precisely or not, as a ``<time>`` where a machine can read it."""
    if isinstance(moment, date):
        return format_html('<time datetime="{}">{}</time>', moment.isoformat(), date_format(moment, "DATE_FORMAT"))
    return day(moment)


@register.filter
def certain(record):
    """How certain a record is, by icon, word and colour; nothing for the verified and for a body's own."""
    if record.certainty == Certainty.VERIFIED or record.is_own_entry:
        return ""
    return badge(record.certainty, record.get_certainty_display(), "certainty")


@register.simple_tag(takes_context=True)
def in_language(context, language):
    """The address of this page in another language; its front page where there is none."""
    request = context.get("request")
    if request is None:
        return f"/{language}/"
    whole = request.get_full_path()
    address = translate_url(whole if len(whole) <= LONGEST_ADDRESS else request.path, language)
    return address if address.startswith(f"/{language}/") else f"/{language}/"
