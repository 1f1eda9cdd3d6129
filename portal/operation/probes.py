"""Addresses for machines that watch: whether this process is alive, whether it is ready, and figures for Prometheus.

They come by the address of a machine and without TLS, so these are answered before hosts and schemes are looked at.
"""

import json
import logging

from django.conf import settings
from django.http import HttpResponse

from portal.accounts import origin
from portal.networks import within
from portal.operation import facts

TEXT = "text/plain; charset=utf-8"
log = logging.getLogger(__name__)


class Probes:
    """Answers them. What is told beyond yes or no is for ``MONITORS`` alone."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.lacking = None  # what was not well when it was asked last
        self.answers = {"/healthz": self.alive, "/readyz": self.ready, "/metrics": self.metrics}

    def __call__(self, request):
        """Answer a probe; anything else goes on."""
        probe = self.answers.get(request.path_info)
        if probe is None or (probe == self.metrics and not self._is_told(request)):
            return self.get_response(request)
        if request.method not in ("GET", "HEAD"):
            return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
        response = probe(request)
        response["Cache-Control"], response["X-Content-Type-Options"] = "no-store", "nosniff"
        if request.method == "HEAD":
            response.content = b""
        return response

    def alive(self, request):
        """Say so. No database is asked."""
        return HttpResponse("ok\n", content_type=TEXT)

    def ready(self, request):
        """200 where nothing lacks that this process needs, else 503."""
        found = facts.readiness()
        lacking = [fact.name for fact in found if fact.is_needed and not fact.is_well]
        if lacking != self.lacking:
            log.log(logging.WARNING if lacking else logging.INFO, "Ready but for: %s", ", ".join(lacking) or "nothing")
            self.lacking = lacking
        status = 503 if lacking else 200
        if not self._is_told(request):
            return HttpResponse("not ready\n" if lacking else "ready\n", content_type=TEXT, status=status)
        told = {fact.name: {"well": fact.is_well, **fact.told} for fact in found}
        body = json.dumps({"ready": not lacking, **told}, ensure_ascii=False, indent=1)
        return HttpResponse(body, content_type="application/json", status=status)

    def metrics(self, request):
        """The figures; where there are none, and to strangers, the address is one that is not there."""
        from portal.operation import metrics

        return HttpResponse(metrics.text(), content_type=metrics.TYPE)

    def _is_told(self, request):
        watched = request.path_info != "/metrics" or settings.METRICS_ROOT
        return bool(watched) and within(origin.address(request), settings.MONITORS)
