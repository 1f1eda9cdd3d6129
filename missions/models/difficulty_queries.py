"""Questions over many difficulties, and who may see which."""

from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Case, Exists, Max, OuterRef, Prefetch, Q, Subquery, When
from django.db.models.functions import Coalesce, Least

from missions.models.difficulty_terms import Stage
from missions.models.local_days import on_local_day
from missions.models.posting import Posting


class DifficultyQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Difficulties that one member of staff may open.

        One of their current bodies holds it, filed it, or once sent or received a relay of it.
        """
        from missions.models.relay import Relay

        if user.has_perm("missions.view_every_body"):
            return self
        bodies = user.posted_bodies()
        relayed = Relay.objects.filter(Q(sender__in=bodies) | Q(receiver__in=bodies))
        return self.filter(
            Q(holder__in=bodies) | Q(filed_through__in=bodies) | Q(pk__in=relayed.order_by().values("difficulty"))
        )

    def naming(self, column, user):
        """The condition that a row is named in a column of a difficulty that one member of staff may open.

        It looks at one reason to see after the other. All at once, each difficulty would be looked at for each row.
        """
        if user.has_perm("missions.view_every_body"):
            return Q(pk__in=self.order_by().values(column))
        bodies = user.posted_bodies()
        reasons = ["holder", "filed_through", "relays__sender", "relays__receiver"]
        return reduce(
            or_, (Q(pk__in=self.filter(**{f"{way}__in": bodies}).order_by().values(column)) for way in reasons)
        )

    def with_latest_event(self):
        """Add ``latest``, the key of what happened last: what a page saw when it was opened."""
        return self.annotate(latest=Max("events"))

    def with_standing(self):
        """Add ``open_legs``, which say whose turn it is, and ``since``, the moment at which the present wait began."""
        from missions.models.event import DifficultyEvent
        from missions.models.relay import Relay

        legs = Relay.objects.open().select_related("sender", "receiver__mission").order_by("pk")
        steps = DifficultyEvent.objects.turns().filter(difficulty=OuterRef("pk")).order_by("-pk")
        rows = self.annotate(since=Subquery(steps.values("at")[:1]))
        return rows.prefetch_related(Prefetch("relays", legs, to_attr="open_legs"))

    def soonest_first(self):
        """Open difficulties by ``until``."""
        from missions.models.relay import DUE, Relay

        legs = Relay.objects.binding().filter(difficulty=OuterRef("pk")).order_by(DUE)
        asked = Subquery(legs.values(due=DUE)[:1])
        return self.order_by(Least("due_on", Coalesce(asked, "due_on")), "pk")

    def new_first(self):
        """Open difficulties: the urgent ones, among them those that nobody has taken up, then by their due day."""
        taken_up = Case(When(stage=Stage.RECEIVED, then=0), default=1)
        return self.order_by("-is_urgent", taken_up, "due_on", "-pk")

    def filed_since(self, moment, *, by):
        """Difficulties that one person filed since a moment."""
        return self.filter(filed_by=by, events__step="file", events__at__gte=moment)

    def without_action_since(self, day):
        """Open difficulties about which nobody has done anything, a linkage included, since a day."""
        from missions.models.action import Action
        from missions.models.linkage import Linkage

        recent = Action.objects.not_withdrawn().filter(done_on__gt=day).values("difficulty")
        linked = Linkage.objects.not_withdrawn().filter(linked_on__gt=day, difficulty__isnull=False)
        idle = self.open().filter(reported_on__lte=day)
        return idle.exclude(pk__in=recent).exclude(pk__in=linked.values("difficulty"))

    def open(self):
        """Difficulties that are not closed."""
        return self.exclude(stage=Stage.CLOSED)

    def without_owner(self, today=None):
        """Open difficulties whose owner is not posted to the holder on a day, and those in progress that have none."""
        posted = Posting.objects.current(today).filter(user__is_active=True)
        posted = posted.filter(user=OuterRef("owner"), body=OuterRef("holder"))
        nobody = Q(owner=None, stage=Stage.IN_PROGRESS)
        return self.open().filter(nobody | Q(owner__isnull=False) & ~Exists(posted))

    def late(self, now=None):
        """Open difficulties whose holder, or the receiver of a relay that must be answered, has let its day pass."""
        from missions.models.relay import Relay

        legs = Relay.objects.binding().late(now).order_by().values("difficulty")
        own = on_local_day(lambda today: Q(due_on__lt=today), "holder", now)
        return self.open().filter(own | Q(pk__in=legs))

    def due_within(self, time):
        """Open difficulties whose holder, or the receiver of such a relay, must act before ``time`` is over."""
        from missions.models.relay import Relay

        legs = Relay.objects.binding().due_within(time).order_by().values("difficulty")
        own = on_local_day(lambda today: Q(due_on__range=(today, today + time)), "holder")
        return self.open().filter(own | Q(pk__in=legs))

    def with_names(self):
        """Fetch the names that a list prints beside each difficulty."""
        return self.select_related("country", "type", "holder__mission", "owner", "company")
