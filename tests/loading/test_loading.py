"""The programme's data files: loaded whole or not at all, and never over what staff wrote."""

import re
import shutil

import pytest
from django.core.management import CommandError, call_command

from missions.loading.files import FILES, FOLDER, BrokenFile, read
from missions.loading.loader import load
from missions.models import Body, Country, HsChapter, LoadedRow, Meeting, Membership, Mission, Organisation

pytestmark = pytest.mark.usefixtures("programme")


@pytest.fixture
def folder(tmp_path):
    """A copy of the data files to spoil."""
    return shutil.copytree(FOLDER, tmp_path / "data")


def edit(folder, name, old, new):
    path = folder / f"{name}.csv"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def test_every_file_is_loaded_whole():
    assert LoadedRow.objects.count() == len(read())
    assert Country.objects.count() == 249
    assert set(Body.objects.values_list("code", flat=True)) == {
        "LAX",
        "SFO",
        "SIN",
        "HAN",
        "DEL",
        "SGN",
        "FRA",
        "SEA",
        "DXB",
        "PEK",
        "NYC",
        "KOR",
    }
    assert {path.stem for path in FOLDER.glob("*.csv")} == {file.name for file in FILES}


def test_loading_twice_changes_nothing():
    assert load() == []


def test_only_san_franciscos_first_meeting_is_dated_to_the_17th():
    dated = Meeting.objects.filter(held_on="2024-04-17", held_precision="day")

    assert [meeting.body.code for meeting in dated] == ["SFO"]


def test_82_startup_sits_in_san_francisco_and_the_local_governments_in_los_angeles():
    def seats(slug):
        return list(Membership.objects.filter(organisation__slug=slug).values_list("body__code", flat=True))

    assert seats("82startup") == ["SFO"]
    assert seats("jeonbuk") == seats("la-local-govts-4") == ["LAX"]


def test_ho_chi_minh_city_is_a_consulate_general():
    assert Mission.objects.get(slug="ho-chi-minh-city").kind == "consulate_general"


def test_what_staff_edited_stays_and_is_told_of_only_where_the_file_changed(folder):
    Body.objects.filter(code="SFO").update(rhythm="monthly")
    assert load() == []

    edit(folder, "bodies", ",quarterly,", ",yearly,")
    [change] = load(folder=folder)

    assert change.kept and change.column == "rhythm"
    assert Body.objects.get(code="SFO").rhythm == "monthly"


def test_a_correction_of_the_file_reaches_records_that_staff_left_alone(folder):
    edit(folder, "bodies", ",quarterly,", ",yearly,")

    [change] = load(folder=folder)

    assert (change.key, change.old, change.new) == ("SFO", "quarterly", "yearly")
    assert Body.objects.get(code="SFO").rhythm == "yearly"
    assert load(folder=folder) == []


def test_a_column_that_the_files_gained_fills_what_nobody_has_filled():
    for row in LoadedRow.objects.filter(file="missions"):
        del row.values["other_names"]
        row.save()
    Mission.objects.update(other_names="")
    Mission.objects.filter(slug="los-angeles").update(other_names="천사의 도시")

    changes = {change.key: change.kept for change in load()}

    assert changes.pop("los-angeles") and len(changes) > 3 and not any(changes.values())
    assert Mission.objects.get(slug="los-angeles").other_names == "천사의 도시"
    assert "호찌민" in Mission.objects.get(slug="ho-chi-minh-city").other_names


def test_sources_are_compared_as_sets_and_edits_of_them_stay():
    body = Body.objects.get(code="SFO")
    body.sources.clear()
    assert load() == []
    assert not body.sources.exists()

    load(refresh=True)

    assert body.sources.count() == 2


def test_a_record_that_staff_deleted_comes_back_only_by_a_refresh():
    Membership.objects.filter(organisation__slug="82startup").delete()
    assert load() == []
    assert not Membership.objects.filter(organisation__slug="82startup").exists()

    [change] = load(refresh=True)

    assert change.new == "added"
    assert Membership.objects.filter(organisation__slug="82startup").exists()
    assert load() == []


def test_a_record_that_staff_made_under_the_same_key_is_taken_for_the_same(folder):
    Organisation.objects.create(slug="z-known", name_ko="먼저 있던 기관")
    path = folder / "organisations.csv"
    header, *_rest = path.read_text().splitlines()
    cells = {
        "slug": "z-known",
        "name_ko": "파일의 기관",
        "kind": "bank",
        "named": "yes",
        "counts_for": "1",
        "certainty": "verified",
    }
    path.write_text(path.read_text() + ",".join(cells.get(name, "") for name in header.split(",")) + "\n")

    load(folder=folder)

    assert Organisation.objects.get(slug="z-known").name_ko == "먼저 있던 기관"


def test_a_refresh_says_what_it_will_change_and_asks(monkeypatch, capsys):
    Body.objects.filter(code="SFO").update(rhythm="monthly")
    monkeypatch.setattr("builtins.input", lambda question: "n")
    call_command("load_programme", "--refresh")
    assert "bodies SFO, rhythm: 'monthly' → 'quarterly'" in capsys.readouterr().out
    assert Body.objects.get(code="SFO").rhythm == "monthly"

    call_command("load_programme", "--refresh", "--yes")

    assert Body.objects.get(code="SFO").rhythm == "quarterly"


BROKEN = [
    ("bodies", ",quarterly,", ",weekly,", "bodies.csv, line 3, rhythm"),
    (
        "bodies",
        "SFO,overseas,san-francisco",
        "SFO,overseas,atlantis",
        "bodies.csv, line 3, mission: “atlantis” is not in missions.csv",
    ),
    ("bodies", "SFO,overseas", "LAX,overseas", "bodies.csv, line 3, code: “LAX” stands here twice"),
    ("bodies", "2024-04-17,day", "2024-04-31,day", "bodies.csv, line 3, launched_on"),
    ("bodies", "2024-04-17,day", ",day", "bodies.csv, line 3, all"),
    ("bodies", "code,scope", "code,scoop", "bodies.csv, line 1, scoop: there is no such column"),
    ("bodies", "code,scope", "scope,code", "bodies.csv, line 1, scope: the first column must be code"),
    ("countries", "\nAE,", "\nAE,,", "countries.csv, line 3, -: has 6 cells instead of 5"),
    ("countries", "\nAE,", "\n,", "countries.csv, line 3, code: the key is missing"),
    ("missions", "America/Los_Angeles", "America/Hollywood", "missions.csv, line 2, time_zone"),
    ("organisations", ",yes,", ",maybe,", "organisations.csv, line 2, named: “maybe” is neither yes nor no"),
    ("bodies", "code,scope", "code,scope,scope", "bodies.csv, line 1, scope: this column stands here twice"),
    ("bodies", "SFO,overseas", "S\0FO,overseas", "bodies.csv, line 3, -: has a NUL byte"),
    ("missions", "consulate_general,US", "consulate_general,US KR", "country: “US KR” is not in countries.csv"),
    ("meetings", "2024-08-27T19:00+07:00", "2024-08-27 evening", "starts_at: “2024-08-27 evening” is not a moment"),
]


def test_a_broken_file_is_refused_whole_naming_line_and_column(tmp_path):
    for number, (name, old, new, told) in enumerate(BROKEN):
        folder = shutil.copytree(FOLDER, tmp_path / str(number))
        edit(folder, "regions", "아세안국", "아세안국 고침")
        edit(folder, name, old, new)

        with pytest.raises(CommandError) as refused:
            call_command("load_programme", folder=folder)

        assert told in str(refused.value)
        assert not LoadedRow.objects.filter(values__name_ko="아세안국 고침").exists(), told
    assert load() == []


def test_a_file_that_is_not_text_is_refused(folder):
    (folder / "bodies.csv").write_bytes(b"PK\x03\x04\xff\xfe")

    with pytest.raises(BrokenFile, match=r"bodies\.csv, line 1"):
        load(folder=folder)


def test_a_file_saved_by_a_spreadsheet_loads_the_same(folder):
    for path in folder.glob("*.csv"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))

    assert load(folder=folder) == []


def test_a_file_that_cannot_be_read_brings_no_complaints_about_what_names_it(folder):
    (folder / "missions.csv").unlink()

    with pytest.raises(BrokenFile) as refused:
        load(folder=folder)

    assert {mistake.file for mistake in refused.value.mistakes} == {"missions"}


def test_unusual_line_separators_within_a_cell_are_read_as_line_ends(folder):
    edit(folder, "bodies", "영문 명칭은 임시 번역입니다.", "영문 명칭은\u2028임시 번역입니다.")

    [change] = load(folder=folder)

    assert change.column == "note_ko" and "영문 명칭은\n임시" in change.new


@pytest.mark.parametrize("encoding", ["cp949", "utf-16"])
def test_a_file_in_another_encoding_is_refused_with_how_to_save_it(folder, encoding):
    path = folder / "regions.csv"
    path.write_bytes(path.read_text(encoding="utf-8-sig").encode(encoding))

    with pytest.raises(BrokenFile) as refused:
        read(folder)

    [said] = [str(mistake) for mistake in refused.value.mistakes if mistake.file == "regions"]
    assert ("CP949" if encoding == "cp949" else "UTF-16") in said and "CSV UTF-8" in said


def test_chapters_whose_zeros_a_spreadsheet_took_are_refused_with_their_line(folder):
    path = folder / "hs_chapters.csv"
    path.write_text(re.sub("(?m)^0", "", path.read_text()))

    with pytest.raises(BrokenFile, match=r"hs_chapters.csv, line 2, code: .*09"):
        load(folder=folder)
    assert not HsChapter.objects.filter(code="1").exists()
