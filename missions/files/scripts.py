"""Whether a script of Hangul does anything. Every document has one, as a rule of empty functions and names."""

import re

COMMENTS = re.compile(r"/\*.*?\*/|//[^\r\n]*", re.DOTALL)
NOTHING = re.compile(r"(var\w+=[\w.]+;?|function\w+\(\w*\)\{;?\};?)*")


def does_something(script):
    """Whether a script has more than names for parts of the document and functions without content."""
    bare = re.sub(r"[\s\0\ufeff]+", "", COMMENTS.sub("", script))
    return NOTHING.fullmatch(bare) is None
