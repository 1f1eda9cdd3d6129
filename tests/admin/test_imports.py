"""Lists that come in from files."""

import csv
import datetime
import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from missions.admin.imports import batches
from missions.admin.imports.words import Words
from missions.difficulties import workflow
from missions.models import (
    Attendance,
    Company,
    Difficulty,
    DifficultyEvent,
    DifficultyType,
    ImportBatch,
    Meeting,
    Organisation,
    Recipient,
    Sector,
    StatusCode,
)
from missions.personal_data import imports
from missions.sheets.kinds import KINDS
from tests import make
from tests.downloads import names_of

pytestmark = pytest.mark.usefixtures("programme")
DIFFICULTIES = "/admin/missions/difficulty/import/"
HEADS = ["업체명", "사업자번호", "국가", "애로유형", "제목", "애로내용", "접수일", "담당자"]


def row(number, **values):
    """A row of an association's list."""
    told = dict.fromkeys(HEADS, "") | {"업체명": f"㈜Z수출 {number}", "국가": "베트남", "애로유형": "통관"}
    return list(
        (
            told
            | {"제목": f"통관 보류 {number}", "애로내용": f"서류 보완 요구 {number}", "접수일": "2026.3.2."}
            | values
        ).values()
    )


def as_csv(*rows, spelling="cp949", heads=HEADS):
    text = io.StringIO()
    csv.writer(text).writerows([heads, *rows])
    return text.getvalue().encode(spelling)


def as_book(*rows, heads=HEADS, merged=(), above=()):
    book = Workbook()
    for line in [*above, heads, *rows]:
        book.active.append(line)
    for cells in merged:
        book.active.merge_cells(cells)
    hidden = book.create_sheet("숨김")
    hidden.sheet_state = "hidden"
    hidden.append(["남의 자료"])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def bring(client, content, name="list.csv", address=DIFFICULTIES, **fields):
    """Send a file. Returns the page that came of it."""
    return client.post(address, {"file": SimpleUploadedFile(name, content)} | fields, follow=True)


def checked(client, content, name="list.csv", address=DIFFICULTIES, **fields):
    """Send a file and let its rows be checked with the columns as they were matched. Returns the list."""
    page = bring(client, content, name, address, **fields)
    assert "batch" in page.context, page.content.decode()[-3000:]
    batch = page.context["batch"]
    if batch.state == "columns":
        press(client, batch, "match", **{f"column_{name}": place for name, place in batch.places.items()})
    elif "percent" in page.context:
        press(client, batch, "go_on")
    batch.refresh_from_db()
    return batch


def press(client, batch, do, **values):
    """Press a button of the page of a list, and the one that goes on until it stands."""
    address = reverse(f"admin:missions_{batch.kind}_import_batch", args=[batch.pk])
    page = client.post(address, {"do": do} | values, follow=True)
    while "percent" in page.context:
        page = client.post(address, {"do": "go_on"}, follow=True)
    batch.refresh_from_db()
    return page


def verdicts(batch):
    return [each.verdict for each in batch.rows.order_by("line")]


@pytest.fixture
def officer(db, client):
    """An officer who is signed in."""
    user = make.officer(make.body())
    client.force_login(user)
    return user


def test_difficulties_of_a_list_are_filed_with_their_firms_and_taken_back_while_nobody_touched_them(client, officer):
    known = make.firm_of(officer, name_ko="주식회사 제트 수출1")
    before = Difficulty.objects.count()
    listed = as_csv(
        row(1, 업체명="(주)제트수출1"),
        row(2, 담당자="김해양"),
        row(2, 담당자="김해양"),
        row(3, 업체명="㈜Z수출 2", 사업자번호="123-45-67891"),
    )

    batch = checked(client, listed)
    assert verdicts(batch) == ["new", "new", "same", "new"]
    assert Difficulty.objects.count() == before
    page = press(client, batch, "agree")

    assert batch.state == "written", page.content.decode()[-3000:]
    first, second, third = Difficulty.objects.filter(filed_by=officer).order_by("pk")
    assert (first.company, second.company) == (known, third.company)
    assert (second.company.contact, second.company.registration_number) == ("김해양", "")
    assert first.filed_by == officer and first.reported_on == datetime.date(2026, 3, 2)
    assert [event.step for event in first.events.all()] == ["file"] and first.codes.count() == 1
    assert first.reference in client.get("/admin/missions/difficulty/?q=통관 보류 1").content.decode()

    again = checked(client, listed)
    assert verdicts(again) == ["same", "same", "same", "same"]

    press(client, batch, "undo")
    assert batch.state == "undone"
    assert Difficulty.objects.count() == before and not Company.objects.filter(name_ko="㈜Z수출 2").exists()
    assert not StatusCode.objects.filter(difficulty=first.pk).exists()
    assert Company.objects.filter(pk=known.pk).exists()


def test_a_list_is_not_taken_back_once_somebody_took_a_step(client, officer):
    batch = checked(client, as_csv(row(1), row(2)))
    press(client, batch, "agree")
    first = Difficulty.objects.order_by("pk").last()
    workflow.review(first, by=officer)

    page = press(client, batch, "undo")

    assert batch.state == "written" and Difficulty.objects.filter(pk=first.pk).exists()
    assert "되돌릴 수 없습니다" in page.content.decode()
    with pytest.raises(Exception, match="cannot be changed"):
        DifficultyEvent.objects.filter(difficulty=first).delete()


def test_a_wrong_row_keeps_the_whole_list_out_and_says_what_to_mend(client, officer):
    wrong = [
        row(1),
        row(2, 국가="베트낭"),
        row(3, 접수일="11/20/2026"),
        row(4, 제목=""),
        row(5, 사업자번호="1234567890"),
    ]
    wrong.append(row(6, 애로내용="주민번호 900101-1234568"))

    batch = checked(client, as_csv(*wrong, spelling="utf-8-sig"))
    page = press(client, batch, "agree")
    said = [str(each.said) for each in batch.rows.order_by("line")]

    assert verdicts(batch) == ["new", "wrong", "wrong", "wrong", "wrong", "wrong"]
    assert batch.state == "checked" and not Difficulty.objects.filter(filed_by=officer).exists()
    assert "베트남" in said[1] and "국가" in said[1] and "2026-11-20" in said[2]
    assert "베트낭" in page.content.decode()
    assert "고칠 행 있음" in page.content.decode() and "반영 대기" not in page.content.decode()
    assert "고칠 행 있음" in client.get(DIFFICULTIES).content.decode()


def test_all_mistakes_of_a_row_are_named_at_once_and_none_that_only_follows_from_another(client, officer):
    heads = [*HEADS, "HS코드", "전자우편", "긴급 여부", "긴급 사유", "인지일"]
    rest = {"HS코드": "991234", "전자우편": "a@", "긴급 여부": "아마", "긴급 사유": "선적 마감", "인지일": "작년"}
    bad = row(
        1, 사업자번호="1234567890", 국가="베트낭", 제목="", 애로내용="주민번호 900101-1234568", 접수일="11/20/2026"
    )
    good = {"HS코드": "030617", "전자우편": "a@b.example", "긴급 여부": "예", "긴급 사유": "선적 마감", "인지일": ""}
    mended = row(1, 사업자번호="123-45-67891")

    batch = checked(client, as_csv([*bad, *rest.values()], heads=heads, spelling="utf-8"))
    said = batch.rows.get().said
    named = ["country", "reported_on", "is_urgent", "became_aware_on", "company_number", "email", "title", "account"]
    kind = KINDS["difficulty"]
    heads_of = [kind.head(kind.column(name)) for name in [*named, "hs_codes"]]
    assert sorted(head for head, *_why in said) == sorted(heads_of), [heads_of, *said]
    assert all(" ".join(why).strip() for _head, *why in said)

    batch = checked(client, as_csv([*mended, *good.values()], heads=heads, spelling="utf-8"))
    assert verdicts(batch) == ["new"], batch.rows.get().said

    unknown = as_csv(["ZZZ-26-ABC", "베트낭", "", "2999-01-01"], heads=["접수번호", "국가", "제목", "접수일"])
    said = checked(client, unknown).rows.get().said
    assert [head for head, *_why in said] == ["접수번호", "국가", "접수일"], (
        said
    )  # whether it needs a title is not known


def test_each_of_several_names_that_are_not_known_is_told(client):
    client.force_login(make.staff("ministry"))
    heads = ["지원협의체", "차수", "개최일", "참석기관"]
    listed = as_csv([make.body().code, "4", "언젠가", "없는기관가; 없는기관나 (3명)"], heads=heads)

    said = checked(client, listed, address="/admin/missions/meeting/import/").rows.get().said

    assert (
        [head for head, *_why in said] == ["개최일", "참석"]
        and "없는기관가" in said[1][1]
        and "없는기관나" in said[1][1]
    )


def test_a_workbook_is_read_as_people_leave_it(client, officer):
    rows = [row(1), row(2, 업체명=None), row(3)]
    rows[0][6], rows[1][6], rows[2][6] = datetime.date(2026, 3, 2), 46083, "2026년 3월 4일"
    book = as_book(*rows, above=[["2026년 수출애로 접수 목록"], []], merged=["A1:H1", "A4:A5"])

    batch = checked(client, book, "list.xlsx")
    page = press(client, batch, "agree")

    assert batch.state == "written", page.content.decode()[-2000:]
    filed = Difficulty.objects.filter(filed_by=officer).order_by("pk")
    assert [each.reported_on.isoformat() for each in filed] == ["2026-03-02", "2026-03-02", "2026-03-04"]
    assert [each.company.name_ko for each in filed] == ["㈜Z수출 1", "㈜Z수출 1", "㈜Z수출 3"]
    assert "남의 자료" not in page.content.decode() and "A4:A5" in str(batch.remarks) and "숨김" in str(batch.remarks)


def bomb():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 200_000_000)
    return packed.getvalue()


def forged():
    """A workbook whose shared words name a file of the machine."""
    packed = io.BytesIO(as_book(row(1)))
    made = io.BytesIO()
    with zipfile.ZipFile(packed) as good, zipfile.ZipFile(made, "w") as bad:
        for name in good.namelist():
            head = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' if name == "xl/workbook.xml" else b""
            bad.writestr(name, head + good.read(name))
    return made.getvalue()


HOSTILE = {
    "forged.xlsx": (forged(), "엑셀 파일이 아닙니다"),
    "empty.csv": (b"", "비어 있습니다"),
    "blank.csv": (b" \n", "비어 있습니다"),
    "heads.csv": (as_csv(), "행이 없습니다"),
    "old.xls": (b"\xd0\xcf\x11\xe0" + b"0" * 600, ".xlsx"),
    "page.xls": (b"<html><table></table></html>", ".xlsx"),
    "paper.xlsx": (b"%PDF-1.7 ...", ".xlsx"),
    "letters.csv": (b"\x81\xff\xfe\x00", "CSV UTF-8"),
    "quote.csv": (as_csv(row(1)) + b'"open', "끊겼습니다"),
    "cut.xlsx": (as_book(row(1))[:-900], "손상"),
    "other.xlsx": (b"PK\x03\x04" + b"0" * 400, "손상"),
    "bomb.xlsx": (bomb, "행을 넘습니다"),
    "long.csv": (as_csv(*[["가"] * 3] * 10_200, heads=["업체명", "국가", "제목"]), "행을 넘습니다"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_cannot_be_read_is_refused_with_a_sentence_that_helps(client, officer, name):
    content, sentence = HOSTILE[name]
    page = bring(client, content() if callable(content) else content, name)

    assert page.status_code == 200 and sentence in page.content.decode(), page.content.decode()[-2500:]
    assert not ImportBatch.objects.exists()


def test_formulas_days_of_1900_and_eaten_zeros_are_told_at_their_row(client, officer):
    heads = [*HEADS, "HS코드", "연락처"]
    formula, day, zeros = [[*row(number), "030617", "010-1234-5678"] for number in (1, 2, 3)]
    formula[4], day[6], zeros[8], zeros[9] = "=A2&B2", datetime.date(1900, 1, 17), 30617, 1012345678

    batch = checked(client, as_book(formula, day, zeros, heads=heads), "list.xlsx")

    assert verdicts(batch) == ["wrong", "wrong", "wrong"]
    said = [str(each.said) for each in batch.rows.order_by("line")]
    assert "수식" in said[0] and "1900" in said[1] and "01012345678" in said[2]


def test_what_somebody_entered_meanwhile_takes_all_of_the_list_back(client, officer, monkeypatch):
    monkeypatch.setattr(batches, "CHUNK", 2)
    batch = checked(client, as_csv(*[row(number) for number in range(1, 6)]))
    twin = checked(client, as_csv(row(5)))
    press(client, twin, "agree")

    page = press(client, batch, "agree")

    assert batch.state == "undone" and "6행" in batch.failure
    assert Difficulty.objects.filter(filed_by=officer).count() == 1
    assert batch.failure in page.content.decode().replace("&#x27;", "'")


def test_what_a_list_held_is_forgotten_after_thirty_days_and_it_stays_taken_in(client, officer):
    batch = checked(client, as_csv(row(1, 담당자="김해양")))
    press(client, batch, "agree")
    bring(client, as_csv(row(2)))

    imports.forget_old(timezone.now() + datetime.timedelta(days=31))
    page = press(client, batch, "undo")

    assert [each.state for each in ImportBatch.objects.all()] == ["written"] and not batch.rows.exists()
    assert batch.state == "written" and Difficulty.objects.filter(filed_by=officer).exists()
    assert "30일" in page.content.decode()


def test_a_list_of_others_does_not_exist_and_only_who_may_file_brings_one(client, officer):
    batch = checked(client, as_csv(row(1)))
    address = reverse("admin:missions_difficulty_import_batch", args=[batch.pk])
    for who, status in ((make.officer(make.body()), 404), (make.staff("ministry"), 403), (make.staff("auditor"), 403)):
        client.force_login(who)
        assert client.get(address).status_code == status
        assert client.post(address, {"do": "agree"}).status_code == status
    assert not Difficulty.objects.filter(filed_by=officer).exists()


def test_what_leaves_and_comes_again_says_the_same_and_a_changed_cell_changes_its_field_only(client):
    make.organisation(slug="z-one", name_ko="Z하나", kind="association", other_names="=하나")
    here = make.body()
    meeting = make.meeting(here, number=3, is_published=False)
    Attendance.objects.create(meeting=meeting, organisation=Organisation.objects.get(slug="z-one"), headcount=2)
    make.recipient(contact="김바다")
    make.firm_of(make.officer(here), name_ko="Z수출", registration_number="1234567891")
    client.force_login(make.staff("ministry"))
    for name in ("organisation", "meeting", "recipient", "company", "membership"):
        usual = {"format": "xlsx"}
        if name == "recipient":  # known again by its address, which is a contact
            usual |= {"column": ["email", "name", "contact", "is_active"], "reason": "점검"}
        export = f"/admin/missions/{name}/export/"
        sent = (client.post if "reason" in usual else client.get)(export, usual).content
        batch = checked(client, sent, "list.xlsx", f"/admin/missions/{name}/import/", through=here.pk)
        others = batch.rows.exclude(verdict="same")
        assert not others, [(each.line, each.verdict, each.said, each.changes) for each in others[:3]]

    book = load_workbook(io.BytesIO(client.get("/admin/missions/organisation/export/?format=xlsx").content))
    page = book.worksheets[0]
    next(cells for cells in page.iter_rows() if cells[0].value == "z-one")[2].value = "Z One"
    changed = io.BytesIO()
    book.save(changed)
    batch = checked(client, changed.getvalue(), "list.xlsx", "/admin/missions/organisation/import/")
    assert set(verdicts(batch)) == {"changed", "same"}
    assert len(batch.rows.get(verdict="changed").changes) == 1
    press(client, batch, "agree")
    assert Organisation.objects.get(slug="z-one").name_en == "Z One"
    press(client, batch, "undo")
    assert Organisation.objects.get(slug="z-one").name_en != "Z One"


def test_difficulties_leave_and_come_again_unchanged_and_are_changed_by_their_holder_only(client, officer):
    here = officer.postings.get().body
    mine = make.difficulty(
        here, officer, value_amount=5, value_currency="USD", hs_codes="030617", account="한 줄\n두 줄"
    )
    theirs = make.difficulty(make.body(), filed_through=here, by=officer)
    Difficulty.objects.filter(pk=theirs.pk).update(holder=make.body())
    columns = [column.name for column in KINDS["difficulty"].columns if not column.personal]

    sent = client.post("/admin/missions/difficulty/export/", {"format": "xlsx", "column": columns}).content
    batch = checked(client, sent, "list.xlsx")
    assert verdicts(batch) == ["same", "same"], [(each.said, each.changes) for each in batch.rows.all()]

    lines = [[each.reference, "다른 제목"] for each in (mine, theirs)]
    batch = checked(client, as_csv(*lines, heads=["접수번호", "제목"]))
    assert [each.verdict for each in batch.rows.order_by("line")] == ["changed", "wrong"]


def test_a_public_name_that_points_to_a_firm_keeps_the_list_out(client):
    make.firm_of(make.officer(make.body()), name_ko="바다식품통상")
    client.force_login(make.staff("ministry"))
    listed = as_csv(["z-new", "Z새 기관"], ["z-sea", "바다식품통상 지원단"], heads=["slug", "기관명"])

    batch = checked(client, listed, address="/admin/missions/organisation/import/")
    press(client, batch, "agree")

    assert batch.state == "undone" and "바다식품통상" in batch.failure
    assert not Organisation.objects.filter(slug__in=["z-new", "z-sea"]).exists()


def filled(client, *, renamed=None):
    """The template with its own example as a row; ``renamed``: a head of it, and what it is called instead."""
    book = load_workbook(io.BytesIO(client.get(f"{DIFFICULTIES}template/").getvalue()))
    page = book.worksheets[0]
    page.append([cell.value for cell in book.worksheets[2][2]])
    for cell in page[1]:
        cell.value = (renamed or {}).get(cell.value, cell.value)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def test_the_template_is_saved_under_a_name_in_the_language_of_its_reader(client, officer):
    assert names_of(client.get(f"{DIFFICULTIES}template/")) == ("difficulty-template.xlsx", "수출애로 서식.xlsx")
    officer.language = "en"
    officer.save()
    assert names_of(client.get(f"{DIFFICULTIES}template/")) == ("difficulty-template.xlsx", "")


def test_the_template_comes_back_as_a_list_without_a_choice_of_columns(client, officer):
    page = bring(client, filled(client), "template.xlsx")

    batch, text = page.context["batch"], page.content.decode()
    assert batch.state == "checked" and verdicts(batch) == ["new"], [batch.state, batch.rows.get().said]
    assert "냉동식품 통관 보류" in text and "1행 반영" in text and "열 고치기" in text
    assert not Difficulty.objects.filter(filed_by=officer).exists()


@pytest.mark.parametrize("called", ["애로명", "비고", ""])
def test_a_list_with_a_head_of_its_own_asks_which_columns_are_meant(client, officer, called):
    kind = KINDS["difficulty"]
    for name in ("title", "place"):  # one that is needed, and one that may be lacking
        page = bring(client, filled(client, renamed={kind.head(kind.column(name)): called}), "list.xlsx")
        assert page.context["batch"].state == "columns"


def test_the_slug_of_an_organisation_tells_it_from_others_of_its_name(client):
    one, other = (make.organisation(slug=slug, name_ko="Z같은 이름") for slug in ("z-alike-1", "z-alike-2"))
    here = make.body()
    client.force_login(make.staff("ministry"))

    def sent(slug):
        listed = as_csv([here.code, "Z같은 이름", slug, "구성원"], heads=["지원협의체", "기관", "slug", "직책"])
        return checked(client, listed, address="/admin/missions/membership/import/")

    assert [head for head, *_why in sent("").rows.get().said] == ["기관"]
    assert [head for head, *_why in sent("z-none").rows.get().said] == ["주소 이름"]
    batch = sent("z-alike-2")
    assert verdicts(batch) == ["new"], batch.rows.get().said
    press(client, batch, "agree")
    assert here.memberships.get().organisation == other != one
    assert verdicts(sent("z-alike-2")) == ["same"]


def test_members_and_recipients_and_meetings_come_with_their_organisations(client):
    make.organisation(slug="z-two", name_ko="Z둘")
    here = make.body()
    client.force_login(make.staff("ministry"))
    lists = {
        "membership": (["지원협의체", "기관", "직책"], [here.code, "Z둘", "참관"]),
        "recipient": (["전자우편", "명칭", "국가"], ["z@z.example", "Z협회", "베트남; 미국"]),
        "meeting": (
            ["지원협의체", "차수", "개최일", "참석기관", "개최여부"],
            [here.code, "제4차", "2026-03-02", "Z둘 (3명)", "개최"],
        ),
    }
    for name, (heads, cells) in lists.items():
        batch = checked(client, as_csv(cells, heads=heads), address=f"/admin/missions/{name}/import/")
        assert verdicts(batch) == ["new"], batch.rows.get().said
        press(client, batch, "agree")
        assert batch.state == "written", batch.failure
    assert here.memberships.get().organisation.slug == "z-two"
    assert sorted(Recipient.objects.get(email="z@z.example").countries.values_list("pk", flat=True)) == ["US", "VN"]
    assert Meeting.objects.get(body=here).attendances.get().headcount == 3


@pytest.mark.parametrize("count", [3, 12])
def test_each_row_costs_the_same_however_many_there_are(client, officer, count, monkeypatch):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        batch = checked(client, as_csv(*[row(number) for number in range(count)]))
        press(client, batch, "agree")

    assert batch.state == "written", [(each.verdict, each.said) for each in batch.rows.all()]
    assert len(queries) < 120 + 75 * count


@pytest.mark.parametrize("model", [Sector, DifficultyType])
def test_the_whole_name_that_an_export_writes_is_known_where_it_comes_back(model):
    words = Words(make.staff("ministry"))
    for row in model.objects.all():
        assert {words.row(model, name) for name in (row.name_ko, row.name_en, row.pk)} == {row.pk}
