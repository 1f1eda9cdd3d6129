"""Lists that somebody brings in: the file as it was read, and what became of each of its rows. Staff only."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class BatchState(models.TextChoices):
    """How far a list has come. It goes on in short steps, each begun by whoever brought it."""

    COLUMNS = "columns", _("columns to be matched")
    CHECKING = "checking", _("being checked")
    CHECKED = "checked", _("to be agreed to")
    WRITING = "writing", _("being taken in")
    WRITTEN = "written", _("taken in")
    UNDOING = "undoing", _("being taken back")
    UNDONE = "undone", _("taken back")


GOING_ON = (BatchState.CHECKING, BatchState.WRITING, BatchState.UNDOING)


class Verdict(models.TextChoices):
    """What a row would do."""

    OPEN = "", _("not looked at")
    NEW = "new", _("new")
    CHANGED = "changed", _("changed")
    SAME = "same", _("unchanged")
    PERHAPS = "perhaps", _("perhaps there already")
    WRONG = "wrong", _("wrong")


class ImportBatchQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Lists that the user brought: nobody sees what others are about to enter."""
        return self.filter(by=user)

    def with_wrong(self):
        """Note of each, as ``is_wrong``, whether a row of it is wrong."""
        wrong = ImportRow.objects.filter(batch=models.OuterRef("pk"), verdict=Verdict.WRONG)
        return self.annotate(is_wrong=models.Exists(wrong))


class ImportBatch(models.Model):
    """A list that somebody brings in (가져오기): matched, checked, agreed to, taken in, perhaps taken back.

    ``kind``: the model whose rows it has. ``through``: the body by which difficulties are filed and firms registered.
    ``places``: at which place of a row a column stands. ``failure``: why all of it was taken back.
    """

    kind = models.CharField(_("kind of records"), max_length=30)
    by = models.ForeignKey("User", models.PROTECT, verbose_name=_("brought in by"), related_name="+")
    through = models.ForeignKey(
        "Body", models.PROTECT, verbose_name=_("filed through"), null=True, blank=True, related_name="+"
    )
    file_name = models.CharField(_("file"), max_length=200)
    at = models.DateTimeField(_("at"), auto_now_add=True)
    touched_at = models.DateTimeField(_("last went on at"), auto_now=True)
    state = models.CharField(_("state"), max_length=10, choices=BatchState, default=BatchState.COLUMNS)
    heads = models.JSONField(_("heads"), default=list)
    places = models.JSONField(_("columns"), default=dict)
    remarks = models.JSONField(_("remarks"), default=list)
    failure = models.TextField(_("why it was taken back"), blank=True)

    objects = ImportBatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("list brought in")
        verbose_name_plural = _("lists brought in")
        ordering = ["-at", "-pk"]
        default_permissions = ()

    def __str__(self):
        return self.file_name


class ImportRow(models.Model):
    """One row of such a list: its cells as they were read, what it would do, and what it did.

    ``take``: somebody said that it is to be taken in although it may be there already. ``record`` is the key of the row
    of the model that it made or changed, ``firm`` that of a firm made with it; ``before`` and ``stamp`` say what that
    row was and when it was written, by which it can be taken back while nobody has touched it.
    """

    batch = models.ForeignKey(ImportBatch, models.CASCADE, verbose_name=_("list"), related_name="rows")
    line = models.PositiveIntegerField(_("line"))
    cells = models.JSONField(_("cells"), default=list)
    odd = models.JSONField(_("what is odd about its cells"), default=dict)
    verdict = models.CharField(_("what it would do"), max_length=8, choices=Verdict, blank=True)
    said = models.JSONField(_("what is said of it"), default=list)
    changes = models.JSONField(_("changes"), default=list)
    name = models.CharField(_("name"), max_length=300, blank=True)
    fingerprint = models.CharField(_("what tells it from other rows"), max_length=64, blank=True)
    take = models.BooleanField(_("taken in all the same"), default=False)
    is_done = models.BooleanField(_("done"), default=False)
    record = models.BigIntegerField(_("record"), null=True)
    firm = models.BigIntegerField(_("firm"), null=True)
    before = models.JSONField(_("values before"), default=dict)
    stamp = models.CharField(_("written at"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("row of a list")
        verbose_name_plural = _("rows of a list")
        ordering = ["batch", "line"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["batch", "line"], name="importrow_line_once")]
        indexes = [
            models.Index(fields=["batch", "verdict", "line"], name="importrow_by_verdict"),
            models.Index(fields=["batch", "fingerprint"], name="importrow_by_fingerprint"),
            models.Index(fields=["record"], name="importrow_by_record"),
        ]

    def __str__(self):
        return f"{self.batch_id}:{self.line}"
