"""What the processes beside the site have before them, as the staff face may read it."""

import contextlib
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db.models import Count, Min

from missions.models import Attachment, LoadedRow, Mail, MailState
from missions.personal_data.purge import LAST

MANIFEST = "manifest.json"


def mails():
    """How many e-mails wait and since when, and how many did not arrive."""
    waiting = Mail.objects.filter(state=MailState.WAITING).aggregate(count=Count("pk"), oldest=Min("made_at"))
    return waiting | {"undelivered": Mail.objects.undelivered().count()}


def unscanned():
    """How many files wait for the scanner, where there is one."""
    return Attachment.objects.pending().count() if settings.CLAMD_SOCKET else 0


def last_purge():
    """The moment of the last purge of personal data; None where none is known."""
    row = LoadedRow.objects.filter(**LAST).first()
    return datetime.fromisoformat(row.values["at"]) if row else None


def last_backup():
    """The moment of the newest backup below ``BACKUP_ROOT``; None where none is known."""
    if not settings.BACKUP_ROOT:
        return None
    found = []
    for manifest in Path(settings.BACKUP_ROOT).glob(f"**/{MANIFEST}"):
        with contextlib.suppress(FileNotFoundError):  # an older one is deleted meanwhile
            found += [] if manifest.parent.suffix == ".partial" else [manifest.stat().st_mtime]
    return datetime.fromtimestamp(max(found), UTC) if found else None


def loaded():
    """How many rows of each data file are loaded."""
    rows = LoadedRow.objects.exclude(file__in=["prepare", LAST["file"]]).values_list("file").order_by("file")
    return list(rows.annotate(Count("pk")))
