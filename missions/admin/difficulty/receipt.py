"""The receipt of a difficulty: one page to hand to the firm, in both languages beside each other."""

from dataclasses import dataclass

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from missions.difficulties import codes
from missions.fields.addresses import page_of
from missions.fields.answer_times import taken_up_within, within
from missions.fields.dates import today_in
from missions.fields.validators import is_key


@dataclass(frozen=True)
class ReceiptPage:
    """The receipt in one language: lines of a name and what stands there, and what happens next."""

    language: str
    title: str
    lines: list
    next_heading: str
    next_steps: list


def receipt_page(request, site, difficulty, report_key=None):
    """The receipt, to be printed. Raises ``Http404`` for the key of a further report that is not there."""
    report = None
    if report_key is not None:
        report = difficulty.further_reports.filter(pk=report_key).first() if is_key(report_key) else None
        if report is None:
            raise Http404
    context = {
        **site.each_context(request),
        "title": f"{_('Receipt')} {(report or difficulty).reference}",
        "opts": difficulty._meta,
        "difficulty": difficulty,
        "pages": receipt_pages(difficulty, report, request.build_absolute_uri("/")),
    }
    return render(request, "admin/missions/difficulty/receipt.html", context)


def receipt_pages(difficulty, report=None, here="/"):
    """The receipt in Korean and in English: of the difficulty, or of the report of a further firm.

    ``here`` is the address of the site, unless the settings name another one for readers.
    """
    site, code, made = settings.PUBLIC_ADDRESS or here, codes.printed(difficulty, report), []
    for language in ("ko", "en"):
        with translation.override(language):
            lines = [(name, text or _("not recorded")) for name, text in _lines(difficulty, report)]
            lines += _ask_with(code, f"{site.rstrip('/')}{page_of('status')}")
            made.append(
                ReceiptPage(language, _("Receipt of a difficulty"), lines, _("What happens next"), _next(difficulty))
            )
    return made


def _lines(difficulty, report):
    """What was reported, in short. No account, no remark, nothing of its further way.

    The title is in the words of the first firm: a further one does not read it.
    """
    filed = report or difficulty
    body, at = filed.filed_through, report.filed_at if report else difficulty.events.earliest("pk").at
    what = [difficulty.country.name, difficulty.type.name, *([] if report else [difficulty.title])]
    return [
        (_("Reference"), filed.reference),
        (_("Filed on"), date_format(today_in(body.time_zone, at), "DATE_FORMAT")),
        (_("Firm"), filed.company.name if filed.company else ""),
        (_("What was reported"), "\n".join(what)),
        (_("Received by"), body.name),
        (_("Person who filed it"), str(filed.filed_by)),
        (_("How to reach the body"), _contact(body)),
    ]


def _ask_with(code, address):
    """The code with which the firm asks where its report stands, and where it does."""
    if not code:
        return [(_("Status code"), _("none in use; the body issues one"))]
    return [(_("Status code"), code), (_("Where the report stands"), address)]


def _contact(body):
    """The body’s public contact; where none is recorded, that of its mission."""
    if body.contact or not body.mission:
        return body.contact
    mission = body.mission
    ways = list(filter(None, [mission.address, mission.telephone, mission.url]))
    return "\n".join([mission.name, *ways] if ways else [])


def _next(difficulty):
    """What the steps and clocks promise every difficulty."""
    taken_up, (acknowledge, answer) = taken_up_within(difficulty.is_urgent), within(difficulty.is_urgent)
    days = ngettext("%(count)d working day", "%(count)d working days", answer) % {"count": answer}
    return [
        ngettext(
            "The body takes the report up within %(count)d working day, or passes it to the body that can help.",
            "The body takes the report up within %(count)d working days, or passes it to the body that can help.",
            taken_up,
        )
        % {"count": taken_up},
        ngettext(
            "A body it is passed to acknowledges it within %(count)d working day and answers within %(answer)s, "
            "by the working days of its own country.",
            "A body it is passed to acknowledges it within %(count)d working days and answers within %(answer)s, "
            "by the working days of its own country.",
            acknowledge,
        )
        % {"count": acknowledge, "answer": days},
        _("When it is closed, what the firm says of it is recorded. Where the firm disagrees, it is taken up again."),
        _("The reference stays the same wherever the report goes. Give it with every question."),
        _("Whoever has the status code reads how far the report is. Keep it, and ask for another where it was lost."),
        _("The report itself is not made public."),
    ]
