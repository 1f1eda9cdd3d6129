"""Works through pgbouncer, which lends a connection for one transaction: a part of the suite, then many clients."""

import contextlib
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

from tests.bench.serving import ROOT, WORKERS, database, gunicorn, static_files
from tests.machine import Missing, free_port, unprivileged_user, wait_for
from tests.replication import servers

POOL = 4  # connections that the server sees of each database and user
NODES = 8
# Where a connection's memory could matter: locks, settings of a transaction, answers in pieces, temporary tables.
ASKED = [
    *("tests/publication/test_races.py", "tests/publication/test_page_version.py", "tests/lists/test_exports.py"),
    *("tests/portal/test_caching.py", "tests/notices/test_mails.py"),
]
SETTINGS = """
[databases]
* = host=127.0.0.1 port={server}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = trust
auth_file = {home}/users
admin_users = portal
pool_mode = transaction
default_pool_size = {pool}
max_client_conn = 500
logfile = {home}/pgbouncer.log
pidfile = {home}/pgbouncer.pid
"""


def main():
    """Run the tests, then ask nodes that have more connections than the server. Returns the status of the tests."""
    with servers() as (primary, _), tempfile.TemporaryDirectory(prefix="portal-pool-") as home:
        primary.initdb()
        primary.start()
        with pgbouncer(Path(home), primary.port) as port:
            status = tests(primary.url(), port)
            many_clients(primary, port)
    return status


@contextlib.contextmanager
def pgbouncer(home, server):
    """The port of a pgbouncer before the server at another port."""
    program = shutil.which("pgbouncer", path=f"{os.environ['PATH']}:/usr/sbin")
    if not program:
        raise Missing("no pgbouncer; on Debian, as root: apt-get install pgbouncer")
    user = unprivileged_user() if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
    os.chown(home, user.pw_uid, -1)
    port = free_port()
    told = {"server": server, "port": port, "pool": POOL, "home": home}
    (home / "users").write_text('"portal" ""\n')
    (home / "pgbouncer.ini").write_text(SETTINGS.format(**told))
    command = [program, "-q", *(["-u", user.pw_name] if os.geteuid() == 0 else []), home / "pgbouncer.ini"]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        wait_for(process, f"postgres://portal@127.0.0.1:{port}/postgres", home / "pgbouncer.log")
        yield port
    finally:
        process.terminate()
        process.wait(timeout=30)


def pooled(url, port):
    """The same database by way of pgbouncer."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=f"portal@127.0.0.1:{port}"))


def tests(server, port):
    """A part of the suite by way of pgbouncer; its database is made without it, as commands are to be run."""
    environment = {**os.environ, "DATABASE_URL": server, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    environment.pop("SUITE_DATABASE", None)
    made = [sys.executable, "-m", "tests.template"]
    name = subprocess.run(made, cwd=ROOT, env=environment, text=True, stdout=subprocess.PIPE, check=True).stdout.strip()
    environment |= {"DATABASE_URL": pooled(server, port), "POOLED": "1", "SUITE_DATABASE": name}
    return subprocess.run([sys.executable, "-m", "pytest", "-q", "-n0", *ASKED], cwd=ROOT, env=environment).returncode


def many_clients(primary, port):
    """Nodes that keep their connections, all asked at once; prints how many each side counts."""
    with static_files() as static, database(primary.url(), static) as environment, contextlib.ExitStack() as stack:
        url = environment["DATABASE_URL"]
        through = {"DATABASE_URL": pooled(url, port), "POOLED": "1", "CACHE_URL": "dummycache://"}
        nodes = [stack.enter_context(gunicorn(environment, **through)) for _ in range(NODES)]
        found = []

        def read(node):
            for number in range(12):
                found.append(node.get(f"/ko/cases/?at={number}")[0])

        threads = [threading.Thread(target=read, args=[node]) for node in nodes for _ in range(WORKERS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        name = urlsplit(url).path[1:]
        seen = primary.execute(f"SELECT count(*) FROM pg_stat_activity WHERE datname = '{name}'")
        with psycopg.connect(f"postgres://portal@127.0.0.1:{port}/pgbouncer", autocommit=True) as console:
            clients = [row for row in console.execute("SHOW CLIENTS").fetchall() if name in row]
        answered = found.count(200)
        print(f"{answered} of {len(found)} pages; {NODES * WORKERS} processes keep {len(clients)} connections to")
        print(f"pgbouncer, pgbouncer {seen} to PostgreSQL.")
        assert answered == len(found) and seen <= POOL
