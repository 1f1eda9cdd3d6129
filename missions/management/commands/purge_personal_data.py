"""Erase contacts of firms that the programme has not dealt with for years, and of recipients out of use as long."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from missions.models import ExportFile
from missions.personal_data import exports, imports, purge, recipients


class Command(BaseCommand):
    """Shows what is due; with ``--erase`` it erases."""

    help = (
        "Show the firms whose contact (person, telephone, e-mail) is to be erased: none of their difficulties is open, "
        "and none was worked on for RETENTION_YEARS. With --erase, erase it: in the firm, its history and all texts, "
        "together with the files of its difficulties and all lists that staff had made as files. "
        "The same for recipients of local information that are out of use as long."
    )

    def add_arguments(self, parser):
        """Say that erasing is meant, and for how long contacts are kept."""
        parser.add_argument("--erase", action="store_true", help="erase; without it, nothing is changed")
        parser.add_argument("--years", type=int, help="how long contacts are kept, instead of RETENTION_YEARS")

    def handle(self, *args, erase, years, **options):
        """Print the firms by their number, never the words to be erased."""
        years = settings.RETENTION_YEARS if years is None else years
        if years < 1:
            raise CommandError(
                "It is not set how long contacts of firms are kept. Set RETENTION_YEARS, or give --years, at least 1."
            )
        before = _years_ago(timezone.localtime(), years)
        if erase:
            firms, texts, files = purge.erase(before)
            former = recipients.erase(before)
            imports.forget_old()
            lists = exports.forget(ExportFile.objects.only("pk"))
            purge.note()
        else:
            firms, former = list(purge.due(before)), list(recipients.due(before))
            texts = sum(1 for _found in purge.texts_with_contacts(firms)) if firms else 0
            files = purge.files_of(firms).count()
            lists = ExportFile.objects.count()
        for firm in firms:
            self.stdout.write(f"firm {firm.pk}, registered by {firm.body.code}")
        verb = "erased" if erase else "to erase"
        self.stdout.write(f"Contacts of {len(former)} recipients of local information {verb}.")
        self.stdout.write(f"Lists that staff had made as files {verb}: {lists}.")
        self.stdout.write(f"Files of the firms’ difficulties {verb}: {files}.")
        self.stdout.write(f"Contacts of {len(firms)} firms {verb}, and words of them in {texts} further texts.")
        if (firms or former or lists) and not erase:
            self.stdout.write("Nothing was changed. Add --erase to erase them. Backups keep them until they expire.")


def _years_ago(moment, years):
    """The same day of an earlier year; of 29 February, where that year has none, the day before."""
    try:
        return moment.replace(year=moment.year - years)
    except ValueError:
        return moment.replace(year=moment.year - years, day=28)
