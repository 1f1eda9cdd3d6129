"""Calls deep inside find their room for frames without asking the system for memory."""

import resource
import threading

from portal.frames import with_room
from portal.wsgi import application

DEEP, TURNS = 300, 100


def called():
    """A call with nothing in it."""


def at_each_depth(depth=DEEP):
    """Call something again and again at every depth of the stack, so that one of them is at the end of a chunk."""
    for _ in range(TURNS):
        called()
    if depth:
        at_each_depth(depth - 1)


def pages_taken(function):
    """Pages of memory that a function takes from the system, in a thread with a stack of its own."""
    taken = []

    def watched():
        before = resource.getrusage(resource.RUSAGE_THREAD).ru_minflt
        function()
        taken.append(resource.getrusage(resource.RUSAGE_THREAD).ru_minflt - before)

    thread = threading.Thread(target=watched)
    thread.start()
    thread.join()
    return taken[0]


def test_no_loop_at_any_depth_takes_memory_from_the_system_with_every_turn():
    assert pages_taken(with_room(at_each_depth)) < TURNS


def test_what_gunicorn_serves_has_room_and_hands_on_what_it_was_called_with():
    taken = with_room(lambda *arguments, **named: (arguments, named))

    assert taken(1, two=2) == ((1,), {"two": 2})
    assert application.__code__.co_stacksize == taken.__code__.co_stacksize > 2**15
