"""What the API answers where it cannot answer: ``application/problem+json`` (RFC 9457), in both languages."""

from dataclasses import dataclass

from django.http import JsonResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django.views import defaults
from rest_framework.exceptions import APIException, MethodNotAllowed

TITLES = {
    "unknown-parameter": _("A parameter is unknown"),
    "wrong-value": _("A value cannot be understood"),
    "no-such-page": _("There is no such page"),
    "not-found": _("There is no such record or address"),
    "method-not-allowed": _("The API is read only"),
    "bad-request": _("The address cannot be read"),
    "failure": _("The site failed"),
    "unavailable": _("The site is not available for the moment"),
}
ADDRESS = "/api/"  # everything below it speaks to programs


@dataclass(frozen=True)
class Wrong:
    """What is wrong with one parameter, in words that may be lazy or a function, and the values it may have."""

    parameter: str
    detail: object
    allowed: tuple = ()

    def told(self):
        """As it stands in the answer."""
        found = {"parameter": self.parameter, **in_both("detail", self.detail)}
        return {**found, "allowed": list(self.allowed)} if self.allowed else found


class Problem(APIException):
    """An answer that says what is wrong and what would be right."""

    def __init__(self, kind, status, detail, wrong=()):
        super().__init__(str(kind))
        self.kind, self.status_code, self.said, self.wrong = kind, status, detail, wrong


def in_both(name, words):
    """Words in English under a name, and in Korean beside it."""
    told = {}
    for language, key in (("en", name), ("ko", f"{name}_ko")):
        with override(language):
            told[key] = str(words() if callable(words) else words)
    return told


def problem(request, kind, status, detail, wrong=()):
    """The answer to a request that failed."""
    body = {
        "type": request.build_absolute_uri(f"/data/#problem-{kind}"),
        **in_both("title", TITLES[kind]),
        "status": status,
        **in_both("detail", detail),
        "instance": request.path,
    }
    if wrong:
        body["errors"] = [one.told() for one in wrong]
    told = JsonResponse(
        body, status=status, content_type="application/problem+json", json_dumps_params={"ensure_ascii": False}
    )
    told.says_why = True  # so that a development machine shows it too
    return told


def answer(error, context):
    """Turn what a view raised into a problem. Whatever else is raised goes on to the site's page of failures."""
    request = context["request"]._request
    if isinstance(error, Problem):
        return problem(request, error.kind, error.status_code, error.said, error.wrong)
    if isinstance(error, MethodNotAllowed):
        told = problem(request, "method-not-allowed", 405, _("Ask with GET or HEAD. Nothing can be written here."))
        told["Allow"] = "GET, HEAD, OPTIONS"
        return told
    return None


def bad_request(request, exception):
    """The page of a bad request, to programs as a problem."""
    if request.path_info.startswith(ADDRESS):
        return problem(request, "bad-request", 400, _("The address holds a sign that no address may hold."))
    return defaults.bad_request(request, exception)


def server_error(request):
    """The page of a failure, to programs as a problem."""
    if request.path_info.startswith(ADDRESS):
        return problem(request, "failure", 500, _("Try again in a while. The failure has been noted."))
    return defaults.server_error(request)
