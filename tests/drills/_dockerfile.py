"""A Dockerfile as a list of instructions."""

import re


def instructions(text):
    """Each stage as pairs of instruction and rest of its line. Comments go, lines that end in a backslash go on."""
    lines = re.sub(r"^#.*\n", "", text, flags=re.MULTILINE).replace("\\\n", " ")
    pairs = [tuple(line.split(None, 1)) for line in lines.splitlines() if line.strip()]
    starts = [number for number, (word, _rest) in enumerate(pairs) if word == "FROM"]
    return [pairs[start:end] for start, end in zip(starts, [*starts[1:], None], strict=True)]
