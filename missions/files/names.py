"""What a file was called, as it is kept beside it. No path is ever made of it: content lies under a random name."""

import re

from missions.fields.text import one_line

LONGEST = 150
RESERVED = re.compile(r'[<>:"|?*]')  # Windows takes no file with these in its name


def cleaned(name):
    """The last part of a name: composed letters, no path, no hidden signs, none that Windows refuses.

    Signs of direction, which make “exe.gpj” read as “jpg.exe”, are hidden signs. A long name is cut before its ending.
    """
    last = re.split(r"[/\\]", name)[-1]
    last = RESERVED.sub("_", one_line(last)).strip(". ")
    stem, dot, suffix = last.rpartition(".")
    if not dot or len(suffix) > 10:
        return last[:LONGEST]
    return f"{stem.strip()[: LONGEST - len(suffix) - 1]}.{suffix}"


def ending(name):
    """What a name ends on behind its last stop, in small letters; an empty text without one."""
    stem, dot, suffix = name.rpartition(".")
    return suffix.lower() if dot and stem else ""
