"""The case file: all that one may see of a difficulty, in order, as a page to print and as HWPX."""

import io
import zipfile

import html5lib
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from missions.documents import hwpx_files
from missions.models import Difficulty, DifficultyEvent
from missions.personal_data.masking import masked_name
from tests import make, planted
from tests.downloads import names_of

pytestmark = pytest.mark.usefixtures("programme")


def file_of(client, scene, who, **query):
    client.force_login(scene.people[who])
    return client.get(reverse("admin:missions_difficulty_case_file", args=[scene.rows["difficulty"].pk]), query)


def preview_of(answer):
    """What a file manager shows of a file."""
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        return archive.read("Preview/PrvText.txt").decode()


def words(page):
    """The words of a case file as a page shows them, in their order."""
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    told = tree.find(".//div[@id='document']")
    return " ".join(" ".join(told.itertext()).split())


@pytest.mark.parametrize("who", ["mission_officer here", "auditor here", "helper", "former holder"])
def test_the_case_file_tells_what_its_reader_may_see_and_hwpx_says_the_same(client, who, monkeypatch):
    scene, now = planted.plant(), timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now)  # both tell the minute at which they were made
    firm, record = scene.rows["company"], scene.rows["difficulty"]
    content = file_of(client, scene, who).content.decode()
    page = words(content)
    answer = file_of(client, scene, who, format="hwpx")
    texts = hwpx_files.texts(answer.content)

    assert answer["Content-Type"] == hwpx_files.TYPE
    assert names_of(answer) == (f"{record.reference}.hwpx", f"처리 기록철 {record.reference}.hwpx")
    assert " ".join(" ".join(texts).split()) == page
    assert preview_of(answer).startswith(f"처리 기록철 {record.reference}\r\n{record.title}\r\n")
    assert f"<{Difficulty._meta.get_field('holder').verbose_name}><{record.holder}>\r\n" in preview_of(answer)
    for said in ("account", "solution", "urgent_reason"):
        assert getattr(record, said) in page
    for said in ("asked", "help", "action", "linkage"):
        assert f"{planted.RAVEN} {said}" in page, said
    assert planted.MAGPIE not in page and firm.contact not in page
    sees_all = who in ("mission_officer here", "auditor here")
    assert (planted.OWL in page) == sees_all  # what meetings asked for
    assert (masked_name(planted.MAGPIE) in page) == sees_all  # the contact, masked; other bodies are told whom to ask
    steps = [str(event.by_name) for event in DifficultyEvent.objects.filter(difficulty=record)]
    assert all(name in page for name in steps)
    told = page.split("처리 이력")[-1]
    assert content.count('data-label="처리자"') >= len(steps), "on a phone each cell says what it is"
    assert told.index("검토 시작") < told.index("처리 시작") < told.index("조치 기록"), "the earliest comes first"


def test_the_case_file_is_for_those_who_may_open_the_difficulty_and_has_its_button_there(client):
    scene = planted.plant()

    assert file_of(client, scene, "mission_officer away").status_code == 404
    assert file_of(client, scene, "without a role").status_code in (403, 404)
    assert file_of(client, scene, "helper", format="exe").status_code == 404
    shown = client.get(reverse("admin:missions_difficulty_change", args=[scene.rows["difficulty"].pk])).content.decode()
    assert reverse("admin:missions_difficulty_case_file", args=[scene.rows["difficulty"].pk]) in shown


def test_the_files_of_a_difficulty_are_listed_with_who_added_them_and_lead_to_their_content(client):
    scene = planted.plant()
    record, by = scene.rows["difficulty"], scene.people["mission_officer here"]
    kept = make.attachment(difficulty=record, added_by=by, name="통지서.pdf", note="세관 통지")
    make.attachment(difficulty=record, added_by=by, name="악성.pdf", scan="infected", scanned_at=make.NOON)
    gone = {"stored_as": "", "removed_at": make.NOON, "removed_by": by, "removed_because": "잘못 올렸습니다."}
    make.attachment(difficulty=record, added_by=by, name="지운.pdf", **gone)
    page = file_of(client, scene, "mission_officer here").content.decode()
    hwpx = hwpx_files.texts(file_of(client, scene, "mission_officer here", format="hwpx").content)

    told = words(page)
    for said in (
        "통지서.pdf",
        "2.0",
        f"{by}",
        "세관 통지",
        "악성.pdf",
        "감염",
        "지운.pdf",
        "잘못 올렸습니다.",
    ):
        assert said in told and said in " ".join(hwpx), said
    links = {
        file.name: reverse("admin:missions_difficulty_file", args=[record.pk, file.pk]) in page
        for file in record.attachments.all()
    }
    assert (links[kept.name], links["악성.pdf"], links["지운.pdf"]) == (True, False, False)
    linkage = scene.rows["linkage"]
    assert reverse("admin:missions_linkage_change", args=[linkage.pk]) in page


def test_a_long_life_costs_no_more_questions_than_a_short_one(client):
    scene = planted.plant()
    record, by = scene.rows["difficulty"], scene.people["mission_officer here"]
    file_of(client, scene, "mission_officer here")
    with CaptureQueriesContext(
        connection,
    ) as short:
        file_of(client, scene, "mission_officer here")
    for _number in range(5):
        make.action(record, by)
        DifficultyEvent.objects.create(
            difficulty=record,
            at=make.NOON,
            by=by,
            by_name=str(by),
            step="note",
            to_stage=record.stage,
            to_holder=record.holder,
            note="메모",
        )
    with CaptureQueriesContext(connection) as long:
        page = file_of(client, scene, "mission_officer here").content.decode()

    assert page.count("메모") >= 5
    assert len(long) == len(short)


def test_an_amount_and_a_registration_number_are_written_as_people_write_them(client):
    body = make.body()
    officer, firm = make.officer(body), make.company(body, registration_number="2208162517")
    record = make.difficulty(body, officer, company=firm, value_amount="500000000.00", value_currency="KRW")
    client.force_login(officer)
    page = words(client.get(reverse("admin:missions_difficulty_case_file", args=[record.pk])).content.decode())

    assert "500,000,000 KRW" in page and "220-81-62517" in page
    assert "500000000" not in page and "2208162517" not in page
