"""Work out the due days of open relays again, after holidays were added."""

from django.core.management.base import BaseCommand
from django.db import transaction

from missions.clocks import due_days
from missions.models import Relay


class Command(BaseCommand):
    """Moves the due days of open relays to where the holidays known today put them."""

    help = "Work out the due days of open relays again, after public holidays were added."

    @transaction.atomic
    def handle(self, *args, **options):
        """Change only legs whose days differ; running it again changes nothing."""
        changed = 0
        for leg in (
            Relay.objects.open().select_related("difficulty", "receiver__mission").select_for_update(of=("self",))
        ):
            days = due_days(leg, leg.sent_at)
            if days != (leg.acknowledge_by, leg.answer_by):
                leg.acknowledge_by, leg.answer_by = days
                leg.save()
                changed += 1
        self.stdout.write(f"{changed} open relays have other due days.")
