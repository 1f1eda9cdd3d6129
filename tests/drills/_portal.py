"""The portal of a drill: its environment, its commands, and what its tables hold."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
HOST = "drill.example.kr"


def environment(database, folder, **further):
    """As production has it, on a database, with what it keeps below a folder."""
    return {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "SECRET_KEY": "k7-" + "drill-only" * 6,
        "ALLOWED_HOSTS": HOST,
        "FACE": "staff",
        "REQUIRE_MFA": "0",
        "BEHIND_PROXY": "1",
        "DESK_ADDRESS": f"https://{HOST}",
        "DATABASE_URL": database,
        "FILES_ROOT": str(folder / "files"),
        "STATIC_ROOT": str(folder / "static"),
        **further,
    }


def manage(told, *command):
    """A command of the portal. Returns what it prints; raises ``RuntimeError`` with what it complains of."""
    done = subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=told, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}: {done.stderr[-3000:]}")
    return done.stdout


def fill(told, difficulties=0):
    """Make the tables of a database and load the programme into them, or add some invented work."""
    if difficulties:
        manage(told | {"DEBUG": "1"}, "seed_demo", f"--count={difficulties}")
        return
    for command in ("migrate", "sync_roles", "load_programme", "rebuild_search"):
        manage(told, command, "--verbosity=0")


def contents(told):
    """Rows and checksum of each table on PostgreSQL, as a backup notes them."""
    with tempfile.TemporaryDirectory(prefix="portal-drill-") as place:
        manage(told, "backup", place)
        (manifest,) = Path(place).glob("portal-*/manifest.json")
        said = json.loads(manifest.read_text())
    return {name: (said["rows"][name], said["digests"][name]) for name in said["rows"]}
