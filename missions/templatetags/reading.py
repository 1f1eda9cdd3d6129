"""How the public pages print bilingual texts, days and certainty."""

import re
from datetime import date

from django import template
from django.template.defaultfilters import linebreaks_filter
from django.urls import translate_url
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from missions.fields.bilingual import KoreanText, OutdatedText
from missions.fields.telephones import telephones
from missions.templatetags.signs import badge

register = template.Library()
register.filter(telephones)
KOREAN_WORDS = re.compile("(㈜?[가-힣]+(?:[ ·]?[㈜가-힣]+)*)")
LONGEST_ADDRESS = 2000  # what every browser and server takes; a longer one would stand on the page four times


@register.filter
def tongue(text):
    """A short text, marked as Korean where English is still to be written, and where its English may be out of date."""
    if isinstance(text, OutdatedText):
        return format_html('{} <span class="tag">{}</span>', spoken(str(text)), _("English may be out of date"))
    return format_html('<span lang="ko">{}</span>', text) if isinstance(text, KoreanText) and text else spoken(text)


@register.filter
def spoken(text):
    """English words with the Korean among them marked, so that it is read aloud as Korean."""
    if get_language() != "en" or not isinstance(text, str):
        return text
    kind = type(text) if isinstance(text, SafeString) else str
    pieces = [kind(piece) for piece in KOREAN_WORDS.split(text)]
    pieces[1::2] = [format_html('<span lang="ko">{}</span>', piece) for piece in pieces[1::2]]
    return format_html_join("", "{}", ([piece] for piece in pieces))


@register.filter
def untranslated(text):
    """A small mark to stand behind a title that is still Korean for a reader of English."""
    return format_html(' <span class="tag">{}</span>', _("not yet in English")) if isinstance(text, KoreanText) else ""


@register.filter
def prose(text):
    """A long text in paragraphs, marked and with a remark where English is still to be written."""
    if not text:
        return ""
    paragraphs = linebreaks_filter(str(text))
    if isinstance(text, KoreanText):
        return format_html('<p class="remark">{}</p><div lang="ko">{}</div>', _("Not yet in English."), paragraphs)
    if isinstance(text, OutdatedText):
        said = _("The Korean was changed after this was written. The English may be out of date.")
        return format_html('<p class="remark">{}</p>{}', said, spoken(paragraphs))
    return spoken(paragraphs)


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
    return badge(record.certainty, record.get_certainty_display(), "certainty") if record.is_in_doubt else ""


@register.simple_tag(takes_context=True)
def in_language(context, language):
    """The address of this page in another language; its front page where there is none."""
    request = context.get("request")
    if request is None:
        return f"/{language}/"
    whole = request.get_full_path()
    address = translate_url(whole if len(whole) <= LONGEST_ADDRESS else request.path, language)
    return address if address.startswith(f"/{language}/") else f"/{language}/"
