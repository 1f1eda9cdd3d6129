"""A database of its own, gunicorn as in production before it, and a reader who takes the time."""

import contextlib
import os
import secrets
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

ROOT = Path(__file__).parent.parent.parent
WORKERS = 2
HOST = "bench.example.kr"


@contextlib.contextmanager
def database(server, static):
    """The environment of a portal on a database of its own with the programme in it; dropped again."""
    name = f"portal_bench_{secrets.token_hex(4)}"
    parts = urlsplit(server)
    environment = {
        "PATH": os.environ["PATH"],
        "SECRET_KEY": "k7-" + "bench-only" * 6,
        "ALLOWED_HOSTS": HOST,
        "FACE": "staff",
        "SECURE_SSL_REDIRECT": "0",
        "STATIC_ROOT": static,
        "DATABASE_URL": urlunsplit(parts._replace(path=f"/{name}")),
        "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
    }
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(sql.Identifier(name)))
        try:
            for command in (["migrate"], ["sync_roles"], ["load_programme"]):
                run(environment, "manage.py", *command, "--verbosity=0", stdout=subprocess.DEVNULL)
            yield environment
        finally:
            admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def run(environment, *command, **options):
    """A Python of its own in the environment of one database."""
    return subprocess.run([sys.executable, *command], cwd=ROOT, env=environment, check=True, text=True, **options)


@contextlib.contextmanager
def static_files():
    """The directory of the collected static files."""
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
        settings = {"DEBUG": "0", "SECRET_KEY": "x" * 60, "ALLOWED_HOSTS": HOST, "FACE": "staff"}
        environment = {**os.environ, **settings, "STATIC_ROOT": folder}
        run(environment, "manage.py", "collectstatic", "--noinput", "--verbosity=0")
        yield folder


@contextlib.contextmanager
def gunicorn(environment, **values):
    """The server that ``docs/operations.md`` describes, as somebody who reads from it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = ["--no-control-socket", "--limit-request-line=0", f"--workers={WORKERS}"]
    command = [sys.executable, "-m", "gunicorn", "portal.wsgi", *options]
    server = subprocess.Popen(
        [*command, f"--bind=127.0.0.1:{port}", "--log-level=error"],
        cwd=ROOT,
        env={**environment, **values},
        stderr=subprocess.DEVNULL,  # a line for each request
    )
    try:
        yield Reader(port, server.pid)
    finally:
        server.terminate()
        server.wait(timeout=30)


class Reader:
    """Asks one server. Connections are not kept: gunicorn's workers close them."""

    def __init__(self, port, server):
        self.port, self.server, self.cookie = port, server, ""
        for _ in range(300):
            with contextlib.suppress(OSError):
                self.get("/robots.txt")
                return
            time.sleep(0.1)
        raise RuntimeError("gunicorn does not start")

    def get(self, address, **headers):
        """Status, headers and size of an answer."""
        said = {"Host": HOST, "Accept-Encoding": "gzip", "Connection": "close", "Cookie": self.cookie, **headers}
        lines = [f"GET {address} HTTP/1.1", *(f"{name.replace('_', '-')}: {said[name]}" for name in said if said[name])]
        with socket.create_connection(("127.0.0.1", self.port), timeout=120) as connection:
            connection.sendall("\r\n".join([*lines, "", ""]).encode())
            received = b"".join(iter(lambda: connection.recv(1 << 18), b""))
        head, _, body = received.partition(b"\r\n\r\n")
        status, *rest = head.decode("latin-1").split("\r\n")
        return int(status.split()[1]), dict(line.lower().split(": ", 1) for line in rest), len(body)

    def took(self, address, **headers):
        """Milliseconds that an answer takes."""
        began = time.perf_counter()
        self.get(address, **headers)
        return 1000 * (time.perf_counter() - began)

    def throughput(self, address, *, seconds=1.0, readers=4, **headers):
        """Answers a second to some readers at once, and milliseconds of the workers' processors for each."""
        until, counts, before = time.perf_counter() + seconds, [0] * readers, self.processor()

        def read(number):
            while time.perf_counter() < until:
                self.get(address, **headers)
                counts[number] += 1

        began = time.perf_counter()
        threads = [threading.Thread(target=read, args=[number]) for number in range(readers)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        total = sum(counts)
        return total / (time.perf_counter() - began), 1000 * (self.processor() - before) / total

    def processor(self):
        """Seconds of processor time that the workers have used."""
        workers = Path(f"/proc/{self.server}/task/{self.server}/children").read_text().split()
        stats = [Path(f"/proc/{worker}/stat").read_text().rpartition(")")[2].split() for worker in workers]
        return sum(int(stat[11]) + int(stat[12]) for stat in stats) / os.sysconf("SC_CLK_TCK")
