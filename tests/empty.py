"""Empty databases beside that of a worker: made by ``migrate``, and nothing else in them."""

import contextlib
import os
import secrets
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.db import connection
from psycopg import sql

from portal.backups.schema import WRITTEN_BY_MIGRATE
from tests import passes, template
from tests.machine import postgresql, quick_folder

SERVER = "SUITE_POSTGRESQL"  # the address of a server, and of a filled database on it


@contextlib.contextmanager
def of_postgresql():
    """The address of an empty database on the server of this run, or on one of its own where there is none."""
    with contextlib.ExitStack() as stack:
        filled = os.environ.get(SERVER) or stack.enter_context(_filled())
        parts, name = urlsplit(filled), f"empty_{secrets.token_hex(4)}"
        admin = psycopg.connect(urlunsplit(parts._replace(path="/postgres")), autocommit=True)
        stack.callback(admin.close)
        _run(admin, "CREATE DATABASE {} TEMPLATE {}", name, parts.path[1:])
        stack.callback(_run, admin, "DROP DATABASE {} WITH (FORCE)", name)
        address = urlunsplit(parts._replace(path=f"/{name}"))
        with psycopg.connect(address) as inside:
            _empty(inside)
        yield address


@contextlib.contextmanager
def _filled():
    """The filled database of a worker, or a server with one for this test alone."""
    if connection.vendor == "postgresql":
        told = connection.settings_dict
        host = f"{told['USER']}:{told['PASSWORD']}@{told['HOST']}:{told['PORT']}"
        yield f"postgres://{host}/{told['NAME'].removesuffix(f'_{template.WORKER}')}"
        return
    with postgresql(quick_folder()) as (url, *_):
        name = passes.make_template(passes.environment_of(url))
        yield urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def _run(admin, statement, *names):
    admin.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def _empty(inside):
    """As ``migrate`` leaves it."""
    names = [name for (name,) in inside.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
    for state in ("DISABLE", "ENABLE"):
        for name in names:
            _run(inside, f"ALTER TABLE {{}} {state} TRIGGER USER", name)
        if state == "DISABLE":
            emptied = sql.SQL(", ").join(sql.Identifier(name) for name in names if name not in WRITTEN_BY_MIGRATE)
            inside.execute(sql.SQL("TRUNCATE {} RESTART IDENTITY").format(emptied))


@contextlib.contextmanager
def entered(folder):
    """Lead the connection to an empty database of its own kind."""
    own = connection.settings_dict["NAME"]
    with contextlib.ExitStack() as stack:
        if connection.vendor == "sqlite":
            name = folder / f"{secrets.token_hex(4)}.sqlite3"
        else:
            name = urlsplit(stack.enter_context(of_postgresql())).path[1:]
        connection.close()
        connection.settings_dict["NAME"] = str(name)
        try:
            yield
        finally:
            connection.close()
            connection.settings_dict["NAME"] = own
