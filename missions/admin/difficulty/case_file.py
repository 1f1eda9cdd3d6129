"""The case file: everything that one person may see of a difficulty, in order, to print or as HWPX for a handover."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from missions.admin.difficulty.status import standing
from missions.admin.local_time import moment_there
from missions.documents import hwpx_files
from missions.documents.parts import Document, Part, Row
from missions.files import attaching
from missions.files.downloads import saved_as
from missions.models import Action, Company, Difficulty, Linkage, PublishedCase, Relay, clocks_of
from missions.personal_data.masking import MASKED

RECORD = [
    *("reference", "country", "place", "type", "ntm_chapter", "sector", "hs_codes", "title", "account", "steps_taken"),
    *("report_source", "reported_on", "became_aware_on", "filed_by", "filed_through"),
    *("is_urgent", "urgent_reason", "hurts_on", "hurts_how", "value_amount"),
    *("outcome", "outcome_reason", "referred_to", "solution", "lesson"),
]
FIRM = ["name_ko", "name_en", "registration_number", "size", "region", "sector", "body"]
WRITTEN = {  # fields that are written otherwise than they are kept
    "value_amount": lambda row: _money(row.value_amount, row.value_currency),
    "registration_number": lambda row: row.written_number,
}
CONSENTS = ["shares_with_mission", "shares_with_organisations", "may_be_named"]
TEXT = ["title", "happened", "done", "lesson"]


def case_file_page(request, site, difficulty):
    """The case file on one page, or as HWPX where the address asks for that."""
    wanted = request.GET.get("format", "")
    document = case_file(difficulty, request.user)
    if wanted == "hwpx":
        headers = {"Content-Disposition": saved_as(f"{document.title}.hwpx", f"{difficulty.reference}.hwpx")}
        return HttpResponse(hwpx_files.write(document), hwpx_files.TYPE, headers=headers)
    if wanted:
        raise Http404
    context = site.each_context(request) | {
        "title": document.title,
        "opts": Difficulty._meta,
        "difficulty": difficulty,
        "document": document,
    }
    return render(request, "admin/missions/difficulty/file.html", context)


def case_file(difficulty, user):
    """Everything that a person may see of a difficulty, as a document. Contacts of firms are masked in it."""
    stands = standing(difficulty, user)
    clocks = clocks_of(user)
    now = moment_there(clocks, str(clocks.tzinfo))
    about = [
        difficulty.title,
        _("As %(person)s may see it, %(moment)s. Contacts of firms are masked. Not public.")
        % {"person": user, "moment": now},
    ]
    parts = [
        _where_it_stands(difficulty, stands),
        Part(_("Private record"), facts=_facts(difficulty, RECORD) + _others(difficulty, stands, user)),
        *_firms(difficulty, user),
        _relays(difficulty, user),
        _actions(difficulty, user),
        _linkages(difficulty, user),
        _files(difficulty),
        _follow_ups(stands["follow_ups"]),
        _history(difficulty, stands["timeline"]),
        *_texts(difficulty, user),
    ]
    return Document(_("Case file %(reference)s") % {"reference": difficulty.reference}, about, parts)


def _said(row, name):
    """A field of a row in words; empty where nothing is recorded."""
    if name in WRITTEN:
        return WRITTEN[name](row)
    field, value = row._meta.get_field(name), getattr(row, name)
    if field.choices:
        return str(getattr(row, f"get_{name}_display")())
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if value in (None, ""):
        return ""
    return _day(value) if field.get_internal_type() == "DateField" else str(value)


def _money(amount, currency):
    """An amount with its currency, in groups of three digits; empty where none is recorded."""
    return "" if amount is None else f"{amount:,.2f} {currency}".replace(".00", "").strip()


def _facts(row, names):
    """The fields of a row that say something, each with its name."""
    facts = [(str(row._meta.get_field(name).verbose_name), _said(row, name)) for name in names]
    return [(name, said) for name, said in facts if said]


def _day(day):
    return date_format(day, "DATE_FORMAT") if day else ""


def _where_it_stands(difficulty, stands):
    facts = [(_("Stage"), difficulty.get_stage_display()), (_("holder"), str(difficulty.holder))]
    facts += [(_("owner"), str(difficulty.owner or _("nobody yet")))]
    if difficulty.outcome:
        facts += [(_("Closed at"), moment_there(stands["since"], difficulty.time_zone))]
        facts += [(_("The firm says"), difficulty.get_confirmation_display())]
    else:
        facts += [(_("Waits on"), str(stands["waits_on"] or difficulty.holder))]
        facts += [(_("Since"), moment_there(stands["since"], difficulty.time_zone))]
        facts += [(_("Until"), _day(stands["until"]))]
    return Part(_("Where it stands"), facts=[(name, str(said)) for name, said in facts if said])


def _others(difficulty, stands, user):
    """Other difficulties that it is tied to, as far as they are open to this person."""
    similar = difficulty.similar.visible_to(user).order_by("pk")
    original = stands["original"]
    facts = []
    if original:
        facts.append((_("Duplicate of"), str(original) if stands["original_is_open"] else _("(not open to you)")))
    facts += [(_("Duplicates of it"), "\n".join(map(str, stands["duplicates"])))]
    facts += [(_("Similar difficulties"), "\n".join(map(str, similar)))]
    return [(name, said) for name, said in facts if said]


def _firms(difficulty, user):
    """The firm and those that reported it too, each as its own page tells of it to this person."""
    firms = [(difficulty.company, _("Firm"), [])] if difficulty.company else []
    for report in difficulty.further_reports.select_related("company", "filed_through", "filed_by"):
        said = _facts(report, ["account", "filed_through", "filed_by", "confirmation"])
        firms.append((report.company, _("Further firm %(reference)s") % {"reference": report.reference}, said))
    seen = {firm.pk: firm for firm in _companies(user).filter(pk__in=[firm.pk for firm, _title, _said in firms])}
    parts = []
    for firm, title, said in firms:
        facts = _facts(seen[firm.pk], FIRM) + _contact(seen[firm.pk], user) if firm.pk in seen else []
        parts.append(Part(title, facts=facts + said, empty=_("(not open to you)")))
    return parts


def _companies(user):
    return Company.objects.visible_to(user).select_related("sector", "body__mission")


def _contact(firm, user):
    """The contact of a firm, masked; where the firm did not agree that this body reads it, who may be asked."""
    if not firm.is_reachable_by(user):
        sentence = _("The firm has not agreed that other bodies contact it. Ask %(body)s, which registered it.")
        return [(_("Contact"), sentence % {"body": firm.body})]
    told = [(str(firm._meta.get_field(name).verbose_name), mask(getattr(firm, name))) for name, mask in MASKED.items()]
    return [(name, said) for name, said in told if said] + _facts(firm, CONSENTS)


def _relays(difficulty, user):
    legs = Relay.objects.visible_to(user).filter(difficulty=difficulty).order_by("sent_at", "pk")
    rows = []
    for leg in legs.select_related("sender__mission", "receiver__mission", "sent_by", "ended_by", "acknowledged_by"):
        sent = f"{moment_there(leg.sent_at, leg.sender.time_zone)}\n{leg.sent_by}"
        ended = _("open: %(day)s") % {"day": _day(leg.due_on)}
        if leg.ended_at:
            ended = f"{leg.get_ending_display()} {moment_there(leg.ended_at, leg.receiver.time_zone)}\n{leg.ended_by}"
        rows.append(Row([sent, str(leg), leg.asked, ended, leg.reply]))
    head = [_("Sent"), _("Relay"), _("What is asked"), _("How it ended"), _("Reply")]
    return Part(_("Relays"), head=head, rows=rows, empty=_("It was not relayed."))


def _withdrawn(row):
    return f"\n{_('Withdrawn: %(record)s') % {'record': row.withdrawn_because}}" if row.withdrawn_at else ""


def _actions(difficulty, user):
    actions = Action.objects.visible_to(user).filter(difficulty=difficulty).order_by("done_on", "pk")
    rows = [
        Row([_day(row.done_on), str(row.organisation), row.get_kind_display(), row.what + _withdrawn(row)])
        for row in actions.select_related("organisation")
    ]
    head = [_("Day"), _("Organisation"), _("Kind"), _("What was done")]
    return Part(_("Actions"), head=head, rows=rows, empty=_("No action is recorded."))


def _linkages(difficulty, user):
    linkages = Linkage.objects.visible_to(user).filter(difficulty=difficulty).order_by("linked_on", "pk")
    rows = [
        Row(
            [str(row.programme), _day(row.linked_on), str(row.made_by), row.result + _withdrawn(row)],
            reverse("admin:missions_linkage_change", args=[row.pk]),
        )
        for row in linkages.with_names()
    ]
    head = [_("Support programme"), _("Day"), _("Linked by"), _("Result")]
    return Part(_("Linkages to support"), head=head, rows=rows, empty=_("No linkage is recorded."))


def _files(difficulty):
    """The files, those that were removed too; each that is given out leads to its content."""
    rows = []
    for file in difficulty.attachments.with_names():
        added = f"{moment_there(file.added_at, difficulty.time_zone)}\n{file.added_by}"
        said, link = file.note, ""
        if file.removed_at:
            removed = _("Removed: %(reason)s") % {"reason": file.removed_because}
            said = "\n".join(filter(None, [file.note, removed]))
        elif attaching.why_not_open(file):
            said = "\n".join(filter(None, [file.note, file.get_scan_display()]))
        else:
            link = reverse("admin:missions_difficulty_file", args=[difficulty.pk, file.pk])
        rows.append(Row([file.name, filesizeformat(file.size), added, said], link))
    head = [_("File"), _("Size"), _("Added"), _("What it is")]
    return Part(_("Files"), head=head, rows=rows, empty=_("No file is attached."))


def _follow_ups(items):
    rows = [
        Row(
            [
                str(item.meeting),
                f"{item.get_kind_display()}: {item.what}",
                item.responsible or _("nobody named"),
                _day(item.due_on) or _("not set"),
                _day(item.done_on),
            ]
        )
        for item in items
    ]
    head = [_("Meeting"), _("What is to be done"), _("Responsible"), _("Due on"), _("Done on")]
    return Part(_("Follow-ups of meetings"), head=head, rows=rows, empty=_("No meeting asked for anything."))


def _history(difficulty, entries):
    """All that happened, the earliest first."""
    rows = [
        Row(
            [
                str(entry.day) if entry.day else moment_there(entry.at, entry.zone or difficulty.time_zone),
                entry.what,
                entry.who,
                entry.detail,
            ]
        )
        for entry in reversed(entries)
    ]
    head = [_("When"), _("What"), pgettext("took a step", "Who"), _("In detail")]
    return Part(_("What happened so far"), head=head, rows=rows)


def _texts(difficulty, user):
    """The public texts that this person may see, version by version, in both languages."""
    cases = PublishedCase.objects.visible_to(user).filter(reference=difficulty.case_reference or "-")
    return [
        Part(
            f"{_('Public text')} {case.reference}",
            facts=[
                (_("Version"), str(case.version)),
                (_("State"), case.get_state_display()),
                *_facts(case, [f"{name}_{language}" for name in TEXT for language in ("ko", "en")]),
            ],
        )
        for case in cases.order_by("version")
    ]
