"""What answers of the API look like, for its description. The fields of a record are the columns of its data set.

``missions.lists.columns.for_programs`` fills them.
"""

from functools import cache

from django.utils.translation import override
from rest_framework import serializers

from missions.lists import columns as kinds


class SourceField(serializers.Serializer):
    """A publication that a record names."""

    key = serializers.CharField(allow_null=True)
    publisher = serializers.CharField(allow_null=True)
    title = serializers.CharField(allow_null=True)
    url = serializers.CharField(allow_null=True)
    dated_on = serializers.CharField(allow_null=True, help_text="Day, or month where only that is known.")
    dated_precision_code = serializers.CharField(help_text="day, by, month or unknown")

    class Meta:
        ref_name = "NamedSource"


class Licence(serializers.Serializer):
    """On what terms records may be used, and what is to be named."""

    name_ko = serializers.CharField()
    name_en = serializers.CharField()
    url = serializers.CharField(allow_null=True)
    source_to_be_named_ko = serializers.CharField()
    source_to_be_named_en = serializers.CharField()


class Wrong(serializers.Serializer):
    """What is wrong with one parameter."""

    parameter = serializers.CharField()
    detail = serializers.CharField()
    detail_ko = serializers.CharField()
    allowed = serializers.ListField(child=serializers.CharField(), required=False)


class Problem(serializers.Serializer):
    """What is wrong with a request (RFC 9457), in English and in Korean."""

    type = serializers.CharField()
    title = serializers.CharField()
    title_ko = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    detail_ko = serializers.CharField()
    instance = serializers.CharField()
    errors = Wrong(many=True, required=False)


class Resource(serializers.Serializer):
    """A data set that can be asked for."""

    name = serializers.CharField()
    label_ko = serializers.CharField()
    label_en = serializers.CharField()
    about_ko = serializers.CharField()
    about_en = serializers.CharField()
    url = serializers.CharField()


class Start(serializers.Serializer):
    """What there is."""

    resources = Resource(many=True)
    description = serializers.CharField(help_text="Address of the OpenAPI document.")
    about_ko = serializers.CharField()
    about_en = serializers.CharField()
    licence = Licence()


def record_of(data):
    """The serializer class of the records of a data set."""
    return _classes(data)[0]


def page_of(data):
    """The serializer class of a page of a data set."""
    return _classes(data)[1]


@cache
def _classes(data):
    with override("en"):
        fields = {name: _field(column, name == data.key) for name, column in data.fields.items()}
    stem = data.name.capitalize()
    record = type(f"{stem}Record", (serializers.Serializer,), fields)
    paging = {
        "page": serializers.IntegerField(allow_null=True, help_text=PAGE),
        "perPage": serializers.IntegerField(),
        "totalCount": serializers.IntegerField(help_text=COUNT),
        "totalCountIsCapped": serializers.BooleanField(help_text=CAPPED),
        "next": serializers.CharField(allow_null=True, help_text="Address of the following page."),
        "previous": serializers.CharField(allow_null=True, help_text="Address of the page before."),
        "nextAfter": serializers.CharField(allow_null=True, help_text=AFTER),
        "licence": Licence(),
        "records": record(many=True),
    }
    return record, type(f"{stem}Page", (serializers.Serializer,), paging)


PAGE = "Its number; null where pages are not numbered."
COUNT = "How many records fit the conditions, counted up to 1000."
CAPPED = "Whether there are more than totalCount says."
AFTER = "Value of the parameter “after” for the following page, where that has no number."


def _field(column, is_key):
    options = {"allow_null": not is_key, "help_text": _help(column)}
    if column.kind is kinds.SOURCES:
        return SourceField(many=True, help_text=_help(column))
    if column.kind is kinds.CODES:
        return serializers.ListField(child=serializers.CharField(), help_text=_help(column))
    if column.kind is kinds.NUMBER:
        return serializers.IntegerField(**options)
    if column.kind is kinds.DEGREES:
        return serializers.FloatField(**options)
    return serializers.CharField(**options)


def _help(column):
    codes = ", ".join(str(code) for code, _label in column.codes)
    parts = [f"{column.label}.", str(column.about), f"One of: {codes}. Codes may be added." if codes else ""]
    return " ".join(filter(None, parts))
