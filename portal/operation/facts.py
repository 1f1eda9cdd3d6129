"""How this process and what it stands on are doing: for the probes, the metrics and the page of superusers."""

import shutil
import tempfile
import time
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

import django
from django.conf import settings
from django.core.cache import caches
from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from portal import outage
from portal.replica import REPLICA, Databases

LEAST_FREE = 200 * 1024 * 1024  # bytes
FRESH_FOR = 1  # seconds: whoever asks more often is told the same again
OF_DATABASE = {
    "postgresql": (
        "SELECT current_setting('server_version'), pg_is_in_recovery(),"
        " current_setting('transaction_read_only') = 'off'"
    ),
    "sqlite": "SELECT sqlite_version(), false, true",
}
_kept, _databases = {}, Databases()


@dataclass(frozen=True)
class Fact:
    """One thing, whether it is well, and what is told of it. Without what is ``needed`` a process is not ready."""

    name: str
    is_well: bool
    told: dict = field(default_factory=dict)
    is_needed: bool = True


def readiness():
    """What a process needs, and what it can be without, as it was within the last second."""
    if time.monotonic() - _kept.get("at", -FRESH_FOR) >= FRESH_FOR:
        primary, copy = database(), replica()
        if copy and copy.told["is_near"]:
            primary = replace(primary, is_needed=False)
        found = [process(), primary, copy, migrations() if primary.is_well else None]
        _kept.update(at=time.monotonic(), facts=[fact for fact in [*found, keeping(), disk()] if fact])
    return _kept["facts"]


def forget():
    """Look again."""
    _kept.clear()


def process():
    """What this process is."""
    return Fact("process", True, {"release": settings.VERSION, "django": django.get_version(), "face": settings.FACE})


def database():
    """Whether it answers; whether it is a standby, and takes writing. It need not take any for pages to be read."""
    if outage.is_known():
        return Fact("database", False)
    try:
        with connection.cursor() as cursor:
            cursor.execute(OF_DATABASE[connection.vendor])
            release, standby, writable = cursor.fetchone()
    except Error:
        if not connection.in_atomic_block:
            connection.close()  # so that the next one is tried
        return Fact("database", False)
    told = {"kind": connection.vendor, "release": release.split()[0]}
    return Fact("database", True, told | {"standby": bool(standby), "writable": bool(writable)})


@cache
def _known_migrations():
    return set(MigrationLoader(None).disk_migrations)


def migrations():
    """Whether the database has every migration of this release. It may have more: those of the next one.

    A public role to which an earlier release gave its rights may not read them; its pages need no answer.
    """
    applied = MigrationRecorder(connection).migration_qs.values_list("app", "name")
    try:
        missing = sorted(_known_migrations() - set(applied))
    except Error:
        return Fact("migrations", False, is_needed=settings.FACE != "public")
    return Fact("migrations", not missing, {"missing": [".".join(key) for key in missing]})


def replica():
    """How far the replica that this process reads from is behind, in seconds; None where it reads from none."""
    if REPLICA not in settings.DATABASES:
        return None
    receives, behind = _databases.lag()
    is_near = behind is not None and behind <= settings.REPLICA_MAX_LAG
    return Fact("replica", receives and is_near, {"lag": behind, "is_near": is_near}, is_needed=False)


def keeping():
    """Whether the cache gives back what it was given. The site goes on without."""
    try:
        caches["pages"].set("probe", 1, 10)
        is_well = caches["pages"].get("probe") == 1
    except Exception:  # noqa: BLE001 - each cache has errors of its own
        is_well = False
    kind = type(caches["pages"]).__name__.removesuffix("Cache")
    return Fact("cache", is_well, {"kind": kind}, is_needed=False)


def disk():
    """How much room is left where this process writes. Pages can be read without, so the public face needs none."""
    folders = {"temporary": Path(tempfile.gettempdir())}
    if connection.vendor == "sqlite":
        folders["database"] = Path(connection.settings_dict["NAME"]).parent
    if settings.FACE != "public":
        folders["files"] = Path(settings.FILES_ROOT)
    free = {name: shutil.disk_usage(folder).free for name, folder in folders.items() if folder.exists()}
    is_well = all(size >= LEAST_FREE for size in free.values())
    return Fact("disk", is_well, {"free": free}, is_needed=settings.FACE != "public")
