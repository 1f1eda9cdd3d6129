"""How a failure reads in the log: when, which request, where in the code, and no word that somebody typed."""

import logging
import traceback

# What these say is about the code. Others quote values: a row that a constraint refused, a text that is no number.
ABOUT_CODE = (AttributeError, ImportError, NameError, TypeError)


class WithoutWords(logging.Formatter):
    """A line with the id of the request, and a traceback in which most exceptions give their class only."""

    def __init__(self):
        super().__init__("{asctime} {levelname} {name} [{request_id}] {message}", style="{")

    def format(self, record):
        """The line; the request, where the record has one, is known by its id."""
        record.request_id = getattr(getattr(record, "request", None), "id", "-")
        record.exc_text = None  # another formatter may have kept its own
        return super().format(record)

    def formatException(self, exc_info):  # noqa: N802 - so called by logging
        """The calls that led to an exception and to those it came of, the first one first."""
        error, told = exc_info[1], []
        while error is not None and len(told) < 10:
            told.append("".join(traceback.format_tb(error.__traceback__)) + _named(error))
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\nOf this came:\n".join(reversed(told))


def _named(error):
    name = f"{type(error).__module__}.{type(error).__qualname__}"
    constraint = getattr(getattr(error, "diag", None), "constraint_name", None)  # of PostgreSQL
    said = str(error) if isinstance(error, ABOUT_CODE) else constraint
    return f"{name}: {said}" if said else name
