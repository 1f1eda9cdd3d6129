"""Writes a mail: references, steps, who took them, days and links. No text that anybody typed."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from missions.messages import invitation, words
from missions.models import NoticeKind, clocks_of

MOST = 100  # notices in one mail; of the others it says how many they are


def compose(mail):
    """The message of a mail, from what its reader may see at present; None where there is nothing, or nobody."""
    reader = mail.reader
    if not (reader.is_active and reader.email):
        return None
    with translation.override(reader.language):
        notices = mail.notices.select_related("by").order_by("pk")
        notices = [notice for notice in words.with_rows(notices, reader) if notice.row]
        if not notices:
            return None
        zone = clocks_of(reader).tzinfo
        for notice in notices:
            notice.on = date_format(timezone.localtime(notice.at, zone), "DATE_FORMAT")
            notice.said, notice.reference = words.said(notice), words.reference(notice.row)
            notice.link = settings.DESK_ADDRESS + words.address(notice)
        context = {
            "notices": notices[:MOST],
            "more": max(len(notices) - MOST, 0),
            "list": settings.DESK_ADDRESS + reverse("admin:messages"),
            "choice": settings.DESK_ADDRESS + reverse("admin:messages_delivery"),
        }
        message = EmailMessage(
            _subject(mail, notices),
            render_to_string("messages/mail.txt", context),
            to=[reader.email],
            headers={
                "Message-ID": f"<mail-{mail.pk}@{settings.SITE_NAMESPACE}>",
                "Auto-Submitted": "auto-generated",
                "Content-Language": reader.language,
            },
        )
        for notice in notices[:MOST]:
            if notice.kind in (NoticeKind.MEETING, NoticeKind.CALLED_OFF) and invitation.is_told(notice.row):
                method, text = invitation.of(notice, reader)
                message.attach(f"meeting-{notice.row.key}.ics", text, f"text/calendar; method={method}")
    return message


def _subject(mail, notices):
    about = f"{notices[0].reference}: {capfirst(words.happened(notices[0]))}"
    if mail.digest_on:
        count = ngettext("%(count)d message", "%(count)d messages", len(notices)) % {"count": len(notices)}
        about = f"{count} · {date_format(mail.digest_on, 'DATE_FORMAT')}"
    return f"[{_('Staff desk')}] {about}"
