"""Two people who act at the same moment."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

PATIENCE = 60  # seconds


@pytest.fixture
def at_once(transactional_db):
    """A function that runs two acts from the same moment, each on a connection of its own, and says what came of each.

    Both threads live as long as the test: a connection made for each round would take longer than what is tried.
    """
    with ThreadPoolExecutor(2) as people:

        def meanwhile(*acts):
            start = threading.Barrier(len(acts), timeout=PATIENCE)
            return list(people.map(lambda act: _outcome(act, start), acts, timeout=PATIENCE))

        yield meanwhile
        meanwhile(_leave, _leave)


def _leave():
    connection.close()  # that of the thread which asks


def _outcome(act, start):
    """Whether an act won, or with which words it was refused. Any other failure is what a race must show."""
    start.wait()
    try:
        act()
    except ValidationError as refused:
        return refused.messages[0]
    except Exception as error:  # noqa: BLE001 - whatever fails in a thread is to reach the test
        return error
    return "won"


def one_winner(results):
    """Whether one act won and the other was refused with a sentence."""
    return sorted(map(type, results), key=str) == [str, str] and results.count("won") == 1
