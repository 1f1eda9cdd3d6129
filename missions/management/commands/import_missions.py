"""Take over the official list of missions, open data 15076569."""

import datetime
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from missions.difficulties.clocks import recompute
from missions.loading.official_import import Refused, take_over
from missions.loading.official_list import Unreadable, day_of
from missions.loading.official_plan import plan
from missions.models import Body


class Command(BaseCommand):
    """Shows what an edition of the list would change, asks, and does it: all of it or nothing. Edits by staff stay."""

    help = "Take over the official list of missions (CSV of open data 15076569); edits by staff stay."

    def add_arguments(self, parser):
        """Take the file, and the day of the edition where the name of the file does not end on it."""
        parser.add_argument("file", type=Path, help="The CSV file, as downloaded.")
        parser.add_argument("--dated", type=datetime.date.fromisoformat, help="The day of the edition: 2025-12-06.")
        parser.add_argument("--preview", action="store_true", help="Only show what it would change.")
        parser.add_argument("--yes", action="store_true", help="Do not ask.")

    def handle(self, *args, file, dated=None, preview=False, yes=False, **options):
        """Raise ``CommandError`` with every mistake where a line is wrong; nothing is written then."""
        dated = dated or day_of(file.name)
        if dated is None:
            raise CommandError("Say of which day the edition is: --dated 2025-12-06")
        try:
            content = file.read_bytes()
            seen = plan(content, dated)
            self._show(seen)
            if seen.problems:
                raise CommandError(f"Nothing was taken over: {len(seen.problems)} mistakes in the list.")
            if preview or not (yes or input("Take it over? [y/N] ").strip().lower() == "y"):
                self.stdout.write("Nothing was changed.")
                return
            done, moved = take_over(content, dated, seen.fingerprint)
        except OSError as error:
            raise CommandError(f"The file cannot be read: {error}") from error
        except (Unreadable, Refused) as error:
            raise CommandError(str(error)) from error
        if moved:
            recompute(Body.objects.filter(mission__in=moved))
        self.stdout.write(f"Taken over: {self._counted(done)}.")

    def _show(self, seen):
        for line, head, what in seen.problems:
            self.stdout.write(f"line {line}, {head}: {what}")
        for line in seen.of("new"):
            self.stdout.write(f"line {line.line}: {line.name} is new")
        for line in seen.lines:
            for each in line.differences if line.what not in ("new", "wrong") else ():
                verb = "kept as staff wrote it" if each.kept else f"→ {each.new!r}"
                self.stdout.write(f"line {line.line}: {line.name}, {each.column}: {each.old!r} {verb}")
        for mission in seen.gone:
            self.stdout.write(f"not in this edition: {mission.name_ko} ({mission.slug}); it stays")
        if seen.ignored:
            self.stdout.write(f"columns left out: {', '.join(seen.ignored)}")
        self.stdout.write(f"{seen.rows} lines, {self._counted(seen)}")

    def _counted(self, seen):
        counts, kept = seen.counts, sum(len(line.kept) for line in seen.lines)
        return (
            f"{counts['new']} new, {counts['changed']} changed, {counts['same']} unchanged, {kept} edits by staff kept"
        )
