"""What the public pages say where little is known."""

import pytest
from django.urls import reverse

from missions.models import Membership, Source
from tests import make

pytestmark = pytest.mark.usefixtures("programme")


def read(client, address):
    return client.get(address).content.decode()


def test_countries_whose_english_names_take_the_article_have_it_in_sentences_only(client):
    item = make.information(make.body(), country_id="PH")
    page = read(client, f"/en/information/{item.pk}/")

    assert "Missions that cover the Philippines" in page and "Local information on the Philippines" in page
    assert 'country=PH">Philippines</a>' in page
    assert "the 필리핀" not in read(client, f"/ko/information/{item.pk}/")


@pytest.mark.parametrize("language", ["ko", "en"])
def test_who_does_not_find_their_country_is_led_to_the_domestic_body(client, language):
    picker = read(client, f"/{language}/").partition('class="picker"')[2].partition("</form>")[0]
    address = f"/{language}/bodies/?scope=domestic"

    assert f'href="{address}"' in picker
    assert f'href="/{language}/bodies/KOR/"' in read(client, address)


def test_what_a_body_entered_itself_is_not_called_unverified(client):
    body = make.body()
    meeting = make.meeting(body)
    cited = make.meeting(body)
    cited.sources.add(Source.objects.first())

    page = read(client, f"/en/meetings/{meeting.pk}/")
    assert "Entered by the support body itself." in page
    assert "unverified" not in page and "No source is recorded" not in page
    assert "unverified" in read(client, f"/en/meetings/{cited.pk}/")
    assert read(client, f"/en/meetings/?body={body.code}").count("certainty unverified") == 1


def test_a_planned_meeting_has_nothing_settled_instead_of_no_source(client):
    body = make.body()
    planned = make.meeting(body, status="planned", held_on=make.tomorrow())

    page = read(client, f"/en/meetings/{planned.pk}/")
    assert page.count("Not settled yet.") == 2 and "No source" not in page
    assert "No source gives the agenda." in read(client, f"/en/meetings/{make.meeting(body).pk}/")


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
