"""Status codes: by which a firm asks where its report stands, and all that it is told."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from missions.models.difficulty_terms import Stage, WaitingOn

CLOSED_FOR = 90  # days for which a code tells that the difficulty is closed; the view of migration 0039 counts them


class StatusCode(models.Model):
    """A status code (조회번호) of the first report of a difficulty, or of a further one. Staff only.

    The code is written nowhere: it follows from the seed by a key of the settings (``missions.fields.status_codes``).
    """

    difficulty = models.ForeignKey("Difficulty", models.CASCADE, verbose_name=_("difficulty"), related_name="codes")
    report = models.ForeignKey(
        "FurtherReport", models.CASCADE, verbose_name=_("further report"), null=True, blank=True, related_name="codes"
    )
    seed = models.CharField(_("seed"), max_length=64)
    digest = models.CharField(_("digest"), max_length=64, unique=True)
    issued_at = models.DateTimeField(_("issued at"))
    issued_by = models.ForeignKey("User", models.PROTECT, verbose_name=_("issued by"), related_name="+")
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    ended_by = models.ForeignKey(
        "User", models.PROTECT, verbose_name=_("ended by"), null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("status code")
        verbose_name_plural = _("status codes")
        ordering = ["difficulty", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["difficulty"], condition=Q(report=None, ended_at=None), name="status_code_one_in_use"
            ),
            models.UniqueConstraint(
                fields=["report"], condition=Q(ended_at=None), name="status_code_one_in_use_of_a_report"
            ),
            models.CheckConstraint(
                name="status_code_ended_at_with_by",
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.difficulty_id} {self.issued_at}"


class ReportStatus(models.Model):
    """What a code in use tells: a view of the database, the only thing of a difficulty that the public role may read.

    ``body`` must move, or follows up where the difficulty waits on somebody else; there is none once it is closed.
    """

    digest = models.CharField(max_length=64, primary_key=True)
    stage = models.CharField(_("stage"), max_length=12, choices=Stage)
    waiting_on = models.CharField(_("waiting on"), max_length=16, choices=WaitingOn)
    body = models.ForeignKey("Body", models.DO_NOTHING, null=True, related_name="+", db_constraint=False)
    since = models.DateTimeField(null=True)
    until = models.DateField(null=True)

    class Meta:
        managed = False
        db_table = "missions_reportstatus"

    def __str__(self):
        return self.stage

    @property
    def is_closed(self):
        """Whether nobody has to move any more."""
        return self.stage == Stage.CLOSED

    @property
    def waits_on_the_firm(self):
        """Whether it is the firm’s own turn."""
        return self.waiting_on == WaitingOn.COMPANY

    @property
    def waits_on_another(self):
        """Whether somebody other than a body has to move."""
        return self.waiting_on not in ("", WaitingOn.NOBODY)
