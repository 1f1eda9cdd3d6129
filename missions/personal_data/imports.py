"""Forgets the rows of lists that were brought in: they hold contacts as they were typed by others."""

from datetime import timedelta

from django.utils import timezone

from missions.models import BatchState, ImportBatch, ImportRow

KEPT = timedelta(days=30)  # after which a list can no longer be taken back


def forget_old(now=None):
    """Delete rows of lists that nobody touched for ``KEPT``; that a list was taken in or back stays known."""
    old = ImportBatch.objects.filter(touched_at__lt=(now or timezone.now()) - KEPT)
    ImportRow.objects.filter(batch__in=old).delete()
    old.exclude(state__in=[BatchState.WRITTEN, BatchState.UNDONE]).delete()
