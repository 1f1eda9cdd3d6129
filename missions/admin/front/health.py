"""How the running bodies are doing: what the ministries ask each of them about, and the page that shows it."""

import datetime
from collections import Counter, defaultdict
from dataclasses import dataclass

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from missions.fields.dates import today_in
from missions.models import AT_WORK, Body, Difficulty, Membership, OrganisationKind, Relay, Rhythm

ENDING = datetime.timedelta(days=60)
# The longest time, in days, between two meetings of a body that keeps its rhythm: the period and a third of it.
LONGEST = {Rhythm.MONTHLY: 40, Rhythm.QUARTERLY: 122, Rhythm.HALF_YEARLY: 243, Rhythm.YEARLY: 487}
K = OrganisationKind
# Who sits on a body, as the agreement names them: public agencies, large and small firms, local governments,
# lawyers and private experts beside the mission. One seat of any kind in a group is enough.
EXPECTED = [
    (gettext_lazy("public agency"), {K.AGENCY, K.AGENCY_OFFICE}),
    (gettext_lazy("large firm"), {K.LARGE_FIRM}),
    (gettext_lazy("small firm"), {K.SMALL_FIRM, K.STARTUP_GROUP, K.ASSOCIATION}),
    (gettext_lazy("local government"), {K.LOCAL_GOVERNMENT}),
    (gettext_lazy("law firm"), {K.LAW_FIRM}),
    (gettext_lazy("expert"), {K.EXPERT, K.ACCOUNTING_FIRM, K.RESEARCH, K.BANK}),
]


@dataclass(frozen=True)
class Health:
    """One body: days since its last meeting (None: none known), and what is late, missing or about to end.

    ``rhythm_kept`` is None where the rhythm or the last meeting is not known. ``unattended`` is how many open
    difficulties and relays wait where no staff is posted, or the body is not at work.
    """

    body: Body
    silent_days: int | None
    rhythm_kept: bool | None
    late_legs: list
    unattended: int
    missing: list
    ending: list

    @property
    def warnings(self):
        """How many things the ministries would ask this body about."""
        asked = [self.rhythm_kept is False, self.late_legs, self.unattended, self.missing, self.ending]
        return sum(map(bool, asked))


def checkup():
    """The health of every running body, and of others where something waits, those with most to ask about first.

    Each on its own day. The same number of queries, however many bodies.
    """
    unattended = _unattended()
    known = Body.objects.running() | Body.objects.filter(pk__in=unattended)
    bodies = list(known.with_last_meeting().select_related("mission").order_by("code"))
    late = defaultdict(list)
    legs = Relay.objects.late().soonest_first().select_related("difficulty")
    for leg in legs.only("receiver", "difficulty__reference"):
        late[leg.receiver_id].append(leg)
    seats = defaultdict(list)
    for seat in Membership.objects.current().filter(body__in=bodies).with_organisation():
        seats[seat.body_id].append(seat)
    counts = [(body, late[body.pk], unattended[body.pk], seats[body.pk]) for body in bodies]
    found = [_of(*of_body, today_in(of_body[0].time_zone)) for of_body in counts]
    return sorted(found, key=lambda health: (-health.warnings, -(health.silent_days or 0), health.body.code))


def _unattended():
    """How many relays to acknowledge or answer, and difficulties held, wait at each body that nobody attends to."""
    at_work = Body.objects.staffed().filter(state__in=AT_WORK)
    lying = Body.objects.exclude(pk__in=at_work.values("pk")).values("pk")
    waiting = Counter()
    for rows, where in ((Relay.objects.open(), "receiver"), (Difficulty.objects.open(), "holder")):
        counted = rows.filter(**{f"{where}__in": lying}).order_by().values_list(where).annotate(Count("pk"))
        waiting.update(dict(counted))
    return waiting


def _of(body, late_legs, unattended, seats, today):
    silent = (today - body.last_met_on).days if body.last_met_on else None
    longest = LONGEST.get(body.rhythm)
    kinds = {seat.organisation.kind for seat in seats}
    return Health(
        body=body,
        silent_days=silent,
        rhythm_kept=None if longest is None or silent is None else silent <= longest,
        late_legs=late_legs,
        unattended=unattended,
        missing=[name for name, group in EXPECTED if not kinds & group] if body.mission_id else [],
        ending=[seat for seat in seats if seat.until_on and seat.until_on <= today + ENDING],
    )


def health_page(request):
    """A table of all running bodies. Raises ``PermissionDenied`` for staff of single bodies."""
    if not request.user.has_perm("missions.view_every_body"):
        raise PermissionDenied
    context = {
        **admin.site.each_context(request),
        "title": _("Health of the bodies"),
        "checkup": checkup(),
        "days": ENDING.days,
    }
    return TemplateResponse(request, "admin/health.html", context)


def silence(health):
    """How long ago a body last met, in words."""
    if health.silent_days is None:
        return _("no meeting with a known day")
    days = health.silent_days
    return ngettext("last met %(count)d day ago", "last met %(count)d days ago", days) % {"count": days}


def remarks(health):
    """What there is to ask a body about, a few words each."""
    said = [silence(health)] if health.rhythm_kept is False or health.silent_days is None else []
    if health.late_legs:
        count = len(health.late_legs)
        said.append(ngettext("%(count)d late relay", "%(count)d late relays", count) % {"count": count})
    if health.unattended:
        said.append(
            ngettext("%(count)d waiting unattended", "%(count)d waiting unattended", health.unattended)
            % {"count": health.unattended}
        )
    if ends := len(health.ending):
        said.append(ngettext("%(count)d seat ends soon", "%(count)d seats end soon", ends) % {"count": ends})
    if health.missing:
        said.append(_("no seat recorded: %(kinds)s") % {"kinds": ", ".join(map(str, health.missing))})
    return said
