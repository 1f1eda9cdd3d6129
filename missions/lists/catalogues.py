"""What catalogues of data are told of the data sets: as a Data Package (Frictionless Data) and as DCAT in JSON-LD."""

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy, override

from missions.fields.telephones import telephones
from missions.lists.columns import LANGUAGES
from missions.lists.csv_files import licence, source_to_name
from missions.lists.data_sets import DATA_SETS

NAME = "sme-missions"
TITLE = gettext_lazy("SME support bodies at missions abroad")
ABOUT = gettext_lazy(
    "Consultative bodies at Korean missions abroad that help small firms: missions, bodies, meetings, cases, local "
    "information and organisations, each record with its sources and how certain it is."
)
KEYWORDS = gettext_lazy("exports, small and medium-sized enterprises, diplomatic missions")
# Which record of which data set a code stands for.
REFERS = {
    "country_code": ("countries", "code"),
    "body_code": ("bodies", "code"),
    "mission_slug": ("missions", "slug"),
    "organisation_slug": ("organisations", "slug"),
    "type_code": ("types", "code"),
    "topic_code": ("types", "code"),
}
CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
TABLE, JSON = "text/csv", "application/json"
MEDIA = "https://www.iana.org/assignments/media-types/"
OF_THE_EU = "http://publications.europa.eu/resource/authority/"
FORMATS = {TABLE: "CSV", JSON: "JSON"}  # as the list of file types of the European Union has them
FORMS = {
    TABLE: gettext_lazy("All records as a CSV file, in both languages"),
    JSON: gettext_lazy("The records page by page, from the API"),
}
API = gettext_lazy("API of the SME support bodies at missions abroad")


def package(absolute):
    """The description of all files as a Data Package, with the meaning of every column, in both languages."""
    found = {
        "profile": "data-package",
        "name": NAME,
        "title": _said(TITLE),
        "description": "\n".join([_said(ABOUT, "\n"), _said(source_to_name(), "\n"), _licence()]),
        "homepage": absolute("/data/"),
        "version": timezone.localdate().isoformat(),
        "keywords": _said(KEYWORDS, ", ").split(", "),
        "resources": [_resource(data) for data in DATA_SETS.values()],
    }
    if settings.OPEN_LICENCE_URL:
        found["licenses"] = [{"path": settings.OPEN_LICENCE_URL, "title": _licence()}]
    return found


def _resource(data):
    return {
        "profile": "tabular-data-resource",
        "name": data.name,
        "path": f"{data.name}.csv",
        "title": _said(data.label),
        "description": _said(data.about, "\n"),
        "format": "csv",
        "mediatype": TABLE,
        "encoding": "utf-8",
        "schema": {
            "fields": [_field(name, column) for name, column in data.fields.items()],
            "missingValues": [""],
            "primaryKey": data.key,
            "foreignKeys": [
                {"fields": name, "reference": {"resource": REFERS[name][0], "fields": REFERS[name][1]}}
                for name in data.fields
                if name in REFERS
            ],
        },
    }


def _field(name, column):
    parts = [_said(column.about, "\n"), ", ".join(code for code, _label in column.codes)]
    described = "\n".join(filter(None, parts))
    return {
        "name": name,
        "type": "string" if column.kind.json == "array" else column.kind.json,
        "title": _said(column.label),
        **({"description": described} if described else {}),
    }


def _licence():
    return " / ".join(dict.fromkeys(_each(lambda: str(licence()))))


def _said(words, between=" / "):
    """Words in both languages."""
    return between.join(dict.fromkeys(filter(None, _each(lambda: str(words)))))


def _each(say):
    found = []
    for language in LANGUAGES:
        with override(language):
            found.append(say())
    return found


def catalogue(absolute, changed_at):
    """The same for catalogues that read DCAT (and DCAT-AP): a catalogue, its data sets, their files, and the API.

    ``changed_at`` is when public words last changed, None where that is not known.
    """
    home = absolute("/data/")
    modified = changed_at and {"@value": changed_at.isoformat(timespec="seconds"), "@type": "xsd:dateTime"}
    return {
        "@context": CONTEXT,
        "@id": f"{home}#catalogue",
        "@type": "dcat:Catalog",
        "dct:title": _tagged(TITLE),
        "dct:description": _tagged(ABOUT),
        "dct:publisher": _publisher(home),
        "dct:language": _languages(),
        **_terms(),
        **({"dct:modified": modified} if modified else {}),
        "foaf:homepage": _of("foaf:Document", home),
        "dcat:service": _service(home, absolute),
        "dcat:dataset": [_dataset(data, home, absolute) for data in DATA_SETS.values()],
    }


def _service(home, absolute):
    """The API, which serves every data set."""
    return {
        "@id": f"{home}#api",
        "@type": "dcat:DataService",
        "dct:title": _tagged(API),
        "dcat:endpointURL": {"@id": absolute("/api/v1/")},
        "dcat:endpointDescription": {"@id": absolute("/api/v1/openapi.json")},
        "dct:publisher": {"@id": f"{home}#publisher"},
        "dcat:servesDataset": [{"@id": f"{home}#{name}"} for name in DATA_SETS],
        **_terms(),
    }


def _dataset(data, home, absolute):
    api, file = absolute(f"/api/v1/{data.name}"), absolute(f"/data/{data.name}.csv")
    return {
        "@id": f"{home}#{data.name}",
        "@type": "dcat:Dataset",
        "dct:identifier": data.name,
        "dct:title": _tagged(data.label),
        "dct:description": _tagged(data.about),
        "dct:publisher": {"@id": f"{home}#publisher"},
        "dct:language": _languages(),
        "dcat:keyword": [
            {"@value": word, "@language": language}
            for language, words in zip(LANGUAGES, _each(lambda: str(KEYWORDS)), strict=True)
            for word in words.split(", ")
        ],
        "dcat:landingPage": _of("foaf:Document", home),
        **_contact(),
        "dcat:distribution": [
            _distribution(f"{file}#file", {"dcat:accessURL": file, "dcat:downloadURL": file}, TABLE),
            _distribution(f"{api}#service", {"dcat:accessURL": api, "dcat:accessService": f"{home}#api"}, JSON),
        ],
    }


def _distribution(name, addresses, media):
    return {
        "@id": name,
        "@type": "dcat:Distribution",
        "dct:description": _tagged(FORMS[media]),
        **{key: {"@id": address} for key, address in addresses.items()},
        "dcat:mediaType": _of("dct:MediaType", MEDIA + media),
        "dct:format": _of("dct:MediaTypeOrExtent", f"{OF_THE_EU}file-type/{FORMATS[media]}"),
        **_terms(),
    }


def _terms():
    """The licence by its address where that is known, and in words."""
    known = {"dct:license": _of("dct:LicenseDocument", settings.OPEN_LICENCE_URL)} if settings.OPEN_LICENCE_URL else {}
    return {**known, "dct:rights": {"@type": "dct:RightsStatement", "dct:description": _licence()}}


def _publisher(home):
    """Who answers for the site, as its pages say it: the department where one is stated, the site by its name else."""
    return {"@id": f"{home}#publisher", "@type": "foaf:Agent", "foaf:name": _department() or _tagged(TITLE)}


def _contact():
    """Whom to ask, where a department and its telephone are stated."""
    numbers = [{"@id": number.address} for number in telephones(settings.SITE_TELEPHONE) if number.address]
    if not (_department() and numbers):
        return {}
    return {"dcat:contactPoint": {"@type": "vcard:Kind", "vcard:fn": _department(), "vcard:hasTelephone": numbers}}


def _department():
    told = settings.SITE_DEPARTMENT
    stated = {language: told[language] for language in LANGUAGES if told.get(language)}
    return [{"@value": name, "@language": language} for language, name in stated.items()]


def _tagged(words):
    return [
        {"@value": text, "@language": language}
        for language, text in zip(LANGUAGES, _each(lambda: str(words)), strict=True)
    ]


def _languages():
    return [_of("dct:LinguisticSystem", f"{OF_THE_EU}language/{code}") for code in ("KOR", "ENG")]


def _of(kind, address):
    """Something by its address, with what it is: DCAT-AP asks for that too."""
    return {"@id": address, "@type": kind}
