"""Whether the release before goes on running beside each migration; ``./run check`` calls this.

While a release is brought in, nodes of two releases use one database. So a migration only adds: a column with a
default in the database, a table, an index. What nothing uses any more is dropped a release later. The statements are
those for PostgreSQL, which production runs on; SQLite makes a table anew for almost any change.
"""

import os
import sys

import django
from django_migration_linter import MigrationLinter

from tests.machine import Missing, postgresql

# Migrations that need not keep the rule, each with the reason: a column that two releases have done without, the
# longer text of a column, a constraint that every row of the release before keeps.
EXEMPT = {
    "0001_records": "the first schema",
    "0002_history_and_page_version": "the first schema",
    "0003_search_indexes": "the first schema",
    "0019_corrections": "a unique constraint that asks less than the one it replaces",
    "0021_office_days": "unique in a column that the release before leaves empty, in a table of a few rows",
}


def main():
    """Print what each migration would break; return whether there is any."""
    try:
        with postgresql() as (url, _version, _origin):
            os.environ |= {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "portal.settings"}
            django.setup()
            linter = MigrationLinter(include_apps=["missions"], ignore_name=EXEMPT, quiet=["ok", "ignore"])
            linter.lint_all_migrations()
            django.db.connections.close_all()
    except Missing as reason:
        print(f"Migrations are checked on PostgreSQL, and there is {reason}")
        return True
    return linter.has_errors


if __name__ == "__main__":
    sys.exit(main())
