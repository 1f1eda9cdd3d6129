"""What the public pages say where little is known."""

import re
from html.parser import HTMLParser

import pytest
from django.urls import reverse

from missions.models import Country, Membership, Source
from tests import make

pytestmark = pytest.mark.usefixtures("programme")


def read(client, address):
    return client.get(address).content.decode()


def test_countries_whose_english_names_take_the_article_have_it_in_sentences_only(client):
    item = make.information(make.body(), country_id="PH")
    page = read(client, f"/en/information/{item.key}/")

    assert "Whom to call in the Philippines" in page and "Local information on the Philippines" in page
    assert 'country=PH">Philippines</a>' in page
    assert "the 필리핀" not in read(client, f"/ko/information/{item.key}/")


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_chooser_has_korea_too_and_leads_to_the_domestic_body(client, language):
    picker = read(client, f"/{language}/").partition('class="picker"')[2].partition("</form>")[0]

    assert '<option value="KR"' in picker
    assert f'href="/{language}/bodies/KOR/"' in read(client, f"/{language}/countries/KR/")


def test_what_a_body_entered_itself_is_not_called_unverified(client):
    body = make.body()
    meeting = make.meeting(body)
    cited = make.meeting(body)
    cited.sources.add(Source.objects.first())

    page = read(client, f"/en/meetings/{meeting.key}/")
    assert "Entered by the support body itself." in page
    assert "unverified" not in page and "No source is recorded" not in page
    assert "unverified" in read(client, f"/en/meetings/{cited.key}/")
    assert read(client, f"/en/meetings/?body={body.code}").count("certainty unverified") == 1


def test_a_planned_meeting_has_nothing_settled_instead_of_no_source(client):
    body = make.body()
    planned = make.meeting(body, status="planned", held_on=make.tomorrow())

    page = read(client, f"/en/meetings/{planned.key}/")
    assert page.count("Not settled yet.") == 2 and "No source" not in page
    assert "No source gives the agenda." in read(client, f"/en/meetings/{make.meeting(body).key}/")


def test_the_table_of_members_has_a_column_of_help_where_one_says_what_it_can_do(client):
    body = make.body()
    seat = Membership.objects.create(body=body, organisation=make.organisation())
    assert "Can help with" not in read(client, f"/en/bodies/{body.code}/")

    seat.helps_ko = "통관"
    seat.save()

    assert "Can help with" in read(client, f"/en/bodies/{body.code}/")


def test_the_results_are_labelled_rows_on_a_phone(client):
    row = read(client, "/en/programme/").split('<table class="rows">')[1].split("</table>")[0]

    assert row.count('data-label="Missions"') == row.count('data-label="Source"') >= 2


def test_the_home_page_has_no_breadcrumb_and_every_other_page_has_one(client):
    assert 'class="crumbs"' not in read(client, "/en/")
    assert 'class="crumbs"' in read(client, "/en/bodies/")


def test_staff_who_lose_their_way_on_the_desk_are_led_back_to_it(client):
    client.force_login(make.staff("ministry", language="en"))
    index = f'href="{reverse("admin:index")}"'

    assert index in read(client, reverse("admin:missions_meeting_change", args=[10**6]))
    assert index not in read(client, "/en/nowhere/")


class Unmarked(HTMLParser):
    """Korean words of a page, but for its title, that stand in no element marked as Korean."""

    def __init__(self, page):
        super().__init__()
        self.open, self.found = [("html", "")], []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        if tag not in VOID:
            self.open.append((tag, dict(attributes).get("lang") or self.open[-1][1]))

    def handle_endtag(self, tag):
        while len(self.open) > 1 and self.open.pop()[0] != tag:
            pass

    def handle_data(self, text):
        tag, language = self.open[-1]
        if re.search("[가-힣]", text) and language != "ko" and tag != "title":
            self.found.append(text.strip())


VOID = {"meta", "link", "input", "br", "img", "hr", "use", "source"}


def test_korean_in_english_charts_choices_and_conditions_is_marked_as_korean(client):
    Country.objects.create(code="QQ", name_ko="큐국")
    body = make.body(name_en="", mission=make.mission(name_en="", city_ko="서울도시", city_en="", country_id="QQ"))
    case, item = make.case(body, country_id="QQ"), make.information(body, country_id="QQ")
    make.meeting(body)
    pages = ["statistics/", "search/?q=nowhere", "search/?q=%EC%97%86%EC%9D%8C&country=QQ", f"cases/{case.reference}/"]
    pages += [f"information/{item.key}/", "cases/?country=QQ&year=1999", "cases/?country=QQ&q=%EC%97%86%EC%9D%8C"]

    for page in pages:
        assert Unmarked(read(client, f"/en/{page}")).found == [], page
