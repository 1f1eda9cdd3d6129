"""The settings of the databases: one where records are written, and a replica of it that the public face may read."""

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()
POOLED = env.bool("POOLED", default=False)  # connections come from a pooler that lends them for a transaction
REPLICA_MAX_LAG = env.float("REPLICA_MAX_LAG", default=10)  # seconds
# A server that is gone is found out in seconds: while connecting, while waiting, while sending (milliseconds).
FOUND_OUT = {"connect_timeout": 3, "keepalives_idle": 5, "keepalives_interval": 2, "keepalives_count": 2}
FOUND_OUT |= {"tcp_user_timeout": 5000}


def databases(base, face):
    """The databases of this process. Raises ``ImproperlyConfigured`` for a replica of anything but PostgreSQL."""
    kept = f"sqlite:///{base / 'var' / 'portal.sqlite3'}"
    found = {"default": _database(env.db_url("DATABASE_URL", default=kept))}
    if face == "public" and env.str("REPLICA_URL", default=""):
        found["replica"] = _database(env.db_url("REPLICA_URL"))
        if not all(database["ENGINE"].endswith("postgresql") for database in found.values()):
            raise ImproperlyConfigured("REPLICA_URL is set: it and DATABASE_URL must both lead to PostgreSQL.")
        found["replica"]["TEST"] = {"MIRROR": "default"}
    return found


def _database(database):
    if database["ENGINE"] == "django.db.backends.sqlite3":
        database["OPTIONS"] = {
            # Writers queue from their first statement on: SQLite has no row locks to wait for.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL",
        }
        # Its files for several readers are there while a connection is open. A read-only or full disk takes none anew.
        database["CONN_MAX_AGE"] = None
        return database
    database["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
    database["CONN_HEALTH_CHECKS"] = True
    options = database["OPTIONS"] = {**FOUND_OUT, **database.get("OPTIONS", {})}
    if POOLED:
        # What is said when a connection begins is said to the pooler. A cursor of the server would outlive its
        # transaction, and with it its connection. psycopg prepares nothing, as Django tells it.
        database["DISABLE_SERVER_SIDE_CURSORS"] = True
    else:
        # Compiling a plan takes PostgreSQL longer than any query of the portal.
        options.setdefault("options", "-c jit=off")
    return database
