"""Kill -9 under eight writers at every step: workers, database, Redis, sender. Then count.

Five rounds on each database; ``python -m tests.drills.kill ROUNDS [sqlite|postgresql]`` for others. A round kills two
workers, Redis, the sender of mails, the whole of gunicorn, and PostgreSQL where there is one, each while people write;
after it all rest, and every acknowledgement is looked up.
"""

import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.drills import _portal
from tests.drills._cluster import cluster
from tests.machine import free_port

ROUNDS, WRITERS, WORKERS = 5, 8, 4
BETWEEN = (5, 25)  # acknowledgements before each kill
PATIENCE = 180  # seconds


def main(rounds=ROUNDS, database=""):
    """Returns 1 where anything was lost or half."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    if database:
        with tempfile.TemporaryDirectory(prefix="portal-drill-", ignore_cleanup_errors=True) as folder:
            return int(on(database, int(rounds), Path(folder)))
    command = [sys.executable, "-m", "tests.drills.kill", str(rounds)]
    return max(subprocess.run([*command, name]).returncode for name in ("sqlite", "postgresql"))


def on(database, rounds, folder):
    """The drill on one database. Returns whether anything was lost or half."""
    with contextlib.ExitStack() as stack:
        server, address = None, f"sqlite:///{folder}/portal.sqlite3"
        if database == "postgresql":
            server = stack.enter_context(cluster())
            import psycopg

            with psycopg.connect(server.address(), autocommit=True) as admin:
                admin.execute("CREATE DATABASE portal")
            address = server.address("portal")
        told = _portal.environment(address, folder)
        mail_port, redis_port = free_port(), free_port()
        told |= {"EMAIL_URL": f"smtp://127.0.0.1:{mail_port}", "EMAIL_FROM": "desk@drill.example"}
        has_redis = shutil.which("redis-server") is not None
        if has_redis:
            told |= {"CACHE_URL": f"redis://127.0.0.1:{redis_port}/0?socket_timeout=1"}
        _portal.fill(told)
        _portal.manage(told, "collectstatic", "--noinput", "--verbosity=0")
        os.environ.update(told)
        import django

        django.setup()
        from tests.drills._killing import Drill

        drill = Drill(told, folder, server, mail_port, redis_port if has_redis else None)
        stack.callback(drill.stop)
        drill.start(WRITERS, WORKERS)
        for number in range(1, rounds + 1):
            drill.round(number)
        return drill.end()


class Process:
    """A program that is killed and started again."""

    def __init__(self, command, told, log, **options):
        self.command, self.told, self.log, self.options, self.running = command, told, log, options, None
        self.start()

    def start(self):
        """Start it."""
        with self.log.open("a") as log:
            own = {"stdout": log, "stderr": log, "cwd": _portal.ROOT, "env": self.told, "start_new_session": True}
            self.running = subprocess.Popen(self.command, **own)

    def children(self):
        """The processes that it has started."""
        listed = Path(f"/proc/{self.running.pid}/task/{self.running.pid}/children")
        return [int(child) for child in listed.read_text().split()]

    def kill(self):
        """Kill -9, it alone."""
        self.running.kill()
        self.running.wait()

    def kill_children(self, count):
        """Kill -9 of some of its children, at most."""
        for child in random.sample(found := self.children(), min(count, len(found))):
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, 9)

    def kill_all(self):
        """Kill -9 of it and of its children."""
        children = self.children()
        self.kill()
        for child in children:
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, 9)


def sentence(counts):
    """For instance ``3 lost, 1 half``."""
    return ", ".join(f"{count} {name}" for name, count in sorted(Counter(counts).items()))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
