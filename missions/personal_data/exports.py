"""Deletes lists that somebody took away as a file: they may hold contacts."""

from django.db import transaction

from missions.files import storing
from missions.models import ExportFile

MOST = 10  # files of one person that are kept


@transaction.atomic
def forget(files):
    """Delete some files, whole or half made."""
    for file in files:
        storing.erase(file.stored_as, *file.pieces)
        file.delete()


def forget_old(now=None):
    """Delete files of everybody that were kept for a day. Returns how many."""
    old = list(ExportFile.objects.old(now))
    forget(old)
    return len(old)


def make_room(user):
    """Delete the oldest files of a person who has more than may be kept."""
    forget(ExportFile.objects.filter(by=user)[MOST:])
