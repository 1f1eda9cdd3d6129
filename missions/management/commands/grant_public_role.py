"""Make the PostgreSQL role with which the public face signs in to the database."""

import os

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from missions.publication import rights


class Command(BaseCommand):
    """Grants what the public may read, takes everything else away, and hides rows that are not published."""

    help = (
        "Make or update the PostgreSQL role of the public face: SELECT on what the public reads and nothing else, "
        "published rows only. Run it after every migrate, as the owner of the tables. PUBLIC_ROLE_PASSWORD sets its "
        "password."
    )

    def add_arguments(self, parser):
        parser.add_argument("--role", default="portal_public", help="Name of the role.")

    def handle(self, *args, role, **options):
        """Refuse a role that no policy would bind."""
        if connection.vendor != "postgresql":
            raise CommandError("Only PostgreSQL has roles.")
        name = connection.ops.quote_name(role)
        with connection.cursor() as cursor:
            for table, rows in rights.ROWS.items():
                _hide(cursor, table, rows)
        with transaction.atomic(), connection.cursor() as cursor:
            _make(cursor, role, name)
            for statement in _statements(name, connection.ops.quote_name(connection.settings_dict["NAME"])):
                cursor.execute(statement)
        self.stdout.write(f"{role} reads {len(rights.public_tables())} tables, published rows only, and writes none.")


def _make(cursor, role, name):
    cursor.execute(
        "SELECT rolsuper OR rolbypassrls OR pg_has_role(rolname, current_user, 'MEMBER') FROM pg_roles"
        " WHERE rolname = %s",
        [role],
    )
    found = cursor.fetchone()
    if found and found[0]:
        raise CommandError(f"{role} is the owner of the tables or a superuser: no right could be kept from it.")
    if not found:
        cursor.execute("SELECT rolcreaterole OR rolsuper FROM pg_roles WHERE rolname = current_user")
        if not cursor.fetchone()[0]:
            raise CommandError(f"This user may not make roles. As a superuser: CREATE ROLE {name} LOGIN; then again.")
        cursor.execute(f"CREATE ROLE {name} LOGIN NOINHERIT")
    if password := os.environ.get("PUBLIC_ROLE_PASSWORD"):
        cursor.execute(f"ALTER ROLE {name} PASSWORD %s", [password])


def _hide(cursor, table, rows):
    """Hide rows of a table from all but its owner. A policy that is there is left alone: readers would wait for it.

    Each table has a transaction of its own: two tables locked at once are a deadlock with a reader who joins them.
    """
    name = f"{table}_published"
    cursor.execute(
        "SELECT 1 FROM pg_policy JOIN pg_class ON pg_class.oid = polrelid WHERE polrelid = %s::regclass"
        " AND polname = %s AND relrowsecurity AND obj_description(pg_policy.oid, 'pg_policy') = %s",
        [table, name, rows],
    )
    if cursor.fetchone():
        return
    with transaction.atomic():
        cursor.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        cursor.execute(f"DROP POLICY IF EXISTS {name} ON {table}")
        cursor.execute(f"CREATE POLICY {name} ON {table} FOR SELECT USING ({rows})")
        cursor.execute(f"COMMENT ON POLICY {name} ON {table} IS %s", [rows])


def _statements(role, database):
    """The same whatever was granted before. They are one transaction, so that readers see all of it or nothing."""
    yield "REVOKE CREATE ON SCHEMA public FROM PUBLIC"
    for what in ("TABLES", "SEQUENCES", "FUNCTIONS"):
        yield f"REVOKE ALL ON ALL {what} IN SCHEMA public FROM {role}"
    yield f"GRANT CONNECT ON DATABASE {database} TO {role}"
    yield f"GRANT USAGE ON SCHEMA public TO {role}"
    for table in rights.tables("public"):
        yield f"GRANT SELECT ON {table} TO {role}"
    for table, columns in rights.COLUMNS.items():
        yield f"GRANT SELECT ({columns}) ON {table} TO {role}"
