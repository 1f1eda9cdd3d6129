"""The description of the API as OpenAPI 3.1, from which clients are generated."""

from django.utils.translation import override
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse

from missions.api import serializers
from missions.api.asked import MOST_PER_PAGE, PER_PAGE

PROBLEM = "application/problem+json"


class Described(AutoSchema):
    """Describes the views of ``missions.api.views``, which say what they show."""

    def get_operation_id(self):
        """A name for the method of a generated client."""
        return self.view.operation()

    def get_tags(self):
        """The data set."""
        return [self.view.data_set.name] if self.view.data_set else ["about"]

    def get_summary(self):
        """One line."""
        return self.view.summary()

    def get_description(self):
        """What the data set holds."""
        return str(self.view.data_set.about) if self.view.data_set else ""

    def get_override_parameters(self):
        """Conditions and paging."""
        return self.view.parameters()

    def get_request_serializer(self):
        """None: nothing is sent."""

    def get_response_serializers(self):
        """What is answered, and what goes wrong."""
        wrong = {
            (status, PROBLEM): OpenApiResponse(serializers.Problem, description=said)
            for status, said in self.view.failures.items()
        }
        return {200: self.view.answers(), **wrong}


def paging(data):
    """The parameters by which a program pages through a list."""
    number = {"type": "integer", "minimum": 1}
    per_page = {**number, "maximum": MOST_PER_PAGE, "default": PER_PAGE}
    yield OpenApiParameter("page", number, description="Number of the page, from 1.")
    yield OpenApiParameter("perPage", per_page, description="Records on a page.")
    if data.paged_by:
        yield OpenApiParameter("after", str, description="Begin after this place: nextAfter of the page before.")
        yield OpenApiParameter("before", str, description="End before this place: as the link “previous” says.")


def conditions(data):
    """The parameters by which a list is narrowed: those of its page."""
    for name, condition in (data.conditions.base_filters if data.conditions else {}).items():
        choices = condition.extra.get("choices")
        codes = [code for code, _label in choices or []]
        if codes and condition.extra.get("null_value"):
            codes.append(condition.extra["null_value"])
        kind = {"type": "string", "enum": codes} if codes else str
        yield OpenApiParameter(name, kind, description=f"{condition.label}.{HOW.get(name, '')}")


HOW = {
    "q": " Every word must occur, in Korean or English; the newest 1000 that have them are listed.",
    "country": " Code of ISO 3166-1, two letters.",
    "body": " Code of a body.",
    "month": " As 2024-04.",
    "closed": " As 2024-04.",
    "launched": " As 2024-04-17.",
    "year": " As 2024.",
}


def document(request, patterns):
    """The whole document, for the host that was asked. It is in English."""
    with override("en"):
        found = SchemaGenerator(patterns=patterns).get_schema(public=True)
    found["servers"] = [{"url": request.build_absolute_uri("/").rstrip("/")}]
    return found
