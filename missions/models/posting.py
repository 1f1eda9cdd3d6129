"""Which staff work for which body."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from missions.fields.validators import validate_day
from missions.models.base import OfBodiesQuerySet, Record
from missions.models.period import Lasting


class PostingQuerySet(OfBodiesQuerySet):
    def current(self, on=None):
        """Postings that last on a day, today in Korea unless given."""
        on = on or timezone.localdate()
        return self.filter(Q(until_on=None) | Q(until_on__gte=on), since_on__lte=on)


class Posting(Lasting, Record):
    """A member of staff's seat at a body (담당). What they see follows from the postings of the day."""

    user = models.ForeignKey("User", models.PROTECT, verbose_name=_("user"), related_name="postings")
    body = models.ForeignKey("Body", models.PROTECT, verbose_name=_("body"), related_name="postings")
    since_on = models.DateField(_("from"), validators=[validate_day])
    until_on = models.DateField(
        _("until"), validators=[validate_day], null=True, blank=True, help_text=_("The last day. Empty while it lasts.")
    )

    objects = PostingQuerySet.as_manager()
    seat = ("user", "body")
    overlap = _("This person is posted to this body in that period already. Change that posting, or choose other days.")

    class Meta:
        verbose_name = _("posting")
        verbose_name_plural = _("postings")
        ordering = ["-since_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "body"],
                condition=Q(until_on=None),
                name="posting_one_open",
                violation_error_message=_("This person is already posted to this body."),
            ),
            models.CheckConstraint(
                name="posting_until_not_before_since",
                condition=Q(until_on=None) | Q(until_on__gte=F("since_on")),
                violation_error_message=_("A posting cannot end before it begins."),
            ),
        ]

    def __str__(self):
        return f"{self.user} · {self.body.code}"
