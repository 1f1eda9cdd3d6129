"""One line a request in the log: who asked for what, what was answered, how long it took and how many queries."""

import contextlib
import logging
import time

from django.conf import settings
from django.db import connections

from portal.accounts import origin
from portal.logs import told_path

log = logging.getLogger("portal.requests")


class Queries:
    """Counts the queries that pass through it."""

    def __init__(self):
        self.count = 0

    def __call__(self, execute, sql, params, many, context):
        """Run one."""
        self.count += 1
        return execute(sql, params, many, context)


class RequestLog:
    """Writes the line when the answer is ready to be sent. A person is told by the key of the account."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        """Measure, and tell."""
        began, queries = time.perf_counter(), Queries()
        with contextlib.ExitStack() as stack:
            for connection in connections.all():
                stack.enter_context(connection.execute_wrapper(queries))
            response = self.get_response(request)
        seconds = time.perf_counter() - began
        told = {
            "client": origin.address(request),
            "user": getattr(getattr(request, "_cached_user", None), "pk", None),  # asks no database
            "method": request.method,
            "path": told_path(request),
            "status": response.status_code,
            "ms": round(seconds * 1000, 1),
            "queries": queries.count,
            "from": getattr(request, "answered_from", "view"),
            "face": settings.FACE,
        }
        line = f"{told['method']} {told['path']} {told['status']}"
        if settings.METRICS_ROOT:
            _count(told)
        log.info(line, extra={"request": request, "told": told})
        return response


def _count(told):
    """Add a request to the figures. One that was answered is answered, whatever becomes of them."""
    try:
        from portal.operation import metrics

        metrics.count(told)
    except OSError as error:
        log.warning("Not counted below METRICS_ROOT: %s", error)
