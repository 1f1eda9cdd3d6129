"""The official list of missions: previewed row by row, taken over whole or not at all, and never over staff's words.

Every line here is invented; only the shape is that of open data 15076569.
"""

import csv
import io
import itertools

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from missions.loading.official_plan import plan
from missions.models import Country, LoadedRow, Mission, Source
from missions.publication import firm_keys
from tests import make

pytestmark = pytest.mark.usefixtures("programme")
HEADS = [
    *("국가명", "국가ISO코드", "겸임(관할)", "재외공관유형", "재외공관명", "위도", "경도", "대표전화번호"),
    *("영사콜센터", "무료전화번호", "긴급전화번호", "주소"),
]
LINES, SERVED, CONSULATES = 255, 75, 20


def line(country, name=None, kind="대사관", manner="일반", number=1, **cells):
    """A line of the list."""
    return {
        "국가명": country.name_ko,
        "국가ISO코드": country.pk,
        "겸임(관할)": manner,
        "재외공관유형": kind,
        "재외공관명": name or f"주{country.name_ko} 대한민국 대사관",
        "위도": f"{number % 80}.123456",
        "경도": f"-{number % 170}.5",
        "대표전화번호": f"+999-555-{number:04}",
        "영사콜센터": "+82-2-0000-0000",
        "무료전화번호": "",
        "긴급전화번호": f"+999-555-{number:04} / +999-556-{number:04}",
        "주소": f"{number} Invented Street",
    } | cells


@pytest.fixture
def listed():
    """255 lines: embassies, consulates general, and countries that embassies serve from elsewhere."""
    countries = [one for one in Country.objects.exclude(pk__in=["KR", "KP"]).order_by("pk") if one.name_ko]
    home, served = countries[: LINES - SERVED - CONSULATES], countries[-SERVED:]
    made = [line(country, number=n) for n, country in enumerate(home, 1)]
    for n, country in enumerate(home[:CONSULATES], 201):
        made.append(line(country, f"주지어낸도시{n} 총영사관", "총영사관", number=n))
    for country, of in zip(served, itertools.cycle(home), strict=False):
        made.append(line(country, made[home.index(of)]["재외공관명"], manner="겸임", number=home.index(of) + 1))
    assert len(made) == LINES
    return made


def written(rows, heads=HEADS, spelling="utf-8-sig"):
    """The list as a file."""
    text = io.StringIO()
    writer = csv.DictWriter(text, heads, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode(spelling, "replace")


@pytest.fixture
def take(tmp_path, capsys):
    """Take a list over by the command, and return what it says."""

    def taken(content, day="20260105", *options):
        path = tmp_path / f"외교부_국가 지역별 재외공관 정보_{day}.csv"
        path.write_bytes(content)
        call_command("import_missions", path, "--yes", *options)
        return capsys.readouterr().out

    return taken


def embassy(row):
    return Mission.objects.get(country=row["국가ISO코드"], kind="embassy")


def test_the_next_edition_changes_what_it_says_and_leaves_what_staff_wrote(listed, take):
    take(written(listed))
    mission = embassy(listed[0])
    assert (mission.telephone, mission.address_en) == ("+999-555-0001", "1 Invented Street")
    assert mission.emergency_telephone == "+999-555-0001 / +999-556-0001"
    assert (str(mission.latitude), str(mission.longitude), mission.point_of) == ("1.12346", "-1.50000", "building")
    assert mission.covers.filter(pk=listed[180]["국가ISO코드"]).exists()
    assert mission.certainty == "verified" and mission.sources.filter(key="mofa-missions-260105").exists()
    assert mission.history.latest().history_change_reason.startswith("import mofa-missions-260105")
    consulate = Mission.objects.get(name_ko="주지어낸도시201총영사관")
    assert (consulate.city_ko, consulate.kind) == ("지어낸도시201", "consulate_general")
    before = Mission.objects.count()
    assert "0 new, 0 changed, 180 unchanged" in take(written(listed))

    by_staff, moved, elsewhere, gone = (embassy(listed[place]) for place in (1, 2, 3, 4))
    by_staff.telephone = "+999-000-0000"
    by_staff.save()
    listed[1]["대표전화번호"] = listed[2]["대표전화번호"] = "+999-555-9999"
    listed[183] |= {"재외공관명": listed[2]["재외공관명"]}  # the third of the countries served from elsewhere
    further = line(Country.objects.get(pk=listed[0]["국가ISO코드"]), "주새로지은도시 출장소", "출장소", number=99)
    rows = [row for row in listed if row["재외공관명"] != listed[4]["재외공관명"]] + [further]
    said = take(written(rows, spelling="cp949"), "20261105")

    assert "1 new, 2 changed, 177 unchanged, 1 edits by staff kept" in said.splitlines()[-1]
    assert f"{moved.name_ko}, telephone: '+999-555-0003' → '+999-555-9999'" in said
    assert f"{by_staff.name_ko}, telephone: '+999-000-0000' kept as staff wrote it" in said
    assert f"not in this edition: {gone.name_ko}" in said
    by_staff.refresh_from_db()
    assert by_staff.telephone == "+999-000-0000" and Mission.objects.count() == before + 1
    served = listed[183]["국가ISO코드"]
    assert moved.covers.filter(pk=served).exists() and not elsewhere.covers.filter(pk=served).exists()
    with pytest.raises(CommandError):
        take(written(listed), "20260105")  # it is older
    assert [source.key for source in moved.sources.filter(key__startswith="mofa-missions-")] == ["mofa-missions-261105"]


WRONG = [
    ({"국가ISO코드": "QQ"}, "국가ISO코드: ‘QQ’"),
    ({"국가ISO코드": "YU"}, "ME, RS"),
    ({"국가ISO코드": "KE"}, "KE"),
    ({"국가ISO코드": "", "국가명": "콩고"}, "CD, CG"),
    ({"국가ISO코드": "", "국가명": "없는나라"}, "없는나라"),
    ({"대표전화번호": "1.0E+09"}, "대표전화번호"),
    ({"대표전화번호": "야간 당직실"}, "야간 당직실"),
    ({"위도": "121.5", "경도": "31.2"}, "121.5"),
    ({"위도": "31,2"}, "31,2"),
    ({"재외공관명": ""}, "재외공관명"),
    ({"재외공관유형": "지점", "재외공관명": "주어딘가사무소"}, "재외공관유형"),
    ({"겸임(관할)": "없는나라, 콩고"}, "없는나라"),
    ({"주소": "길" * 600}, "주소"),
]


def state():
    """What an import could have written."""
    return [
        *map(str, Mission.objects.values_list("pk", "updated_at")),
        LoadedRow.objects.count(),
        Source.objects.count(),
    ]


@pytest.mark.parametrize(("cells", "told"), WRONG, ids=lambda value: value if isinstance(value, str) else "")
def test_a_wrong_line_is_told_with_its_column_and_nothing_is_taken_over(listed, take, capsys, cells, told):
    before = state()
    listed[5] |= cells
    with pytest.raises(CommandError):
        take(written(listed[:12]))

    said = capsys.readouterr().out
    assert "line 7, " in said and told in said
    assert state() == before


def test_lines_that_may_mean_the_same_or_several_missions_are_asked_back(listed, capsys, take):
    here = Country.objects.get(pk=listed[0]["국가ISO코드"])
    for _ in range(2):
        make.mission(country_id=here.pk, name_ko="주두번총영사관", kind="consulate_general")
    rows = [
        listed[0],
        dict(listed[0]),
        line(here, "주두번총영사관", "총영사관"),
        line(here, "주모르는대사관", manner="겸임"),
    ]
    rows += [line(here, f"주{here.name_ko}공화국대사관")]  # an embassy of the same country by another name
    before = state()
    with pytest.raises(CommandError):
        take(written(rows))

    said = capsys.readouterr().out
    problems = [each for each in said.splitlines() if ", 재외공관명: " in each]
    assert [each[:6] for each in problems] == ["line 3", "line 3", "line 4", "line 5", "line 6"], said
    assert "z-" in problems[2] and state() == before


FILES = {
    "empty": (b" \n", "비어"),
    "of other columns": ("상호,전화\n가,나\n".encode(), "재외공관명"),
    "with heads alone": (written([]), "내려받"),
    "a workbook": (b"PK\x03\x04" + b"\0" * 50, "CSV UTF-8"),
    "unreadable": (b"\xff\x00\x81\x80\xff", "CSV UTF-8"),
    "far too large": (b"x" * (1024 * 1024 + 1), "1 MB"),
    "twice a column": ("재외공관명,공관명,국가명\n가,나,다\n".encode(), "공관명"),
    "cut off in a cell": ('재외공관명,국가명,주소\n가,나,"1 Inv'.encode(), "2행"),
    "cut off in a line": ("재외공관명,국가명,주소\n주가나대사관,가".encode(), "2"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_not_the_list_is_refused_at_the_desk_with_a_sentence_that_helps(client, name):
    content, told = FILES[name]
    client.force_login(make.staff("ministry"))
    before = state()

    page = send(client, content)

    assert page.status_code == 200 and told in page.content.decode() and 'name="held"' not in page.content.decode()
    assert state() == before


def send(client, content, day="20260105"):
    file = io.BytesIO(content)
    file.name = f"정보_{day}.csv"
    return client.post(reverse("admin:missions_mission_import"), {"file": file, "dated": ""})


def agree(client, page):
    held = {"held": page.context["held"], "seen": page.context["plan"].fingerprint}
    return client.post(reverse("admin:missions_mission_import"), held, follow=True)


def test_the_desk_does_exactly_what_it_showed_and_nothing_once_the_records_moved(client, listed):
    first, second = make.staff("ministry"), make.staff("ministry")
    client.force_login(second)
    shown_to_second = send(client, written(listed[:3]))
    assert "+999-555-0002" in shown_to_second.content.decode()
    client.force_login(first)
    shown_to_first = send(client, written(listed[:3]))
    assert "다시 선택" in agree(client, shown_to_second).content.decode()  # it is signed for another
    assert not LoadedRow.objects.filter(file="mofa-missions").exists()

    done = agree(client, shown_to_first)
    assert done.redirect_chain and embassy(listed[2]).telephone == "+999-555-0003"
    assert embassy(listed[2]).history.latest().history_user == first

    client.force_login(second)
    before = state()
    refused = agree(client, shown_to_second)
    assert "그 사이" in refused.content.decode() and refused.context["plan"].counts["same"] == 3
    assert state() == before


def test_an_officer_is_not_offered_the_list(client):
    client.force_login(make.officer(make.body()))

    assert client.get(reverse("admin:missions_mission_import")).status_code == 403
    assert "/mission/import/" not in client.get(reverse("admin:missions_mission_changelist")).content.decode()


def test_the_preview_asks_the_same_however_long_the_list_is(listed, django_assert_max_num_queries):
    with django_assert_max_num_queries(9):
        assert len(plan(written(listed), make.DAY).lines) == LINES - SERVED


def test_the_gate_keeps_a_firm_out_of_the_list(listed, take, capsys):
    firm = make.company(make.body(), name_ko="㈜지어낸수산", telephone="+999-555-0006")
    firm_keys.keep(firm)
    before = state()
    with pytest.raises(CommandError):
        take(written(listed[:12]))

    assert "line 7, " in capsys.readouterr().out
    assert state() == before
