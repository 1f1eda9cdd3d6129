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

# Migrations that need not keep the rule: the first schema, which no release has gone before.
EXEMPT = ["0001_records", "0002_what_models_do_not_say"]


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
