"""English whose Korean was changed is known by field, told to readers, listed at the desk, and settled."""

import csv
import shutil

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from missions.fields.bilingual import Bilingual, Kept
from missions.loading import loader
from missions.loading.files import FOLDER
from missions.migrations import _outdated_english
from missions.models import Body, LocalInformation, Organisation, PublishedCase
from missions.publication import english
from missions.publication import workflow as publishing
from missions.search import index
from tests import forms, make
from tests.publication.test_page_version import moved

pytestmark = pytest.mark.usefixtures("programme")
MARK = '<span class="tag">English may be out of date</span>'
SAID = "The Korean was changed after this was written."
TRIGGERS = {
    "postgresql": "SELECT tgname FROM pg_trigger WHERE tgname LIKE '%%\\_outdated'",
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND (name LIKE '%%~_outdated~_%%' ESCAPE '~'"
    " OR name LIKE '%%~_renewed~_%%' ESCAPE '~')",
}


def page(address):
    response = Client().get(address)
    return (response.getvalue() if response.streaming else response.content).decode()


def of(row):
    """The pairs of a row that are out of date, as the database has them."""
    return english.pairs(type(row).objects.get(pk=row.pk))


def body(**values):
    return make.body(purpose_ko="수출을 돕습니다.", purpose_en="It helps exporters.", **values)


def test_every_pair_that_somebody_types_is_watched_by_triggers():
    wanted = {}
    for model in english.tables():
        names = {name for each in model.__mro__ for name, found in vars(each).items() if type(found) is Bilingual}
        wanted[model._meta.model_name] = names - {
            name for name, found in vars(model).items() if isinstance(found, Kept)
        }
    assert {name: set(pairs) for name, pairs in _outdated_english.PAIRS.items()} == wanted
    with connection.cursor() as cursor:
        cursor.execute(TRIGGERS[connection.vendor])
        found = {name for (name,) in cursor.fetchall()}
    sqlite = {f"missions_{n}_{what}_{p}" for n in wanted for p in wanted[n] for what in ("outdated", "renewed")}
    assert (
        found == {"sqlite": sqlite, "postgresql": {f"missions_{name}_outdated" for name in wanted}}[connection.vendor]
    )


@pytest.mark.django_db(transaction=True)
def test_a_reader_of_english_is_told_within_one_request_and_no_longer_once_it_is_written():
    row = body()
    address = f"/en/bodies/{row.code}/"
    assert SAID not in page(address) and MARK not in page(address)  # the page is kept by now

    Body.objects.filter(pk=row.pk).update(purpose_ko="수입을 돕습니다.")

    told = page(address)
    assert told.index(SAID) < told.index("<p>It helps exporters.") and MARK not in told
    assert SAID not in page(f"/ko/bodies/{row.code}/")
    for file, code, names in (  # what the API answers is made of the columns of the second
        ("/en/bodies.csv", "Code [code]", "English out of date [english_out_of_date]"),
        ("/data/bodies.csv", "code", "english_out_of_date"),
    ):
        lines = csv.DictReader(page(file).removeprefix("\ufeff").splitlines())
        assert {line[code]: line[names] for line in lines if line[names]} == {row.code: "purpose"}
    Body.objects.filter(pk=row.pk).update(purpose_en="It helps importers.", name_ko="Z다른 이름")
    told = page(address)
    assert SAID not in told and f"<h1>{row.name_en} {MARK}" in told


def test_whatever_changes_the_korean_is_noticed_and_nothing_else():
    row = body()
    row.purpose_ko, row.contact_ko = "수출을\n 돕 습니다.", "서울"  # another spacing; a text without English
    row.save()
    assert of(row) == []
    row.purpose_ko = "다른 일을 합니다."
    row.save()
    row.save()  # as it was read, without knowing of it
    assert of(row) == ["purpose"]
    Body.objects.bulk_update([Body(pk=row.pk, name_ko="Z새 이름")], ["name_ko"])
    assert of(row) == ["purpose", "name"]
    row.refresh_from_db()
    row.purpose_ko, row.purpose_en = "또 다른 일을 합니다.", "It does other things."
    row.save()
    assert of(row) == ["name"]
    Body.objects.filter(pk=row.pk).update(name_en="")
    assert of(row) == []


def test_a_load_whose_file_changed_the_korean_alone_is_noticed(tmp_path):
    folder = tmp_path / "data"
    shutil.copytree(FOLDER, folder)
    path = folder / "organisations.csv"
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        if row["slug"] == "kosme":
            row["name_ko"] = "중소벤처기업진흥원"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)

    loader.load(folder=folder)

    assert of(Organisation.objects.get(slug="kosme")) == ["name"]
    assert MARK in page("/en/organisations/kosme/")
    assert Organisation.objects.exclude(outdated_english="").count() == 1
    loader.load()  # the file is as it was, and so is the Korean; somebody has to say that the English holds
    assert of(Organisation.objects.get(slug="kosme")) == ["name"]


def test_the_next_version_of_a_case_brings_along_what_is_out_of_date():
    first = make.case(body(), happened_ko="보류되었습니다.", happened_en="Goods were held.")
    PublishedCase.objects.filter(pk=first.pk).update(happened_ko="반송되었습니다.")
    second = publishing.revise(PublishedCase.objects.get(pk=first.pk), by=make.staff("ministry"))
    assert of(second) == ["happened"]
    second.title_ko = "새 제목"
    second.save()
    assert set(of(second)) == ({"happened", "title"} if second.title_en else {"happened"})


def test_the_desk_lists_what_is_to_be_renewed_and_a_tick_settles_it(client):
    row, other = body(), body()
    Body.objects.filter(pk__in=[row.pk, other.pk]).update(purpose_ko="다른 일을 합니다.")
    officer, address = make.officer(row), reverse("admin:english")
    client.force_login(officer)
    listed = client.get(address)
    (entry,) = listed.context["entries"]
    assert entry.address == reverse("admin:missions_body_change", args=[row.pk]) and "It helps exporters." in (
        listed.content.decode()
    )
    assert entry.address in forms.text(client.get(reverse("admin:index"))).partition('class="desk"')[2]

    client.post(address, {"holds": english.fingerprint(row, "purpose")})
    Body.objects.filter(pk=row.pk).update(purpose_ko="또 다른 일을 합니다.")
    client.post(address, {"holds": entry.value})  # the Korean is not what was compared
    assert of(row) == ["purpose"]
    (entry,) = client.get(address).context["entries"]
    assert moved(client.post, address, {"holds": entry.value})

    assert of(row) == [] and of(other) == ["purpose"]
    version = row.history.latest()
    assert (version.history_user, version.history_change_reason) == (officer, "English still holds: purpose")
    assert client.get(address).context["entries"] == []
    client.force_login(make.staff("ministry"))
    assert [entry.row for entry in client.get(address).context["entries"]] == [other]


def test_a_list_narrows_to_the_published_texts_to_be_renewed(client):
    row = body()
    changed, other = (make.information(row, title_en=f"Z item {number}") for number in (1, 2))
    LocalInformation.objects.filter(pk=changed.pk).update(title_ko="다른 제목")
    client.force_login(make.officer(row))

    listed = client.get(reverse("admin:missions_localinformation_changelist") + "?english=outdated")

    assert list(listed.context["cl"].queryset) == [changed] != [other]


def test_whoever_may_not_write_settles_nothing(client):
    row = body()
    Body.objects.filter(pk=row.pk).update(purpose_ko="다른 일을 합니다.")
    row.refresh_from_db()
    value = f"body:purpose:{english.fingerprint(row, 'purpose')}:{row.pk}"
    for person in (make.staff("auditor"), make.staff("approver"), make.officer(make.body())):
        client.force_login(person)
        client.post(reverse("admin:english"), {"holds": value})
        assert of(row) == ["purpose"]


def test_feeds_calendars_files_and_search_results_tell_it_as_the_page_does():
    there = body()
    meeting = make.meeting(there, label_ko="제1차", label_en="First", summary_ko="통관", summary_en="Zcustoms talk")
    case = make.case(there, title_ko="통관", title_en="Zcustoms case")
    item = make.information(there, title_en="Zcustoms rule", text_en="It applies.")
    earlier = make.earlier_case(happened_ko="통관", happened_en="Zcustoms story", done_ko="도움", done_en="Help")
    rows = {meeting: "summary_ko", case: "title_ko", item: "text_ko", earlier: "done_ko"}
    index.keep(*rows)
    feeds = [f"/en/feeds/{name}.atom?body={there.code}" for name in ("meetings", "cases", "information")]
    feeds += ["/en/feeds/earlier-cases.atom", "/en/feeds/search.atom?q=Zcustoms"]
    calendars, files = [f"/en/meetings/{meeting.key}.ics"], ["meetings", "cases", "information", "earlier-cases"]
    told = "English may be out of date"
    assert not [address for address in feeds + calendars if told in page(address)]
    assert MARK not in page("/en/search/?q=Zcustoms")

    for row, column in rows.items():
        type(row).objects.filter(pk=row.pk).update(**{column: "고친 글"})

    for address in feeds[:4] + calendars:
        assert page(address).count(told) == 1, address
    assert page(feeds[1]).index(told) < page(feeds[1]).index("Vietnam"), "it is said first"
    assert page(feeds[4]).count(told) == page("/en/search/?q=Zcustoms").count(MARK) == len(rows)
    for name, (row, column) in zip(files, rows.items(), strict=True):
        lines = list(csv.reader(page(f"/en/{name}.csv").splitlines()))
        place = next(n for n, head in enumerate(lines[0]) if "[english_out_of_date]" in head)
        (line,) = [line for line in lines if row.get_absolute_url().split("/")[-2] in line]
        assert line[place] == column.removesuffix("_ko")
    for address in [address.replace("/en/", "/ko/") for address in feeds + calendars]:
        assert told not in page(address) and "영문이 최신" not in page(address)
