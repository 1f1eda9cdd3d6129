"""Files that staff attach to records, and the copies of them that the public may read."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from missions.fields.keys import public_key
from missions.models.base import Tidy
from missions.models.difficulty import Difficulty
from missions.models.information import LocalInformation
from missions.models.meeting import Meeting

HOLDERS = ["difficulty", "meeting", "information"]  # what files are attached to, by the name of the key


class FileKind(models.TextChoices):
    """The kinds of files that are taken. A value is how the name of such a file ends."""

    PDF = "pdf", "PDF"
    DOCX = "docx", "Word (docx)"
    XLSX = "xlsx", "Excel (xlsx)"
    PPTX = "pptx", "PowerPoint (pptx)"
    HWP = "hwp", _("Hangul (hwp)")
    HWPX = "hwpx", _("Hangul (hwpx)")
    PNG = "png", "PNG"
    JPEG = "jpg", "JPEG"


MEDIA_TYPES = {
    FileKind.PDF: "application/pdf",
    FileKind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileKind.PPTX: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    FileKind.HWP: "application/x-hwp",
    FileKind.HWPX: "application/hwp+zip",
    FileKind.PNG: "image/png",
    FileKind.JPEG: "image/jpeg",
}


class Scan(models.TextChoices):
    """What the scanner for viruses says of a file."""

    PENDING = "pending", _("not scanned yet")
    CLEAN = "clean", _("clean")
    INFECTED = "infected", _("infected")


class AttachmentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Files of the records that the user may open."""
        if user.has_perm("missions.view_every_body"):
            return self
        return self.filter(
            Q(difficulty__in=Difficulty.objects.visible_to(user))
            | Q(meeting__in=Meeting.objects.visible_to(user))
            | Q(information__in=LocalInformation.objects.visible_to(user))
        )

    def present(self):
        """Files that nobody removed."""
        return self.filter(removed_at=None)

    def pending(self):
        """Files that the scanner has not judged."""
        return self.present().filter(scan=Scan.PENDING)

    def with_names(self):
        """Fetch the names that a list prints beside each file."""
        return self.select_related("added_by", "removed_by")


class Attachment(Tidy):
    """A file (첨부파일) of a difficulty, a meeting or an item of local information. Staff only.

    Its content lies in the storage “files” as ``stored_as``, a random name. Its public copy has the same ``key``. A
    file that is removed leaves this row: what it was called, who added it, who removed it and why. ``removed_by`` is
    None where a command erased it.
    """

    key = public_key()
    difficulty = models.ForeignKey(
        Difficulty, models.CASCADE, verbose_name=_("difficulty"), null=True, related_name="attachments"
    )
    meeting = models.ForeignKey(
        Meeting, models.CASCADE, verbose_name=_("meeting"), null=True, related_name="attachments"
    )
    information = models.ForeignKey(
        LocalInformation, models.CASCADE, verbose_name=_("local information"), null=True, related_name="attachments"
    )
    name = models.CharField(_("name of the file"), max_length=150)
    note = models.CharField(_("what it is"), max_length=300, blank=True)
    kind = models.CharField(_("kind"), max_length=4, choices=FileKind)
    size = models.PositiveIntegerField(_("size of the file"))  # bytes
    sha256 = models.CharField(_("checksum (SHA-256)"), max_length=64)
    stored_as = models.CharField(_("stored as"), max_length=80, blank=True)
    added_at = models.DateTimeField(_("added at"))
    added_by = models.ForeignKey("User", models.PROTECT, verbose_name=_("added by"), related_name="+")
    scan = models.CharField(_("scan for viruses"), max_length=8, choices=Scan, default=Scan.PENDING)
    scanned_at = models.DateTimeField(_("scanned at"), null=True)
    scan_said = models.CharField(_("what the scanner said"), max_length=200, blank=True)
    removed_at = models.DateTimeField(_("removed at"), null=True)
    removed_by = models.ForeignKey("User", models.PROTECT, verbose_name=_("removed by"), null=True, related_name="+")
    removed_because = models.CharField(_("why removed"), max_length=300, blank=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("attached file")
        verbose_name_plural = _("attached files")
        ordering = ["added_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="attachment_of_one_record",
                condition=Q(difficulty__isnull=False, meeting=None, information=None)
                | Q(difficulty=None, meeting__isnull=False, information=None)
                | Q(difficulty=None, meeting=None, information__isnull=False),
            ),
            models.CheckConstraint(
                name="attachment_removed_at_with_reason_and_without_content",
                condition=Q(removed_at=None, removed_by=None, removed_because="") & ~Q(stored_as="")
                | Q(removed_at__isnull=False, stored_as="") & ~Q(removed_because=""),
            ),
            models.CheckConstraint(
                name="attachment_scanned_at_with_result",
                condition=Q(scan=Scan.PENDING, scanned_at=None) | ~Q(scan=Scan.PENDING) & Q(scanned_at__isnull=False),
            ),
            models.UniqueConstraint(fields=["stored_as"], condition=~Q(stored_as=""), name="attachment_stored_once"),
            *(
                models.UniqueConstraint(
                    fields=[holder, "sha256"], condition=Q(removed_at=None), name=f"attachment_once_a_{holder}"
                )
                for holder in HOLDERS
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def media_type(self):
        """What programs call its kind."""
        return MEDIA_TYPES[self.kind]


class PublicFileQuerySet(models.QuerySet):
    def published(self):
        """Files the public may read: those of published items. Public pages start here and nowhere else."""
        return self.filter(information__is_published=True)


class PublicFile(Tidy):
    """The copy of a file that the public gets with a published item, without what programs wrote beside its content.

    Made when the item is published, gone when it is withdrawn; its content lies in the storage “public_files”. Its key
    is that of the file, so that one that is published again has its old address.
    """

    key = public_key()
    information = models.ForeignKey(
        LocalInformation, models.CASCADE, verbose_name=_("local information"), related_name="public_files"
    )
    name = models.CharField(_("name of the file"), max_length=150)
    kind = models.CharField(_("kind"), max_length=4, choices=FileKind)
    size = models.PositiveIntegerField(_("size of the file"))  # bytes
    sha256 = models.CharField(_("checksum (SHA-256)"), max_length=64)
    stored_as = models.CharField(_("stored as"), max_length=80, unique=True)

    objects = PublicFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("public file")
        verbose_name_plural = _("public files")
        ordering = ["information", "pk"]

    def __str__(self):
        return self.name

    @property
    def media_type(self):
        """What programs call its kind."""
        return MEDIA_TYPES[self.kind]
