"""What two people approved stays as approved: no rename, load or deletion by one hand changes a published case."""

import datetime
import re
import shutil

import pytest
from django.core.management import call_command
from django.db.models import ProtectedError

from missions.loading.files import FOLDER
from missions.models import (
    Body,
    CaseActor,
    Country,
    DifficultyType,
    Mission,
    Organisation,
    PublicEntry,
    PublishedCase,
    Sector,
    Source,
)
from missions.publication import kept
from missions.publication import workflow as publishing
from tests import forms, make

pytestmark = pytest.mark.usefixtures("programme")


@pytest.fixture
def case():
    """A published case that prints all that a case can print of other records."""
    body = make.body(mission=make.mission(city_ko="도시가", city_en="City A"), name_ko="협의체가", name_en="Body A")
    text = make.case(body, "draft", sector_id="C")
    organisation = make.organisation(name_ko="기관가", name_en="Organisation A")
    CaseActor.objects.create(case=text, organisation=organisation, what_ko="협의했습니다.", what_en="It talked.")
    source = {"title": "제목가", "publisher": "발행처가", "dated_precision": "day", "url": "https://a.example/"}
    text.sources.add(Source.objects.create(key="z-kept", dated_on=datetime.date(2024, 5, 2), **source))
    publishing.submit(text, by=text.drafted_by)
    return publishing.approve(text, by=make.staff("approver"))


@pytest.fixture
def desk(client):
    """The client may write everything."""
    client.force_login(make.staff(is_superuser=True))
    return client


def rows_of(case):
    """The records of which a case prints something."""
    return {
        "country": case.country,
        "type": case.type,
        "sector": case.sector,
        "body": case.body,
        "mission": case.body.mission,
        "organisation": case.actors.get().organisation,
        "source": case.sources.get(),
    }


def addresses(case):
    for language in ("ko", "en"):
        yield f"/{language}/cases/{case.reference}/"
        yield from (
            f"/{language}{path}?body={case.body.code}" for path in ("/cases/", "/cases.csv", "/feeds/cases.atom")
        )


NOT_OF_THE_CASE = re.compile(
    r'<form.*?</form>|<section class="next-step".*?</section>|<ul class="chips.*?</ul>|<title.*?</title>'
    r"|<id>.*?</id>|<link[^>]*>|<nav.*?</nav>|<h1.*?</h1>",
    re.DOTALL,
)


def read(client, case):
    """What readers get of a case, without the filters and the advice, which go by the records of today."""
    return {address: NOT_OF_THE_CASE.sub("", b"".join(client.get(address)).decode()) for address in addresses(case)}


def entry(case):
    return PublicEntry.objects.filter(kind="publishedcase", record=case.pk).values("title", "tokens").get()


def rename(desk, row, word="나중"):
    """Type other names into the form of a row."""
    names = ("name_ko", "name_en", "city_ko", "city_en", "publisher", "title")
    opened = forms.opened(desk, forms.address(row))
    values = {name: f"{word} {name}" for name in names if name in opened}
    values |= {"url": "https://later.example/"} if isinstance(row, Source) else {}
    assert desk.post(forms.address(row), opened | values).status_code == 302


@pytest.mark.parametrize("name", ["country", "type", "sector", "body", "mission", "organisation", "source"])
def test_a_rename_changes_no_approved_case(client, desk, case, name):
    before, found = read(client, case), entry(case)
    assert (
        "기관가" in before[f"/ko/cases/{case.reference}/"] and "City A" in before[f"/en/cases/?body={case.body.code}"]
    )

    rename(desk, rows_of(case)[name])

    assert read(client, case) == before
    assert entry(case) == found


def test_search_prints_and_finds_a_case_by_the_names_it_was_approved_with(client, desk, case):
    for row in rows_of(case).values():
        rename(desk, row)

    for words in ("기관가", "Organisation A"):
        page = client.get("/ko/search/", {"q": words}).content.decode()
        assert case.title_ko in page
    assert (
        case.title_ko not in client.get("/ko/search/", {"q": "나중 name_ko", "kind": "publishedcase"}).content.decode()
    )
    hit = client.get("/ko/search/", {"q": case.title_ko}).content.decode()
    hit = NOT_OF_THE_CASE.sub("", hit)
    assert "베트남" in hit and "나중" not in hit


def test_lists_are_still_narrowed_by_the_records(client, desk, case):
    rename(desk, case.body)

    assert case.title_ko in client.get(f"/ko/cases/?body={case.body.code}&country=VN&type=customs").content.decode()


def test_the_next_version_takes_the_names_of_its_day(client, desk, case):
    for row in rows_of(case).values():
        rename(desk, row)
    draft = publishing.revise(case, by=make.officer(case.body))
    for shown in (case, draft):
        page = forms.text(desk.get(forms.address(shown)))
        assert "승인 당시 ‘기관가’, 지금 ‘나중 name_ko’" in page and "승인 당시 ‘제목가’, 지금 ‘나중 title’" in page
    assert "기관가" in client.get(f"/ko/cases/{case.reference}/").content.decode()

    publishing.approve(publishing.submit(draft, by=draft.drafted_by), by=make.staff("approver"))

    page = client.get(f"/ko/cases/{case.reference}/").content.decode()
    assert "기관가" not in page and "제목가" not in page and "나중 name_ko" in page and "나중 title" in page
    assert kept.renames(draft) == []
    earlier = PublishedCase.objects.get(pk=case.pk)
    assert earlier.body_name_ko == "협의체가" and earlier.actors.get().name_ko == "기관가"


def test_a_name_that_changes_while_somebody_approves_is_read_again_first(case, desk):
    draft = publishing.revise(case, by=make.officer(case.body))
    draft = publishing.submit(draft, by=draft.drafted_by)
    seen = draft.fingerprint
    rename(desk, case.actors.get().organisation)

    with pytest.raises(publishing.PublicationRefused):
        publishing.approve(draft, by=make.staff("approver"), seen=seen)
    approved = publishing.approve(
        draft, by=make.staff("approver"), seen=PublishedCase.objects.get(pk=draft.pk).fingerprint
    )
    assert approved.actors.get().name_ko == "나중 name_ko"


def test_keeping_names_makes_no_writer_of_the_approver(case):
    draft = publishing.revise(case, by=make.officer(case.body))
    draft = publishing.submit(draft, by=draft.drafted_by)

    assert publishing.approve(draft, by=case.approved_by).state == "published"


def test_a_source_that_is_deleted_is_still_named(client, desk, case):
    before = read(client, case)

    Source.objects.get(key="z-kept").delete()

    assert read(client, case) == before and "제목가" in before[f"/en/cases/{case.reference}/"]


def test_no_other_record_that_a_case_prints_can_be_deleted(case):
    for name, row in rows_of(case).items():
        if name not in ("source", "mission"):
            with pytest.raises(ProtectedError):
                row.delete()


def test_two_organisations_that_become_one_leave_the_case_as_it_was(client, case):
    before = read(client, case)
    other = make.organisation(
        name_ko="기관나", name_en="Organisation B", slug=case.actors.get().organisation.slug + "x"
    )
    CaseActor.objects.filter(case=case).update(organisation=other)

    after = read(client, case)

    assert {address: text.replace(other.get_absolute_url()[3:], "") for address, text in after.items()} == {
        address: text.replace(other.get_absolute_url()[3:-2] + "/", "") for address, text in before.items()
    }


def test_a_load_renames_no_approved_case(client, tmp_path):
    case = PublishedCase.objects.published().exclude(actors=None).order_by("pk").first()
    organisation, before = case.actors.first().organisation, read(client, case)
    folder = shutil.copytree(FOLDER, tmp_path / "data")
    for file, old in [("organisations", organisation.name_ko), ("difficulty_types", case.type.name_ko)]:
        path = folder / f"{file}.csv"
        path.write_text(path.read_text().replace(f",{old},", ",다른이름,", 1))

    call_command("load_programme", folder=folder)

    assert (
        Organisation.objects.filter(name_ko="다른이름").exists()
        and DifficultyType.objects.filter(name_ko="다른이름").exists()
    )
    assert read(client, case) == before


def test_the_cases_that_the_ministries_announced_keep_their_names_from_the_load_on():
    announced = PublishedCase.objects.published()

    assert announced.exists() and not announced.filter(country_name_ko="").exists()
    assert not announced.filter(kept_sources=None).exists()
    assert not CaseActor.objects.filter(case__in=announced, name_ko="").exists()


def test_a_draft_shows_the_names_of_today(case):
    draft = publishing.revise(case, by=make.officer(case.body))
    Body.objects.filter(pk=case.body_id).update(name_ko="협의체나")
    Country.objects.filter(pk="VN").update(name_ko="월남")
    Sector.objects.filter(pk="C").update(name_ko="업종나")
    Mission.objects.filter(pk=case.body.mission_id).update(city_ko="도시나")
    draft = PublishedCase.objects.get(pk=draft.pk)

    assert (draft.country_name, draft.sector_name, draft.body_name, draft.body_short) == (
        "월남",
        "업종나",
        "협의체나",
        "도시나",
    )
    assert [source.title for source in draft.told_sources] == ["제목가"] and draft.actors.get().name == "기관가"
