"""Open data: the files, their descriptions as others read them, and the data dictionary."""

import csv
import io
import json
import re
import zipfile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from frictionless import Package
from rdflib import Graph, Namespace
from rdflib.namespace import DCTERMS, FOAF, RDF

from missions.api.problems import TITLES
from missions.lists import data_files
from missions.lists.data_sets import DATA_SETS
from missions.models import PageVersion
from tests import forms, make
from tests.lists.test_exports import sent
from tests.site import plant

pytestmark = pytest.mark.usefixtures("programme")
DCAT = Namespace("http://www.w3.org/ns/dcat#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")


def all_of(client):
    """The archive of all data, opened."""
    response = client.get("/data/all.zip")
    assert response.status_code == 200
    return response, zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))


def test_the_archive_holds_every_record_and_a_description_that_frictionless_finds_true(client, tmp_path):
    body = make.body(contact_ko="+82 2 000-0000\n=1+1", contact_en='"quoted", and more')
    for _number in range(3):
        make.case(body), make.meeting(body), make.information(body, text_ko="가\n나, “다”; '라")
    response, whole = all_of(client)
    whole.extractall(tmp_path)

    assert re.search(r'filename="sme-missions-\d{4}-\d\d-\d\d\.zip"', response["Content-Disposition"])
    assert whole.testzip() is None and {"README.txt", "datapackage.json"} <= set(whole.namelist())
    report = Package(str(tmp_path / "datapackage.json")).validate()
    assert report.valid, report.flatten(["type", "note"])
    for name, data in DATA_SETS.items():
        rows = list(csv.DictReader(io.StringIO(whole.read(f"{name}.csv").decode())))
        assert len(rows) == data.rows().count() == len({row[data.key] for row in rows}), name
        assert list(rows[0]) == list(data.fields)
        assert whole.read(f"{name}.csv").decode() == sent(client.get(f"/data/{name}.csv"))


def test_a_whole_data_set_is_read_in_parts_with_the_same_few_queries_for_each(client, monkeypatch):
    body = make.body()
    for _number in range(6):
        make.information(body)

    def cost():
        with CaptureQueriesContext(connection) as queries:
            sent(client.get("/data/information.csv"))
        return len(queries)

    few = cost()
    for _number in range(6):
        make.information(body)
    assert cost() == few <= 4
    monkeypatch.setattr(data_files, "CHUNK", 5)
    assert len(list(data_files.lines(DATA_SETS["information"], str))) > 3


def test_no_private_or_unpublished_word_is_in_the_archive(client):
    planted = plant()
    _response, whole = all_of(client)
    text = "".join(whole.read(name).decode() for name in whole.namelist())

    assert [word for word in [*planted.private, planted.hidden] if word in text] == []
    assert planted.body.code in text


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # of rdflib itself
def test_a_catalogue_of_data_reads_every_data_set_with_its_files_and_licence(client, settings):
    settings.OPEN_LICENCE, settings.OPEN_LICENCE_URL = "공공누리 제1유형", "https://www.kogl.or.kr/info/license.do"
    settings.SITE_DEPARTMENT, settings.SITE_TELEPHONE = {"ko": "글로벌성장정책과", "en": ""}, "044-204-7777"
    PageVersion.objects.update_or_create(pk=16, defaults={"published": 2**51})  # of many numbers the greatest counts
    graph = Graph().parse(data=client.get("/data/dcat.jsonld").content.decode(), format="json-ld")

    (catalogue,) = graph.subjects(RDF.type, DCAT.Catalog)
    sets = set(graph.subjects(RDF.type, DCAT.Dataset))
    assert set(graph.objects(catalogue, DCAT.dataset)) == sets and len(sets) == len(DATA_SETS)
    for one in [catalogue, *sets]:
        for term in (DCTERMS.title, DCTERMS.description):
            assert {text.language for text in graph.objects(one, term)} == {"ko", "en"}
        assert list(graph.objects(one, DCTERMS.publisher))
    for one in sets:
        (file,) = graph.objects(one, DCAT.distribution / DCAT.downloadURL)
        assert client.get(str(file).removeprefix("http://testserver")).status_code == 200
        assert {str(found) for found in graph.objects(one, DCAT.distribution / DCTERMS.license)} == {
            settings.OPEN_LICENCE_URL
        }
        for file in graph.objects(one, DCAT.distribution):
            assert {text.language for text in graph.objects(file, DCTERMS.description)} == {"ko", "en"}
        (telephone,) = graph.objects(one, DCAT.contactPoint / VCARD.hasTelephone)
        assert str(telephone) == "tel:0442047777"
    (service,) = graph.objects(catalogue, DCAT.service)
    assert (
        set(graph.objects(service, DCAT.servesDataset))
        == sets
        == set(graph.subjects(DCAT.distribution / DCAT.accessService, service))
    )
    (modified,) = graph.objects(catalogue, DCTERMS.modified)
    assert modified.toPython().timestamp() == max(PageVersion.objects.values_list("published", flat=True)) // 1_000_000
    of = {DCAT.mediaType: DCTERMS.MediaType, DCTERMS.license: DCTERMS.LicenseDocument, DCAT.landingPage: FOAF.Document}
    of |= {DCTERMS.format: DCTERMS.MediaTypeOrExtent, DCAT.service: DCAT.DataService, DCAT.contactPoint: VCARD.Kind}
    of |= {DCTERMS.language: DCTERMS.LinguisticSystem, DCTERMS.publisher: FOAF.Agent, FOAF.homepage: FOAF.Document}
    for term, kind in of.items():  # as the ranges of DCAT-AP have it
        found = set(graph.objects(None, term))
        assert found and all((one, RDF.type, kind) in graph for one in found), term
    package = json.loads(client.get("/data/datapackage.json").content)
    assert package["licenses"] == [{"path": settings.OPEN_LICENCE_URL, "title": settings.OPEN_LICENCE}]
    assert client.get("/data/cases.csv")["Link"] == f'<{settings.OPEN_LICENCE_URL}>; rel="license"'


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_dictionary_says_of_every_column_what_the_files_and_the_api_call_it(client, language):
    page = forms.text(client.get(f"/{language}/data/dictionary/"))

    for name, data in DATA_SETS.items():
        part = page.split(f'<h2 id="{name}">')[1].split("</table>")[0]
        told = [code for head in re.findall(r'<th scope="row">(.*?)</th>', part, re.DOTALL) for code in codes(head)]
        assert told == list(data.fields), name
        if data.page:
            file = sent(client.get(f"/{language}/{name.replace('_', '-')}.csv")).removeprefix("\ufeff")
            head = next(csv.reader(io.StringIO(file)))
            labels = re.findall(rf'lang="{language}">([^<]*)</td>', part)
            assert [title.partition(" [")[0] for title in head[:-2]] == labels


def codes(html):
    return re.findall(r"<code>(\w+)</code>", html)


def test_the_page_of_open_data_leads_to_every_file_and_explains_every_problem(client):
    page = forms.text(client.get("/ko/data/"))

    for kind in TITLES:
        assert f'id="problem-{kind}"' in page
    for address in set(re.findall(r'href="(/data/[^"]+|/ko/[^"]+\.csv)"', page)):
        assert client.get(address).status_code == 200, address
    assert client.get("/data/", HTTP_ACCEPT_LANGUAGE="en")["Location"] == "/en/data/"
    assert client.get("/data/planets.csv").status_code == 404
    assert client.get("/data/cases.csv")["Access-Control-Allow-Origin"] == "*"
