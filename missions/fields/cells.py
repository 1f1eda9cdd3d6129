"""Cells of spreadsheets, none of which a spreadsheet would run."""

import re

from missions.fields.telephones import is_telephone

RUN = re.compile(r"^[=+\-@＝＋－＠\t\r\n]")  # spreadsheets of East Asia read the wide signs too


def harmless(value):
    """A cell as text; one that a spreadsheet would take for a formula begins with an apostrophe.

    A telephone number stays as it is: it holds nothing but digits and the signs between them. So does a number.
    """
    if isinstance(value, int | float):
        return str(value)
    text = "" if value is None else str(value)
    if text.startswith("+") and is_telephone(text):
        return text
    return f"'{text}" if RUN.match(text) else text


def without_apostrophe(text):
    """A cell as it was before ``harmless``, or before somebody typed the apostrophe for the same reason."""
    return text[1:] if text.startswith("'") and RUN.match(text[1:]) else text
