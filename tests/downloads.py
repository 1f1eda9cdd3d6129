"""What a browser calls the files that it is sent."""

import re
from urllib.parse import unquote


def names_of(answer):
    """The names under which an answer may be saved: the plain one, and that in the words of its reader."""
    header = answer["Content-Disposition"]
    plain, words = re.fullmatch(
        r"attachment; filename=\"([ -~]+)\"(?:; filename\*=UTF-8''([\w.%-]+))?", header
    ).groups()
    return plain, unquote(words or "")
