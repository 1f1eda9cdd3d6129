"""Figures in the text format of Prometheus: requests as all workers counted them, and the facts of this moment.

The workers of one server add up in files below ``METRICS_ROOT``, which ``portal.settings`` names to the library before
anything imports it. Imported only where that is set.
"""

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector

from portal.operation import facts

TYPE = CONTENT_TYPE_LATEST
METHODS = {"GET", "HEAD", "POST", "OPTIONS"}
REQUESTS = Counter("portal_requests", "Requests answered.", ["method", "status", "source"])
SECONDS = Histogram(
    "portal_request_seconds", "Time until an answer was ready.", ["source"], buckets=(0.005, 0.02, 0.1, 0.5, 2, 10)
)
QUERIES = Counter("portal_queries", "Queries asked of the database.")


def count(told):
    """Count one request, as the log tells it."""
    method = told["method"] if told["method"] in METHODS else "other"
    REQUESTS.labels(method, told["status"], told["from"]).inc()
    SECONDS.labels(told["from"]).observe(told["ms"] / 1000)
    QUERIES.inc(told["queries"])


class Facts:
    """The facts as gauges."""

    def collect(self):
        """Whether each is well, and what of them is a number."""
        found = facts.readiness()
        well = GaugeMetricFamily("portal_well", "1 where this is well.", labels=["name"])
        for fact in found:
            well.add_metric([fact.name], fact.is_well)
        yield well
        free = GaugeMetricFamily("portal_disk_free_bytes", "Room left.", labels=["folder"])
        for folder, size in next(fact.told["free"] for fact in found if fact.name == "disk").items():
            free.add_metric([folder], size)
        yield free
        for fact in found:
            if fact.name == "replica" and fact.told["lag"] is not None:
                yield GaugeMetricFamily("portal_replica_lag_seconds", "Lag of the replica.", fact.told["lag"])
        yield from _work(found)


def _work(found):
    """What waits, where this process may read it."""
    from portal.operation import work

    told = {fact.name: fact for fact in found}
    if told["process"].told["face"] == "public" or not told["database"].is_well:
        return
    mails = work.mails()
    yield GaugeMetricFamily("portal_mails_waiting", "E-mails that wait.", mails["count"])
    yield GaugeMetricFamily("portal_mails_undelivered", "E-mails that did not arrive.", mails["undelivered"])
    yield GaugeMetricFamily("portal_files_unscanned", "Files that wait for the scanner.", work.unscanned())


def text():
    """All of it."""
    registry = CollectorRegistry()
    MultiProcessCollector(registry)
    registry.register(Facts())
    return generate_latest(registry)
