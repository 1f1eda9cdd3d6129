"""The staff's search finds the same on every database, shows only what one may see, and is current."""

import shutil

import pytest
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from missions.admin.difficulty.list import reported
from missions.loading.files import FOLDER
from missions.loading.loader import load
from missions.models import Body, Difficulty, LocalInformation, Meeting, Minutes, Organisation, SearchEntry
from missions.publication import workflow as publishing
from missions.search import staff as staff_search
from missions.search.tokens import terms, tokens
from tests import forms, make

pytestmark = pytest.mark.usefixtures("programme")


@pytest.fixture
def body():
    return make.body()


@pytest.fixture
def officer(client, body):
    """The client is signed in as an officer of the body."""
    user = make.officer(body)
    client.force_login(user)
    return user


def found(text, rows=None):
    return list(staff_search.find(Difficulty.objects.all() if rows is None else rows, text))


def listed(client, model, text):
    """Keys of the rows on the admin's list for a text."""
    page = client.get(reverse(f"admin:missions_{model._meta.model_name}_changelist"), {"q": text})
    assert page.status_code == 200
    return {row.pk for row in page.context["cl"].result_list}


TEXT = "반덤핑관세가 부과되어 통관지연 중. Held at customs: FTA관세 3차, 中小企業, café ＡＢＣ, 공급망ㆍ물류 77-A"


@pytest.mark.parametrize(
    "query",
    [
        "관세",
        "통관",
        "통관지연",
        "지연 반덤핑",
        "관",
        "세",
        "가",
        "Customs",
        "cust",
        "held 관세",
        "FTA",
        "fta관세",
        "3차",
        "中小",
        "企業",
        "CAFÉ",
        "cafe\u0301",
        "abc",
        "물류",
        "공급망·물류",
        "77-a",
        "관세".encode().decode(),
        "\u1100\u116a\u11ab\u1109\u1166",
    ],
)
def test_a_word_finds_itself_inside_longer_ones_whatever_its_case_and_form(client, officer, body, query):
    record = make.difficulty(body, officer, account=TEXT)
    make.difficulty(body, officer, account="다른 이야기", type_id="other")

    assert listed(client, Difficulty, query) == {record.pk}


@pytest.mark.parametrize(
    "query", ["핑세", "관세 인증", "ustoms", "customsx", "망물", "???", "・", "77-b", "ﾟ", "_", "☂"]
)
def test_what_is_not_written_is_not_found(client, officer, body, query):
    make.difficulty(body, officer, account=TEXT)

    assert listed(client, Difficulty, query) == set()


@pytest.mark.parametrize("query", ["", " ", "\n\t", "\u200b"])
def test_a_blank_query_leaves_the_list_as_it_is(client, officer, body, query):
    record = make.difficulty(body, officer)

    assert listed(client, Difficulty, query) == {record.pk}


@pytest.mark.parametrize(
    "query",
    [
        "관세' | '통관",
        "관세 & !통관",
        "관세:*",
        "관세 AND NEAR(통관)",
        'tokens:"관세',
        "관세*",
        "'; DROP TABLE missions_searchentry; --",
        "%관세%",
        "\\",
        "(" * 100,
        "관" * 5000,
        "a " * 5000,
        "🚢 ﷺ ݐ \ud55c",
    ],
)
def test_what_somebody_types_is_never_taken_for_an_instruction(client, officer, body, query):
    make.difficulty(body, officer, account="통관")

    assert listed(client, Difficulty, query) == set()
    assert SearchEntry.objects.exists()


def test_tokens_are_plain_words_to_every_database():
    written = tokens(TEXT, "İ ß ﬁ ｶﾞ \U00020bb7野")

    assert all(token.isascii() and token.isalpha() and token.islower() for token in written)
    assert written.issuperset(term for query in TEXT.split() for term in terms(query))


def test_the_index_takes_the_longest_texts(body):
    syllables = "".join(map(chr, range(0xAC00, 0xAC00 + 10_000)))
    record = make.difficulty(
        body, account=syllables, solution=syllables[::-1], lesson="𠮷野" * 2500, steps_taken="z" * 5000
    )

    assert found("가각") == found("각가") == found("z" * 200) == [record]


def test_the_index_takes_a_text_of_long_words_that_are_all_different(body):
    def words(first, letters):
        numbers = range(first, first + letters // 21)
        return " ".join(
            "".join(chr(97 + number * step % 26) for step in range(1, 21)) + f"{number}" for number in numbers
        )

    longest = {"account": 10_000, "solution": 10_000, "steps_taken": 5000, "lesson": 5000}
    texts = {name: words(1000 * at, letters)[:letters] for at, (name, letters) in enumerate(longest.items())}
    record = make.difficulty(body, **texts)

    assert all(found(text.split()[-2]) == [record] for text in texts.values())


@pytest.mark.parametrize(
    "query", ["internationalis", "internationalisa", "internationalisation", "internationalisations"]
)
def test_the_first_sixteen_letters_tell_a_word(body, query):
    record = make.difficulty(body, account="Internationalisation")

    assert found(query) == [record]


def test_titles_come_before_texts_and_the_newer_before_the_older(client, officer, body):
    in_text = make.difficulty(body, officer, account="상표권 분쟁", reported_on="2026-03-05")
    older = make.difficulty(body, officer, title="상표권 분쟁", reported_on="2026-03-03")
    newer = make.difficulty(body, officer, title="분쟁: 상표권", reported_on="2026-03-04")

    assert found("상표권 분쟁") == [newer, older, in_text]
    address = reverse("admin:missions_difficulty_changelist")
    page = client.get(address, {"q": "상표권"})
    assert list(page.context["cl"].result_list) == [newer, older, in_text]
    column = page.context["cl"].list_display.index(reported)
    page = client.get(address, {"q": "상표권", "o": column})
    assert list(page.context["cl"].result_list) == [older, newer, in_text]


def test_a_search_narrows_what_it_is_given_and_no_more(body):
    own, other = (make.difficulty(place, account="할랄 인증") for place in (body, make.body()))

    assert found("할랄", Difficulty.objects.visible_to(make.officer(body))) == [own]
    assert set(found("할랄")) == {own, other}


def test_an_english_text_is_found_from_korean_pages_and_the_other_way_round(client, body):
    client.force_login(make.staff("ministry"))
    item = make.information(body, title_ko="수입 규제", title_en="Import licences", text_en="Renewed yearly")
    staff_search.keep(item)

    for query in ("규제", "licence", "yearly", "수입 renewed"):
        assert listed(client, LocalInformation, query) == {item.pk}


@pytest.mark.parametrize(
    ("query", "code"), [("로스앤젤레스", "LAX"), ("hanoi", "HAN"), ("하노이", "HAN"), ("sfo", "SFO")]
)
def test_what_the_loader_wrote_is_found(query, code):
    assert code in [row.code for row in staff_search.find(Body.objects.all(), query)]
    others = {"KOR"} if code == "HAN" else set()  # Hana Bank took part in one at home
    assert {row.body.code for row in staff_search.find(Meeting.objects.all(), code)} <= {code} | others


def test_choosers_search_the_same_way(client, officer, body):
    record = make.difficulty(body, officer, title="반덤핑관세 부과")
    foreign = make.difficulty(make.body(), title="반덤핑관세 조사")
    question = {"app_label": "missions", "model_name": "difficulty", "field_name": "similar", "term": "관세"}

    answer = client.get(reverse("admin:autocomplete"), question).json()

    assert [choice["id"] for choice in answer["results"]] == [str(record.pk)]
    assert foreign.reference not in str(answer)


# Current


def posted(client, record, **values):
    """Save a row through its page in the admin, as it stands but for the values given."""
    response = forms.change(client, forms.address(record), **values)
    assert response.status_code == 302, response.context["adminform"].form.errors


def test_filing_and_editing_in_the_admin_keep_the_index(client, officer, body):
    values = {"company": make.company(body).pk, "country": "VN", "type": "customs", "report_source": "firm"}
    values |= {"title": "냉동식품 통관보류", "account": "위생증명서", "reported_on": "2026-03-02"}
    client.post(reverse("admin:missions_difficulty_add"), values)
    [record] = found("위생증명")

    posted(client, record, title="냉장식품 통관보류")

    assert found("냉장식품") == [record] and found("냉동식품") == []


def test_renaming_a_firm_reaches_its_difficulties(client, officer, body):
    firm = make.company(body, name_ko="한빛정밀")
    record = make.difficulty(body, officer, company=firm)
    assert found("한빛") == [record]

    posted(client, firm, name_ko="새벽정밀", name_en="Daybreak")

    assert found("새벽 daybreak") == [record] and found("한빛") == []


def test_a_difficulty_is_found_by_the_registration_number_of_its_firm_where_it_may_be_seen(client, officer, body):
    firm = make.company(body)
    record = make.difficulty(body, officer, company=firm)
    foreign = make.difficulty(make.body(), company=firm)

    posted(client, firm, registration_number="123-45-67891")

    for number in ("1234567891", "123-45-67891"):
        assert set(found(number)) == {record, foreign} and listed(client, Difficulty, number) == {record.pk}
    assert found("123-45-67890") == []


def test_parts_written_on_the_page_of_a_meeting_are_found(client, officer, body):
    meeting = make.meeting(body)
    item = {
        "agenda-0-order": 1,
        "agenda-0-kind": "information",
        "agenda-0-topic_ko": "수산물 검역",
        "agenda-TOTAL_FORMS": 1,
    }
    posted(client, meeting, **item)

    assert listed(client, Meeting, "검역") == {meeting.pk}


def test_steps_of_the_workflow_keep_the_index(body):
    from missions.difficulties import closing, workflow

    officer = make.officer(body)
    record = workflow.accept(make.difficulty(body, officer), by=officer, owner=officer)
    closing.close(record, by=officer, outcome="advice", solution="사전심사를 받았습니다.")

    assert found("사전심사") == [record]


def test_a_further_version_of_a_public_text_is_found(body):
    draft = publishing.revise(make.case(body, title_ko="배터리 인증"), by=make.officer(body))

    assert draft in staff_search.find(type(draft).objects.all(), "배터리")


def test_a_correction_of_the_data_files_is_found(tmp_path):
    folder = shutil.copytree(FOLDER, tmp_path / "data")
    path = folder / "agenda_items.csv"
    header, first, *rest = path.read_text().splitlines()
    cells = first.split(",")
    cells[header.split(",").index("topic_ko")] = "바뀐안건"
    path.write_text("\n".join([header, ",".join(cells), *rest]) + "\n")

    load(folder=folder)

    assert len(found("바뀐안건", Meeting.objects.all())) == 1


def test_deleting_in_the_admin_takes_the_words_along(client):
    client.force_login(make.staff("ministry"))
    first, second = make.organisation(name_ko="가나다진흥원"), make.organisation(name_ko="가나다공사")
    staff_search.keep(first, second)
    client.post(reverse("admin:missions_organisation_delete", args=[first.pk]), {"post": "yes"})
    assert set(found("가나다", Organisation.objects.all())) == {second}
    chosen = {"action": "delete_selected", "_selected_action": [second.pk], "post": "yes"}
    client.post(reverse("admin:missions_organisation_changelist"), chosen)

    assert not Organisation.objects.filter(pk__in=[first.pk, second.pk]).exists()
    kept = SearchEntry.objects.filter(kind="organisation", record__in=[first.pk, second.pk])
    assert not kept.exists()


def test_rebuilding_finds_what_was_written_past_the_portal_and_drops_what_is_gone(body, capsys):
    record, gone = make.difficulty(body), make.organisation()
    Difficulty.objects.filter(pk=record.pk).update(title="원산지검증")
    staff_search.keep(gone)
    Organisation.objects.filter(pk=gone.pk).delete()
    SearchEntry.objects.create(kind="nothing", record=1, tokens="a")

    for _ in range(2):
        call_command("rebuild_search")
        assert found("원산지검증") == [record]
    assert not SearchEntry.objects.filter(kind="organisation", record=gone.pk).exists()
    assert not SearchEntry.objects.filter(kind="nothing").exists()
    assert SearchEntry.objects.count() == sum(model.objects.count() for model in staff_search.INDEXED)
    assert f"{Organisation.objects.count()} of {Organisation.objects.count()}" in capsys.readouterr().out


def test_every_indexed_record_that_has_a_page_in_the_admin_is_searched_there(client):
    client.force_login(make.staff("ministry"))

    for model in staff_search.INDEXED.keys() - {Minutes}:  # they stand on the page of their meeting
        assert listed(client, model, "없는낱말") == set()


def test_the_database_answers_from_its_index():
    """However common a word is: SQLite through its virtual table, PostgreSQL through GIN."""
    SearchEntry.objects.bulk_create(
        SearchEntry(kind="difficulty", record=-number, tokens=" ".join(sorted(tokens(f"수출 통관 {number}" * 30))))
        for number in range(1, 3000)
    )
    if connection.vendor == "postgresql":
        connection.cursor().execute("ANALYZE missions_searchentry")
    for query in ("수출", "통관지연", "수", "2999"):
        for rows in (
            staff_search.find(Difficulty.objects.all(), query),
            SearchEntry.objects.filter(tokens__every=terms(query)),
        ):
            plan = rows.explain()
            assert "search_entry_tokens" in plan or "VIRTUAL TABLE INDEX" in plan
            assert "Seq Scan on missions_searchentry" not in plan


def test_a_term_that_is_none_is_refused():
    with pytest.raises(ValueError, match="Not a term"):
        SearchEntry.objects.filter(tokens__any=["a' | 'b"]).exists()


def test_a_reference_typed_without_hyphens_is_found_and_what_is_really_called_so_comes_first(body):
    record, other = make.difficulty(body), make.difficulty(body)
    bare = record.reference.replace("-", "")

    for typed in (bare, bare.lower(), f" {bare.lower()} "):
        assert found(typed) == [record]
    other.title = f"{bare} 부품"
    other.save()
    staff_search.keep(other)
    assert found(bare) == [other]
