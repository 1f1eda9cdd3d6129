"""A PostgreSQL server of a drill's own, as production has it: what is committed is on the disk. It can be killed."""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg

from tests.machine import Missing, free_port, installed_programs, unprivileged_user

USER = "portal"
PATIENCE = 60  # seconds


class Cluster:
    """A server whose data, log and archive lie below one folder."""

    def __init__(self, home, **settings):
        self.home, self.data, self.port, self.server = home, home / "data", free_port(), None
        self.programs = installed_programs()
        if self.programs is None:
            raise Missing("no PostgreSQL server with its programs; on Debian: apt-get install postgresql")
        self.person = {}
        if os.geteuid() == 0:
            user = unprivileged_user()
            self.person = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
            self.own(home)
        self.settings = {
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "",
            "port": self.port,
            "max_connections": 60,
            "jit": "off",
        } | settings
        self.run("initdb", "-D", self.data, "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")

    def address(self, name="postgres"):
        """Of one of its databases."""
        return f"postgres://{USER}@127.0.0.1:{self.port}/{name}"

    def own(self, *folders):
        """Give folders, and all in them, to the user that the server runs as."""
        for path in (path for folder in folders for path in (folder, *folder.rglob("*"))):
            if self.person:
                os.chown(path, self.person["user"], self.person["group"])

    def run(self, program, *arguments):
        """One of the programs of PostgreSQL, as the user that the server runs as."""
        command = [self.programs / program, *arguments]
        done = subprocess.run(command, cwd=self.home, capture_output=True, text=True, **self.person)
        if done.returncode:
            raise RuntimeError(f"{program}: {done.stdout}{done.stderr}")
        return done.stdout

    def start(self):
        """Start it, and again where it was killed and what is left of it is not gone yet; return once it answers."""
        until, options = time.monotonic() + PATIENCE, [f"--{key}={value}" for key, value in self.settings.items()]
        while time.monotonic() < until:
            if self.server is None or self.server.poll() is not None:
                with (self.home / "log").open("a") as log:
                    command = [self.programs / "postgres", "-D", self.data, *options]
                    told = {"stdout": log, "stderr": log, "cwd": self.home, "start_new_session": True}
                    self.server = subprocess.Popen(command, **told, **self.person)
            with contextlib.suppress(psycopg.OperationalError):
                psycopg.connect(self.address(), connect_timeout=2).close()
                return
            time.sleep(0.05)
        raise RuntimeError(f"PostgreSQL does not start: {(self.home / 'log').read_text()[-2000:]}")

    def stop(self):
        """Stop it in order."""
        if self.server and self.server.poll() is None:
            self.server.send_signal(signal.SIGINT)  # without waiting for whoever is connected
            self.server.wait(PATIENCE)

    def kill(self):
        """Kill -9 of the server. Its children end as soon as they see it."""
        self.server.kill()
        self.server.wait()


@contextlib.contextmanager
def cluster(**settings):
    """A server that runs, thrown away afterwards."""
    home = Path(tempfile.mkdtemp(prefix="portal-drill-"))
    own = None
    try:
        own = Cluster(home, **settings)
        own.start()
        yield own
    finally:
        if own and own.server and own.server.poll() is None:
            own.stop()
        shutil.rmtree(home, ignore_errors=True)
