"""Long lists that somebody takes away as a file: how far the file is, and where it lies. Staff only."""

from datetime import timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from missions.models.user import Language

KEPT = timedelta(days=1)  # after which it is deleted


class ExportState(models.TextChoices):
    """How far a file is. It is made in short steps, each begun by whoever asked for it."""

    MAKING = "making", _("being made")
    MADE = "made", _("ready")


class ExportFileQuerySet(models.QuerySet):
    def visible_to(self, user, now=None):
        """Files that the user asked for, as long as they are kept: nobody takes those of others."""
        return self.filter(by=user, at__gt=(now or timezone.now()) - KEPT)

    def old(self, now=None):
        """Files that were kept for long enough."""
        return self.filter(at__lte=(now or timezone.now()) - KEPT)


class ExportFile(models.Model):
    """A list that somebody takes away as a file (내려받기), where it is too long to be made at once.

    ``narrowed``: the conditions of the list, as its address has them; ``conditions``: the same in words. ``keys``: the
    rows that it had when the file was asked for, in their order; those that are gone or may no longer be seen when they
    are read are left out. ``done``: how many were read; their cells lie in ``pieces`` until the file is written, which
    lies at ``stored_as``. ``moves``: how often a step changed it, by which the next one knows that no other came first.
    ``told``: keys of the firms or recipients whose contacts it has. ``fingerprint``: of all that was asked for, so that
    the same is not made twice at a time.
    """

    kind = models.CharField(_("kind of records"), max_length=30)
    by = models.ForeignKey("User", models.PROTECT, verbose_name=_("made by"), related_name="+")
    at = models.DateTimeField(_("at"), auto_now_add=True)
    format = models.CharField(_("file"), max_length=4)
    language = models.CharField(_("language"), max_length=2, choices=Language)
    columns = models.JSONField(_("columns"))
    narrowed = models.TextField(_("conditions in the address"), blank=True)
    conditions = models.TextField(_("conditions of the list"), blank=True)
    reason = models.CharField(_("what the contacts are needed for"), max_length=300, blank=True)
    is_cut = models.BooleanField(_("cut off"))
    fingerprint = models.CharField(_("what tells it from other files"), max_length=64)
    state = models.CharField(_("state"), max_length=6, choices=ExportState, default=ExportState.MAKING)
    keys = models.JSONField(_("rows"))
    done = models.PositiveIntegerField(_("rows read"), default=0)
    moves = models.PositiveIntegerField(_("moves"), default=0, db_default=0)
    pieces = models.JSONField(_("pieces"), default=list)
    told = models.JSONField(_("contacts"), default=list)
    stored_as = models.CharField(_("stored as"), max_length=100, blank=True)
    size = models.PositiveBigIntegerField(_("size"), default=0)

    objects = ExportFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("list as a file")
        verbose_name_plural = _("lists as files")
        ordering = ["-at", "-pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["by", "fingerprint"],
                condition=models.Q(state=ExportState.MAKING),
                name="exportfile_made_once_at_a_time",
            ),
            models.CheckConstraint(
                name="exportfile_stored_when_made",
                condition=models.Q(state=ExportState.MAKING, stored_as="")
                | models.Q(state=ExportState.MADE) & ~models.Q(stored_as=""),
            ),
        ]

    def __str__(self):
        return f"{self.kind}-{timezone.localdate(self.at):%Y%m%d}.{self.format}"

    @property
    def kept_until(self):
        """The moment at which it is deleted."""
        return self.at + KEPT

    @property
    def percent(self):
        """How much of the rows is read, from 0 to 100."""
        return 100 * self.done // len(self.keys) if self.keys else 100
