"""How a line of the log reads: when, which request, where in the code, and no word that somebody typed.

Production writes a JSON object a line, for programs that collect logs; a development machine writes text for people.
"""

import datetime
import json
import logging
import re
import traceback
from contextvars import ContextVar

# What these say is about the code. Others quote values: a row that a constraint refused, a text that is no number.
ABOUT_CODE = (AttributeError, ImportError, NameError, TypeError)
LONGEST_PATH = 200
HIDDEN = "…"
OF_RESET = re.compile(r"(/account/reset/)(?!sent/)[^/]+")  # whoever has this address may choose a password
PLAIN = re.compile(r"[A-Za-z0-9._~-]{0,80}")
NUMBER = re.compile(r"\d(-?\d){6,}")  # of a telephone, a firm, a person
request_id = ContextVar("request_id", default="-")  # of the request that this thread answers


def told_path(request):
    """The path of a request without what may be somebody's words: the query, and parts that no page of the site has."""
    parts = OF_RESET.sub(rf"\1{HIDDEN}", request.path_info)[:LONGEST_PATH].split("/")
    return "/".join(HIDDEN if not PLAIN.fullmatch(part) or NUMBER.search(part) else part for part in parts)


class WithoutWords(logging.Formatter):
    """A JSON object with the id of the request, and a traceback in which most exceptions give their class only."""

    def format(self, record):
        """The line; the request, where the record has one, is known by its id."""
        request, message = getattr(record, "request", None), record.getMessage()
        if hasattr(request, "path_info"):
            message = message.replace(request.path, told_path(request))
        line = {
            "time": datetime.datetime.fromtimestamp(record.created, datetime.UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "request": getattr(request, "id", None) or request_id.get(),
            "message": message,
            **getattr(record, "told", {}),
        }
        if record.exc_info and record.exc_info[1]:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)

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


class Readable(logging.Formatter):
    """A line for people, with whole tracebacks."""

    def __init__(self):
        super().__init__("{asctime} {levelname} {message}", "%H:%M:%S", style="{")

    def formatMessage(self, record):  # noqa: N802 - so called by logging
        """The line; of a request also how long it took and how many queries."""
        told = getattr(record, "told", {})
        return super().formatMessage(record) + "".join(
            f", {told[name]} {unit}" for name, unit in {"ms": "ms", "queries": "queries"}.items() if name in told
        )


def logging_of(debug):
    """The setting ``LOGGING``. Everything goes to standard error."""
    quiet = {"django.server": {"level": "ERROR"}} if debug else {"django.security": {"level": "CRITICAL"}}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": {"()": f"portal.logs.{'Readable' if debug else 'WithoutWords'}"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "django": {"level": "ERROR", "handlers": [], "propagate": True},
            "portal.requests": {"level": "INFO"},
            # What strangers send is refused, and no failure. Lines of the development server are written here anyhow.
            **quiet,
        },
    }
