"""A long list that is read further in one window while it is deleted in another."""

import threading
import time

import pytest
from django.db import connection

from missions.models import ExportFile
from tests.admin.long_lists import begin, kept
from tests.racing import PATIENCE

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("programme", "short_steps"),
    pytest.mark.postgresql,
]


def waits():
    """Whether somebody waits for a row that this connection has locked."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute("SELECT 1 FROM pg_stat_activity WHERE pg_backend_pid() = ANY(pg_blocking_pids(pid))")
        return cursor.fetchone() is not None


def test_a_step_waits_for_a_deletion_and_leaves_nothing(client, officer, other, before, at_once):
    page, read, stepped = begin(client), threading.Event(), threading.Event()

    def held(execute, sql, *args):
        result = execute(sql, *args)
        if connection.in_atomic_block and "missions_exportfile" in sql and not read.is_set():
            read.set()
            until = time.monotonic() + PATIENCE
            while not (stepped.is_set() or waits()) and time.monotonic() < until:
                time.sleep(0.01)
        return result

    def delete():
        with connection.execute_wrapper(held):
            client.post(page, {"do": "delete"})

    def step():
        read.wait(PATIENCE)
        other.post(page)
        stepped.set()

    assert at_once(delete, step) == ["won", "won"]
    assert not ExportFile.objects.exists() and not kept() - before
