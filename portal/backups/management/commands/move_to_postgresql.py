"""Move from SQLite to PostgreSQL."""

import environ
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection, connections
from django.db.utils import load_backend

from portal.backups.moving import move

TARGET = "move_target"


class Command(BaseCommand):
    """Copies every row and compares both sides. The SQLite file stays as it is."""

    help = (
        "Copy every row of the SQLite database that DATABASE_URL names into the empty PostgreSQL database URL, and "
        "compare both sides row by row. To be run while the site is stopped. Files stay where they are."
    )

    def add_arguments(self, parser):
        parser.add_argument("url", metavar="URL", help="postgres://USER:PASSWORD@HOST:5432/NAME")

    def handle(self, *args, url, **options):
        """The other database is known for the length of this command."""
        if connection.vendor != "sqlite":
            raise CommandError("DATABASE_URL names no SQLite database: there is nothing to move from.")
        given = environ.Env.db_url_config(url)
        if given.get("ENGINE") != "django.db.backends.postgresql":
            raise CommandError("The address does not begin with postgres://")
        told = connections.configure_settings({"default": {}, TARGET: given})[TARGET]
        target = load_backend(told["ENGINE"]).DatabaseWrapper(told, TARGET)
        try:
            target.ensure_connection()
        except OperationalError as error:
            raise CommandError(f"PostgreSQL does not answer: {error}") from error
        connections.settings[TARGET], connections[TARGET] = told, target
        try:
            rows = move(target)
        finally:
            target.close()
            del connections.settings[TARGET], connections[TARGET]
        self.stdout.write(
            f"{sum(rows.values())} rows in {len(rows)} tables are on PostgreSQL as they were here. Set DATABASE_URL to "
            "it, grant_public_role, and start the site; keep the SQLite file until you have seen it work."
        )
