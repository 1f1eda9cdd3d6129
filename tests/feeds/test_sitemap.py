"""What search engines are told of the site."""

from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from missions.feeds.sitemaps import InBothLanguages
from missions.models import Meeting, PublishedCase
from tests import make
from tests.crawl import is_asked
from tests.site import locations

pytestmark = pytest.mark.usefixtures("programme")
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"


def read(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    assert response["Content-Type"] == "application/xml"
    return ET.fromstring(response.content)


def sections(client):
    """Addresses of the sitemaps in the index."""
    return [found.text for found in read(client, "/sitemap.xml").iter(f"{MAP}loc")]


def listed(client):
    """Every page in the sitemap: its address, its alternates by language, when it changed."""
    found = {}
    for address in sections(client):
        for url in read(client, address).iter(f"{MAP}url"):
            alternates = {link.get("hreflang"): link.get("href") for link in url.iter(LINK)}
            location = url.findtext(f"{MAP}loc")
            assert location not in found
            found[location] = (alternates, url.findtext(f"{MAP}lastmod"))
    return found


def path(address):
    return address.removeprefix("http://testserver")


def test_every_page_of_the_sitemap_answers_and_every_public_page_is_in_it(site):
    maps = [page for address, page in site.beside.items() if address.startswith("/sitemap-")]
    found = set().union(*map(locations, maps))

    pages = {address for address in site.html if not urlsplit(address).query}
    assert pages - found == {"/ko/status/", "/en/status/"} and len(found) > 100
    assert [address for address in filter(is_asked, found) if site.pages[address].status != 200] == []
    assert locations(site.beside["/sitemap.xml"]) == {a for a in site.beside if a.startswith("/sitemap-")}


def test_the_languages_of_a_page_name_each_other_and_the_address_that_asks_the_browser(client):
    found = listed(client)

    for address, (alternates, _lastmod) in found.items():
        assert set(alternates) == {"ko", "en", "x-default"}
        assert address in (alternates["ko"], alternates["en"])
        assert found[alternates["ko"]][0] == found[alternates["en"]][0] == alternates
        assert alternates["x-default"] == alternates["ko"].replace("/ko/", "/", 1)
    alternates = found["http://testserver/ko/bodies/SFO/"][0]
    for language in ("ko", "en"):
        response = client.get(path(alternates["x-default"]), headers={"accept-language": language})
        assert response.url == path(alternates[language])


def test_a_record_says_when_it_last_changed_and_the_index_when_one_of_them_did(client):
    meeting = make.meeting(make.body())
    Meeting.objects.filter(pk=meeting.pk).update(reworded_at="2031-02-03T00:00:00Z")

    assert listed(client)[f"http://testserver{meeting.get_absolute_url()}"][1] == "2031-02-03"
    index = client.get("/sitemap.xml").content.decode()
    assert "sitemap-meetings.xml</loc><lastmod>2031-02-03" in index and index.count("2031-02-03") == 1


def test_what_is_not_published_is_in_no_sitemap(client):
    body = make.body()
    hidden = [make.meeting(body, is_published=False), make.information(body, is_published=False)]
    hidden += [make.case(body, state) for state in ("draft", "awaiting", "withdrawn")]
    hidden.append(make.organisation(named=False))

    pages = {path(address) for address in listed(client)}
    assert not pages & {record.get_absolute_url() for record in hidden}


def test_a_long_sitemap_is_split_and_none_of_its_pages_is_lost(client, monkeypatch):
    body = make.body()
    for _ in range(7):
        make.case(body)
    whole = listed(client)
    monkeypatch.setattr(InBothLanguages, "limit", 4)

    assert "http://testserver/sitemap-cases.xml?p=2" in sections(client)
    assert listed(client) == whole


def test_a_page_of_the_sitemap_fetches_its_own_rows_only(client, monkeypatch):
    body = make.body()
    for _ in range(9):
        make.case(body)
    monkeypatch.setattr(InBothLanguages, "limit", 4)

    with CaptureQueriesContext(connection) as queries:
        read(client, "/sitemap-cases.xml?p=2")
    assert len(queries) == 2 and "LIMIT 2 OFFSET 2" in queries[1]["sql"]
    assert PublishedCase.objects.published().count() > 9


@pytest.mark.parametrize("rows", [1, 12])
def test_the_sitemap_costs_the_same_few_queries_however_long_it_is(client, rows, django_assert_num_queries):
    for _ in range(rows):
        make.case(make.body())

    with django_assert_num_queries(9):
        client.get("/sitemap.xml")
    for section in ("bodies", "cases", "meetings"):
        with django_assert_num_queries(2):
            client.get(f"/sitemap-{section}.xml")


@pytest.mark.parametrize(
    "address",
    ["/sitemap-nothing.xml", *(f"/sitemap-cases.xml?p={page}" for page in ("0", "-1", "999", "x", "9" * 5000, "🙂"))],
)
def test_a_sitemap_that_is_not_there_is_the_sites_own_404(client, address):
    response = client.get(address)

    assert response.status_code == 404 and 'class="site-name"' in response.content.decode()


def test_robots_are_kept_from_the_desk_and_led_to_the_sitemap(client):
    response = client.get("/robots.txt", headers={"host": "localhost"})

    assert response["Content-Type"] == "text/plain"
    lines = response.content.decode().splitlines()
    assert "Disallow: /admin/" in lines and "Sitemap: http://localhost/sitemap.xml" in lines
