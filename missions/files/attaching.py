"""How a file comes to a record and goes from it. Who may is asked before, as of the record itself."""

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from missions.files import storing
from missions.files.inspection import inspected
from missions.files.unfit import Unfit
from missions.models import HOLDERS, Attachment, Difficulty, LocalInformation, Meeting, Scan

KEYS = dict(zip([Difficulty, Meeting, LocalInformation], HOLDERS, strict=True))


def attach(record, file, *, by, name, note=""):
    """Check an open file and keep it as one of a record. Raises ``Unfit`` where it is not taken."""
    kind, name = inspected(file, name)
    sha256, key = storing.checksum(file), KEYS[type(record)]
    with transaction.atomic():
        list(type(record).objects.select_for_update(of=("self",)).filter(pk=record.pk).values_list("pk", flat=True))
        _refuse_too_many(record)
        _refuse_twice(record, sha256)
        stored_as = storing.keep(file)
        try:
            with transaction.atomic():
                return Attachment.objects.create(
                    **{key: record},
                    name=name,
                    note=note,
                    kind=kind,
                    size=file.seek(0, 2),
                    sha256=sha256,
                    stored_as=stored_as,
                    added_at=timezone.now(),
                    added_by=by,
                )
        except IntegrityError:  # on SQLite nothing is locked
            storing.erase(stored_as)
            _refuse_twice(record, sha256)
            raise


def _refuse_too_many(record):
    most = settings.FILES_MOST_A_RECORD
    if record.attachments.present().count() >= most:
        raise Unfit(
            ngettext(
                "This record has %(count)d file, and no more are taken. Remove one that nobody needs.",
                "This record has %(count)d files, and no more are taken. Remove one that nobody needs.",
                most,
            )
            % {"count": most}
        )


def _refuse_twice(record, sha256):
    if same := record.attachments.present().filter(sha256=sha256).first():
        raise Unfit(_("This record has the same file already, as “%(name)s”.") % {"name": same.name})


@transaction.atomic
def remove(attachment, *, because, by=None):
    """Erase the content of a file. Its row stays, and says by whom and why; ``by`` is None for a command.

    Returns False where somebody removed it before.
    """
    found = Attachment.objects.select_for_update(of=("self",)).present().filter(pk=attachment.pk).first()
    if found is None:
        return False
    storing.erase(found.stored_as)
    found.stored_as, found.removed_at, found.removed_by, found.removed_because = "", timezone.now(), by, because
    found.save()
    return True


def why_not_open(attachment):
    """Why nobody gets the content of a file, in a sentence; an empty text where it is given out."""
    if attachment.removed_at:
        return _("The file was removed.")
    if attachment.scan == Scan.INFECTED:
        return _("The scanner found a virus in it, so it is not given out. Remove it, and tell whoever sent it.")
    if settings.CLAMD_SOCKET and attachment.scan == Scan.PENDING:
        return _("It is still to be scanned for viruses. Try again in a few minutes.")
    return ""
