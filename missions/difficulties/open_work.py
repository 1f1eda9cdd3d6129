"""What a person has in hand at a body, and what would be left without an owner. Reads only."""

import datetime
from dataclasses import dataclass

from django.db.models import Prefetch, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from missions.fields.dates import today_in
from missions.models import ActionItem, Difficulty, Meeting, Posting, Relay

HORIZON = datetime.timedelta(days=60)


@dataclass(frozen=True)
class Day:
    """A day that whoever comes next must know of: ``when`` in words, as precisely as it is known."""

    on: datetime.date | None
    when: str
    what: str
    is_late: bool = False


@dataclass(frozen=True)
class OpenWork:
    """What a person has in hand at a body, as it stands."""

    difficulties: list
    legs: list
    promises: list
    meetings: list
    today: datetime.date

    def days(self):
        """Past and coming days up to the horizon, the soonest first and those to be fixed last; in words."""
        found = [(row.due_on, f"{_('due on')}: {row}", None) for row in self.difficulties]
        found += [(row.hurts_on, f"{_('deadline that hurts the firm')}: {row}", None) for row in self.difficulties]
        found += [(leg.due_on, f"{_('relay')}: {leg.difficulty.reference} {leg}", leg.is_late()) for leg in self.legs]
        found += [(item.due_on, f"{_('follow-up')}: {item}", None) for item in self.promises]
        days = [
            Day(on, date_format(on, "DATE_FORMAT"), what, on < self.today if is_late is None else is_late)
            for on, what, is_late in found
            if on and on <= self.today + HORIZON
        ]
        days += [Day(row.held_on, str(row.held), f"{_('meeting')}: {row.name}") for row in self.meetings]
        return sorted(days, key=lambda day: (day.on or datetime.date.max, day.what))


def owned_at(user, body):
    """Open difficulties that a body holds and a person owns."""
    return Difficulty.objects.open().filter(owner=user, holder=body)


def open_work(posting):
    """All that the records say the person of a posting has in hand there.

    A relay to the body that nobody has acknowledged is for whoever is there. Follow-ups that name the person are
    theirs. Of those that name nobody of the staff, those of the person's difficulties are theirs, and those that the
    mission itself or nobody is to do fall to its staff.
    """
    user, body = posting.user, posting.body
    today = today_in(body.time_zone)
    binding = Relay.objects.binding().select_related("sender", "receiver")
    in_hand = Difficulty.objects.none() if _came_back(posting, today) else owned_at(user, body)
    owned = in_hand.with_names().with_latest_event()
    mine = Q(sender=body, sent_by=user) | Q(receiver=body, acknowledged_by=user)
    unseen = Q(receiver=body, acknowledged_by=None)
    own = Q(organisation=body.mission.organisation) if body.mission and body.mission.organisation else Q(pk=None)
    of_the_body = Q(difficulty=None) & (own | Q(organisation=None))
    promised = ActionItem.objects.unfinished().filter(meeting__body=body)
    coming = Meeting.objects.upcoming(body=body).soonest_first().select_related("body")
    return OpenWork(
        list(owned.prefetch_related(Prefetch("relays", binding, to_attr="binding_legs")).order_by("due_on", "pk")),
        list(Relay.objects.open().filter(mine | unseen).with_names()),
        list(promised.filter(Q(owner=user) | Q(owner=None) & (Q(difficulty__in=in_hand) | of_the_body)).with_names()),
        list(coming.filter(Q(held_on=None) | Q(held_on__lte=today + HORIZON))),
        today,
    )


def _came_back(posting, today):
    """Whether a posting has ended and its person is posted to the body again: the later posting has the open work."""
    if posting.until_on is None or posting.until_on >= today:
        return False
    return Posting.objects.current(today).filter(user=posting.user_id, body=posting.body_id).exists()


def left_open(posting, becomes=None):
    """Open difficulties that would lose their owner if a stored posting became another, or were deleted (None).

    A posting that ends within the horizon must be handed over. One that ends later leaves time for that.
    """
    today = today_in(posting.body.time_zone)
    if posting.since_on > today or (posting.until_on and posting.until_on < today):
        return Difficulty.objects.none()
    if becomes and (becomes.user_id, becomes.body_id) == (posting.user_id, posting.body_id):
        later = becomes.until_on is None or becomes.until_on > today + HORIZON
        longer = posting.until_on and becomes.until_on and becomes.until_on >= posting.until_on
        if becomes.since_on <= today and (later or longer):
            return Difficulty.objects.none()
    return owned_at(posting.user_id, posting.body_id)
