"""The site as a process of one face serves it, on the database of the test.

``python -m tests.face`` is that process: it reads from standard input what to ask for and writes what it was answered.
"""

import os
import pickle
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import patch

from portal.frames import with_room

ROOT = Path(__file__).parent.parent
STARTED = """
import gc, pickle, sys, django
django.setup()
gc.freeze()
gc.set_threshold(50_000, 50, 50)  # as in the suite
from tests.face import answer
pickle.dump(answer(pickle.load(sys.stdin.buffer)), sys.stdout.buffer)
"""


def process(face, asked, user=None):
    """What a process of this face answers to ``requests``, and on a ``walk`` by two keys at a moment.

    A request is its method and its address and, where something is sent, that and its type.
    ``user`` is the name and password with which it signs in to PostgreSQL, where that is not the owner.
    """
    environment = {
        **os.environ,
        "FACE": face,
        "DATABASE_URL": database(user),
        "DJANGO_SETTINGS_MODULE": "tests.settings",
    }
    ran = subprocess.run(
        [sys.executable, "-c", STARTED],
        cwd=ROOT,
        env=environment,
        input=pickle.dumps(asked),
        capture_output=True,
    )
    assert ran.returncode == 0, ran.stderr.decode()[-3000:]
    return pickle.loads(ran.stdout)


def database(user=None):
    """The address of the database to which the connection leads."""
    from django.db import connection

    own = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{own['NAME']}"
    user = user or f"{own['USER']}:{own['PASSWORD']}"
    return f"postgres://{user}@{own['HOST'] or 'localhost'}:{own['PORT'] or 5432}/{own['NAME']}"


def shell(code, **settings):
    """What some code prints in a process with these settings of production, and nothing else."""
    environment = {"PATH": os.environ["PATH"], "SECRET_KEY": "x" * 60, "ALLOWED_HOSTS": "testserver"}
    environment |= {"DJANGO_SETTINGS_MODULE": "portal.settings", **settings}
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr[-3000:]
    return ran.stdout


@with_room
def answer(asked):
    """Ask for what standard input says."""
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.raise_request_exception = False
    told = {"answers": [_told(client.generic(*request)) for request in asked.get("requests", [])]}
    if "walk" in asked:
        told["walk"] = _walked(*asked["walk"])
    return told | {"modules": sorted(sys.modules)}


def _told(response):
    return {
        "status": response.status_code,
        "headers": dict(response.headers),
        "cookies": sorted(response.cookies),
        "text": response.getvalue().decode(errors="replace"),
    }


def _walked(body, meeting, moment):
    """Every public address, as ``tests.site`` finds them. The clock is held still."""
    from missions.models import Body, Meeting
    from tests import site

    planted = SimpleNamespace(body=Body.objects.get(pk=body), meeting=Meeting.objects.get(pk=meeting))
    with patch("django.utils.timezone.now", lambda: moment):
        return site.ask(planted)
