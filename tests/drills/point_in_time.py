"""Bring PostgreSQL back to just before a mishap, by the steps of docs/operations.md.

A server archives what it writes, its base is copied, people work, somebody empties two columns. The server is brought
back from base and archive to the moment before, and every table is compared with what it held then.
"""

import shutil
import time

import psycopg

from tests.drills import _portal
from tests.drills._cluster import cluster

INVENTED = 30  # difficulties, written after the base was copied
RECOVERY = """
restore_command = 'cp {archive}/%f %p'
recovery_target_time = '{moment}'
recovery_target_action = 'promote'
"""


def main():
    """Returns 1 where a table is not what it was."""
    with cluster(wal_level="replica") as server:
        archive, base = server.home / "archive", server.home / "base"
        for folder in (archive, base):
            folder.mkdir(mode=0o700)
        server.own(archive, base)
        server.stop()
        server.settings |= {"archive_mode": "on", "archive_timeout": "60"}
        server.settings |= {"archive_command": f"test ! -f {archive}/%f && cp %p {archive}/%f"}
        server.start()
        with psycopg.connect(server.address(), autocommit=True) as admin:
            admin.execute("CREATE DATABASE portal")
        told = _portal.environment(server.address("portal"), server.home)
        _portal.fill(told)
        server.run("pg_basebackup", "-D", base, "-h", "127.0.0.1", "-p", str(server.port), "-U", "portal", "-c", "fast")
        said("base", "copied, with the programme in it")
        _portal.fill(told, INVENTED)
        before = _portal.contents(told)
        moment, lost = mishap(server)
        said("mishap", f"{lost} difficulties lost their words after {moment}")
        if _portal.contents(told) == before:
            raise RuntimeError("The mishap changed nothing.")

        server.stop()
        recover(server, base, archive, moment)
        after = _portal.contents(told)
        different = sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
        rows = sum(count for count, _digest in after.values())
        said("recovered", f"{rows} rows in {len(after)} tables; {len(different)} tables are not as before the mishap")
        said("", " ".join(different))
        return int(bool(different))


def mishap(server):
    """Somebody writes over what they should not have. Returns the moment before, and how many rows it hit."""
    with psycopg.connect(server.address("portal"), autocommit=True) as somebody:
        moment = somebody.execute("SELECT now()").fetchone()[0].isoformat()
        time.sleep(1.1)
        return moment, somebody.execute("UPDATE missions_difficulty SET account = '', title = 'x'").rowcount


def recover(server, base, archive, moment):
    """Put the base in place of the data, and let the server read on in the archive until that moment."""
    damaged = server.data.rename(server.home / "damaged")
    shutil.copytree(base, server.data)
    for path in (damaged / "pg_wal").iterdir():
        if path.is_file() and not (archive / path.name).exists():  # what was written last is not archived yet
            shutil.copy(path, server.data / "pg_wal" / path.name)
    with (server.data / "postgresql.auto.conf").open("a") as settings:
        settings.write(RECOVERY.format(archive=archive, moment=moment))
    (server.data / "recovery.signal").touch()
    server.own(server.data)
    server.start()
    for _ in range(600):
        with psycopg.connect(server.address("portal"), autocommit=True) as asked:
            if not asked.execute("SELECT pg_is_in_recovery()").fetchone()[0]:
                return
        time.sleep(0.1)
    raise RuntimeError("The server stays in recovery.")


def said(step, what):
    """Print a line of the report."""
    print(f"{step:10} {what}", flush=True)
