"""Deletes lists that somebody took away as a file: they may hold contacts."""

from django.db import transaction

from missions.files import storing
from missions.models import ExportFile

MOST = 10  # files of one person that are kept


@transaction.atomic
def forget(files):
    """Delete some files, whole or half made, with what the store has of them by now. Returns how many.

    A step may have moved a file since it was read; one that moves it meanwhile waits, finds it gone, and erases what it
    wrote itself.
    """
    kept = ExportFile.objects.filter(pk__in=[file.pk for file in files]).only("stored_as", "pieces")
    kept = list(kept.select_for_update().order_by("pk"))
    ExportFile.objects.filter(pk__in=[file.pk for file in kept]).delete()
    for file in kept:
        storing.erase(file.stored_as, *file.pieces)
    return len(kept)


def forget_old(now=None):
    """Delete files of everybody that were kept for a day. Returns how many."""
    return forget(ExportFile.objects.old(now).only("pk"))


def make_room(user):
    """Delete the oldest files of a person who has more than may be kept."""
    forget(ExportFile.objects.filter(by=user).only("pk")[MOST:])
