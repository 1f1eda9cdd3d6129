"""The questions staff ask of the list of difficulties, and lists that do not count to the end."""

import datetime

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from missions.admin.list_filters import QuestionFilter
from missions.difficulties.workflow import OVERSEE
from missions.models import (
    OUTSIDE,
    SOLVED,
    Body,
    Confirmation,
    DifficultyEvent,
    Ending,
    Mention,
    Posting,
    Relay,
    Stage,
    WaitingOn,
)

COUNTED = 1000
TOLD = datetime.timedelta(days=14)
IDLE = datetime.timedelta(days=30)
SOON = datetime.timedelta(days=6)  # a week, today included


class AtLeast(int):
    """A count that stopped at its cap: “1,000+”."""

    def __str__(self):
        return f"{COUNTED:,}+"


class CappedPaginator(Paginator):
    """Counts to a cap and no further, so that a long list opens as fast as a short one."""

    @cached_property
    def count(self):
        """The number of rows, or the cap."""
        counted = self.object_list.order_by().values("pk")[: COUNTED + 1].count()
        return AtLeast(COUNTED) if counted > COUNTED else counted


def my_turn(rows, user, today):
    """Open difficulties in which the next move is that of the user's bodies: as holder, or at the end of a relay.

    To those who oversee all bodies, also those that wait on a ministry.
    """
    bodies = Body.objects.staffed_by(user)
    mine = Q(holder__in=bodies) & ~_elsewhere(bodies, today) | _relayed_to(bodies)
    return rows.open().filter(mine | Q(waiting_on=WaitingOn.MINISTRY) if user.has_perm(OVERSEE) else mine)


def with_others(rows, user, today):
    """Open difficulties that the user's bodies hold, in which the next move is somebody else's."""
    bodies = Body.objects.staffed_by(user)
    return rows.open().filter(_elsewhere(bodies, today), holder__in=bodies).exclude(_relayed_to(bodies))


def _elsewhere(bodies, today):
    """The condition that a difficulty held by one of these bodies waits on somebody else.

    Of those outside nobody reads the portal: from its due day on it is the holder's turn to ask again.
    """
    asked = Relay.objects.binding().filter(sender__in=bodies).order_by().values("difficulty")
    waits = Q(waiting_on=WaitingOn.MINISTRY) | Q(waiting_on__in=OUTSIDE, due_on__gt=today)
    return waits | Q(pk__in=asked)


def _relayed_to(bodies):
    return Q(pk__in=Relay.objects.open().filter(receiver__in=bodies).order_by().values("difficulty"))


def every_open(rows, user, today):
    """All that are open."""
    return rows.open()


def legs_to_answer(user):
    """Open relays to the user's bodies; to any body for those who oversee all."""
    legs = Relay.objects.visible_to(user).open()
    if user.has_perm("missions.view_every_body"):
        return legs
    return legs.filter(receiver__in=Body.objects.staffed_by(user))


def relayed(rows, user, today):
    """Difficulties with a relay to acknowledge or answer."""
    return rows.filter(pk__in=legs_to_answer(user).order_by().values("difficulty"))


def legs_sent(user):
    """Relays of the user's bodies that their receivers are still to answer; of any body for those who oversee all."""
    legs = Relay.objects.visible_to(user).binding()
    if user.has_perm("missions.view_every_body"):
        return legs
    return legs.filter(sender__in=Body.objects.staffed_by(user))


def asked(rows, user, today):
    """Difficulties with a relay that awaits its answer."""
    return rows.filter(pk__in=legs_sent(user).order_by().values("difficulty"))


def legs_replied(user, today):
    """Relays of the user's bodies that their receivers ended, after which nobody of these bodies took a step.

    Once a difficulty is taken over there is no step left for its sender: it is told for some days.
    """
    bodies = Body.objects.staffed_by(user)
    colleagues = Posting.objects.current(today).filter(body__in=bodies).order_by().values("user")
    later = DifficultyEvent.objects.filter(difficulty=OuterRef("difficulty"), at__gt=OuterRef("ended_at"))
    later = later.exclude(step="note")
    legs = Relay.objects.visible_to(user).replied().filter(sender__in=bodies)
    old = Q(ending=Ending.TAKEN_OVER, ended_at__lt=timezone.now() - TOLD)
    return legs.exclude(old).exclude(Exists(later.filter(by__in=colleagues)))


def answered(rows, user, today):
    """Difficulties with an answer, a return or a take-over that the sender has not yet acted upon."""
    return rows.filter(pk__in=legs_replied(user, today).order_by().values("difficulty"))


def late(rows, user, today):
    """Past the day of whoever must act next."""
    return rows.late()


def due_soon(rows, user, today):
    """The day of whoever must act next is within a week."""
    return rows.due_within(SOON)


def on_host(rows, user, today):
    """Waiting on an authority of the host country."""
    return rows.open().filter(waiting_on=WaitingOn.HOST_AUTHORITY)


def idle(rows, user, today):
    """Nothing done for thirty days."""
    return rows.without_action_since(today - IDLE)


def unowned(rows, user, today):
    """Open, and the owner is not posted to the holder; or in progress with no owner."""
    return rows.without_owner(today)


def unconfirmed(rows, user, today):
    """Closed at one of the user's bodies, which asks the firm, and the firm has not said what it thinks of it."""
    rows = rows.filter(stage=Stage.CLOSED, confirmation__in=[Confirmation.NOT_ASKED, Confirmation.ASKED])
    if user.has_perm("missions.view_every_body"):
        return rows
    return rows.filter(holder__in=Body.objects.staffed_by(user))


def worth_publishing(rows, user, today):
    """Solved where one may write its public text, with something to learn from, and no such text begun."""
    rows = rows.filter(holder__in=Body.objects.visible_to(user))
    return rows.filter(stage=Stage.CLOSED, outcome__in=SOLVED, case_reference="").exclude(solution="")


def mentioned(rows, user, today):
    """Difficulties of which a note told this person by name, until they take a step with it."""
    return rows.filter(pk__in=Mention.objects.waiting_for(user, timezone.now()).order_by().values("difficulty"))


QUESTIONS = {
    "my_turn": (_("My turn"), my_turn),
    "with_others": (_("Waiting on others"), with_others),
    "mentioned": (_("Mentioned in a note"), mentioned),
    "open": (_("Open"), every_open),
    "relayed": (_("Relay to acknowledge or answer"), relayed),
    "asked": (_("Relays awaiting an answer"), asked),
    "answered": (_("Answers that arrived"), answered),
    "late": (_("Late"), late),
    "due_soon": (_("Due within a week"), due_soon),
    "on_host": (_("Waiting on a host authority"), on_host),
    "idle": (_("No action for 30 days"), idle),
    "unowned": (_("Without an owner who is posted"), unowned),
    "unconfirmed": (_("Closed, not confirmed by the firm"), unconfirmed),
    "worth_publishing": (_("Worth publishing"), worth_publishing),
}


class DifficultyQuestionFilter(QuestionFilter):
    """Narrows difficulties to the answer of a question."""

    questions = QUESTIONS
