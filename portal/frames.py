"""Room for the frames of Python, so that no call deep inside asks the system for memory.

CPython keeps the frames of its calls in chunks of 16 KB. It takes the next chunk from the system where one is full, and
gives it back as soon as the first call in it returns. A loop that happens to call across the end of a chunk therefore
maps and unmaps memory with every turn: the front page did so 1,870 times, which took a quarter of its time. Where the
end falls depends on how deep the caller is, so that any change anywhere moves the cost to another page.

A call that asks for a large frame gets a chunk large enough for it, and all further calls have their room in the rest.
"""

from functools import wraps

SLOTS = 2**16  # of eight bytes: half of a chunk of one MB, of which the system gives only what is written to


def with_room(function):
    """The same function, whose calls of others have half a megabyte for their frames."""

    @wraps(function)
    def called(*arguments, **named):
        return function(*arguments, **named)

    called.__code__ = called.__code__.replace(co_stacksize=SLOTS)
    return called
