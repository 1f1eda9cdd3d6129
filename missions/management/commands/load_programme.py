"""Load the programme's facts from the project's data files."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from missions.loading.files import FOLDER, BrokenFile
from missions.loading.loader import load


class Command(BaseCommand):
    """Adds what is missing and corrects what only the files changed. Edits by staff stay."""

    help = "Load the programme's facts from missions/data; edits by staff stay unless --refresh is given."

    def add_arguments(self, parser):
        """Offer a refresh, which says what it will change before it asks."""
        parser.add_argument(
            "--refresh", action="store_true", help="Also overwrite what staff edited, after showing what that changes."
        )
        parser.add_argument("--yes", action="store_true", help="Do not ask before a refresh.")
        parser.add_argument("--folder", type=Path, default=FOLDER, help="Where the data files are.")

    def handle(self, *args, refresh=False, yes=False, folder=FOLDER, **options):
        """Raise ``CommandError`` with every mistake where a file is broken; nothing is written then."""
        try:
            if refresh and not self._agreed(yes, folder):
                self.stdout.write("Nothing was changed.")
                return
            changes = load(refresh=refresh, folder=folder)
        except BrokenFile as broken:
            raise CommandError(f"Nothing was loaded. Correct this first:\n{broken}") from broken
        added = sum(1 for change in changes if not change.column)
        kept = [change for change in changes if change.kept]
        for change in kept:
            self.stdout.write(str(change))
        self.stdout.write(
            f"Loaded: {added} records added, {len(changes) - added - len(kept)} fields corrected, "
            f"{len(kept)} edits by staff kept."
        )

    def _agreed(self, yes, folder):
        changes = load(refresh=True, write=False, folder=folder)
        for change in changes:
            self.stdout.write(str(change))
        if not changes:
            self.stdout.write("The records already say what the files say.")
        return bool(changes) and (yes or input("Change the records so? [y/N] ").strip().lower() == "y")
