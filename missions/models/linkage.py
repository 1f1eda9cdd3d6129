"""Firms linked to support programmes. Staff only."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from missions.fields.dates import KOREA, today_in
from missions.fields.validators import validate_day
from missions.models.action import Withdrawable, WithdrawableQuerySet, withdrawn_with_reason
from missions.models.difficulty import Difficulty
from missions.models.information import SupportProgramme

ALREADY = _("This firm is already linked to this programme.")


class LinkageQuerySet(WithdrawableQuerySet):
    def visible_to(self, user):
        """Linkages that the user’s bodies made, and those of difficulties that the user may open."""
        if user.has_perm("missions.view_every_body"):
            return self
        seen = Difficulty.objects.visible_to(user)
        return self.filter(Q(body__in=user.posted_bodies()) | Q(difficulty__in=seen))

    def with_names(self):
        """Fetch the names that a list prints beside each linkage."""
        return self.select_related("difficulty__company", "company", "programme", "body__mission", "organisation")


class Linkage(Withdrawable):
    """A firm being linked to a support programme (연계지원): because of a difficulty, or by itself.

    It counts for the body that made it. There is no other way to record one: an action is never of that kind.
    """

    difficulty = models.ForeignKey(
        Difficulty,
        models.CASCADE,
        verbose_name=_("difficulty"),
        null=True,
        blank=True,
        related_name="linkages",
    )
    company = models.ForeignKey(
        "Company",
        models.PROTECT,
        verbose_name=_("company"),
        null=True,
        blank=True,
        related_name="linkages",
        help_text=_("Part of its name in Korean or English, or its registration number."),
    )
    programme = models.ForeignKey(
        SupportProgramme, models.PROTECT, verbose_name=_("support programme"), related_name="linkages"
    )
    body = models.ForeignKey("Body", models.PROTECT, verbose_name=_("body"), related_name="linkages")
    organisation = models.ForeignKey(
        "Organisation",
        models.PROTECT,
        verbose_name=_("linked by"),
        null=True,
        blank=True,
        related_name="linkages",
        help_text=_("The organisation that brought the firm there. Empty where the body itself did."),
    )
    linked_on = models.DateField(_("linked on"), validators=[validate_day])
    result = models.CharField(_("result"), max_length=300, blank=True)
    recorded_at = models.DateTimeField(_("recorded at"), default=timezone.now, db_default=Now(), editable=False)
    recorded_by = models.ForeignKey(
        "User", models.PROTECT, verbose_name=_("recorded by"), null=True, related_name="+", editable=False
    )

    objects = LinkageQuerySet.as_manager()

    class Meta:
        verbose_name = _("linkage")
        verbose_name_plural = _("linkages")
        ordering = ["-linked_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="linkage_of_a_difficulty_or_a_firm",
                condition=Q(difficulty=None, company__isnull=False) | Q(difficulty__isnull=False, company=None),
            ),
            models.UniqueConstraint(
                fields=["difficulty", "programme"],
                condition=Q(withdrawn_at=None),
                name="linkage_once",
                violation_error_message=ALREADY,
            ),
            models.UniqueConstraint(
                fields=["company", "programme"],
                condition=Q(withdrawn_at=None, difficulty=None),
                name="linkage_of_a_firm_once",
                violation_error_message=ALREADY,
            ),
            withdrawn_with_reason("linkage"),
        ]

    def __str__(self):
        return str(self.programme)

    @property
    def firm(self):
        """The firm that was linked; None where its difficulty names none."""
        return self.difficulty.company if self.difficulty_id else self.company

    @property
    def made_by(self):
        """Who brought the firm there: an organisation, or the body."""
        return self.organisation if self.organisation_id else self.body

    def clean(self):
        """Refuse a linkage in the future of its body, and one that is recorded already."""
        of = (
            {"difficulty": self.difficulty_id}
            if self.difficulty_id
            else {"difficulty": None, "company": self.company_id}
        )
        others = Linkage.objects.not_withdrawn().filter(programme=self.programme_id, **of).exclude(pk=self.pk)
        if self.programme_id and any(of.values()) and self.withdrawn_at is None and others.exists():
            raise ValidationError({"programme": ALREADY})
        today = today_in(self.body.time_zone if self.body_id else KOREA)
        if self.linked_on and self.linked_on > today:
            raise ValidationError({"linked_on": _("A firm cannot have been linked in the future.")})
