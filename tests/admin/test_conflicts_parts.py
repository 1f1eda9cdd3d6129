"""Two people at the parts of one record; and what the conflict page does not show."""

import pytest

from missions.models import Linkage, Membership, Minutes
from tests import forms, make
from tests.forms import address, differences, linkage, signed_in, text

pytestmark = pytest.mark.usefixtures("programme")


def test_a_part_changed_by_both_is_refused_by_field(kim, lee, linked):
    page = address(linked)
    opened = forms.opened(lee, page)
    forms.change(kim, page, **{"linkages-0-result": "김의 결과", "linkages-0-linked_on": "2026-03-03"})
    refused = lee.post(page, opened | {"linkages-0-result": "이의 결과"})

    assert differences(refused) == {
        "연계지원 #1 · 결과": ("처음 결과", "김의 결과", "이의 결과"),
        "연계지원 #1 · 연계일": ("2026-03-02", "2026-03-03", None),
    }
    taken = forms.entries(refused) | {"_take": "linkages-0-result"}
    assert lee.post(page, taken).status_code == 302
    assert (Linkage.objects.get().result, str(Linkage.objects.get().linked_on)) == ("김의 결과", "2026-03-03")
    assert lee.post(page, forms.opened(lee, page) | {"linkages-0-result": "이의 결과"}).status_code == 302
    assert Linkage.objects.get().result == "이의 결과"


def test_a_part_changed_on_its_own_page_is_noticed_too(lax):
    kim, lee = (signed_in(make.staff("ministry")) for _ in range(2))
    seat = Membership.objects.create(body=make.body(), organisation=make.organisation())
    opened = forms.opened(lee, address(seat.body))
    forms.change(kim, address(seat), since_on="2026-01-01")
    refused = lee.post(address(seat.body), opened | {"memberships-0-since_on": "2026-02-02"})

    assert list(differences(refused).values()) == [("", "2026-01-01", "2026-02-02")]


def test_parts_added_by_both_are_all_kept(kim, lee, linked):
    page = address(linked)
    opened = forms.opened(lee, page)
    forms.change(kim, page, **linkage(1, 2, result="김의 결과"))
    refused = lee.post(page, opened | linkage(1, 2, result="이의 결과"))

    assert "김의 결과" in text(refused) and "이의 결과" in text(refused)
    assert lee.post(page, forms.entries(refused)).status_code == 302
    assert sorted(Linkage.objects.values_list("result", flat=True)) == ["김의 결과", "이의 결과", "처음 결과"]


def test_a_part_one_deleted_and_the_other_wrote_on_is_kept_unless_given_up(kim, lee, meeting):
    page = address(meeting)
    opened = forms.opened(lee, page)
    forms.change(kim, page, **{"action_items-0-DELETE": "on"})
    refused = lee.post(page, opened | {"action_items-0-what": "고친 할 일"})
    assert list(differences(refused).values()) == [
        ("할 일: 할 일 가\n종류: 후속조치", "삭제되었거나 열람할 수 없음", "할 일: 고친 할 일\n종류: 후속조치")
    ]
    again = forms.entries(refused)

    given_up = lee.post(page, again | {"_take": refused.context["conflict"].differences[0].take})
    assert given_up.status_code == 302
    assert [item.what for item in meeting.action_items.all()] == ["할 일 나"]
    refused = lee.post(page, again)
    assert refused.status_code == 302
    assert {item.what for item in meeting.action_items.all()} == {"할 일 나", "고친 할 일"}


def test_a_part_that_another_deleted_leaves_a_form_that_did_not_touch_it(kim, lee, meeting):
    page = address(meeting)
    opened = forms.opened(lee, page)
    forms.change(kim, page, **{"action_items-0-DELETE": "on"})
    refused = lee.post(page, opened | {"venue_ko": "이의 장소"})

    theirs = "삭제되었거나 열람할 수 없음"
    assert list(differences(refused).values()) == [("할 일: 할 일 가\n종류: 후속조치", theirs, None)]
    assert lee.post(page, forms.entries(refused)).status_code == 302
    assert [item.what for item in meeting.action_items.all()] == ["할 일 나"]


@pytest.mark.parametrize("take", [True, False])
def test_a_part_is_not_deleted_unseen_after_another_wrote_on_it(kim, lee, meeting, take):
    page = address(meeting)
    opened = forms.opened(lee, page)
    forms.change(kim, page, **{"action_items-1-what": "김이 고친 일"})
    refused = lee.post(page, opened | {"action_items-1-DELETE": "on"})
    (difference,) = refused.context["conflict"].differences
    assert (difference.theirs, difference.mine) == ("할 일: 김이 고친 일\n종류: 후속조치", "삭제")

    assert lee.post(page, forms.entries(refused) | ({"_take": difference.take} if take else {})).status_code == 302

    assert [item.what for item in meeting.action_items.all()] == ["할 일 가", *(["김이 고친 일"] if take else [])]


def test_minutes_written_by_both_are_compared(kim, lee, meeting):
    page = address(meeting)
    opened = forms.opened(lee, page)
    minutes = {"minutes-TOTAL_FORMS": 1, "minutes-0-meeting": meeting.pk}
    forms.change(kim, page, **minutes, **{"minutes-0-text": "김의 회의록"})
    refused = lee.post(page, opened | minutes | {"minutes-0-text": "이의 회의록"})

    assert list(differences(refused).values()) == [(None, "김의 회의록", "이의 회의록")]
    assert lee.post(page, forms.entries(refused)).status_code == 302
    assert Minutes.objects.get(meeting=meeting).text == "이의 회의록"


def test_the_conflict_page_names_no_row_that_its_reader_may_not_see(lee, record, lax):
    manager, foreign = signed_in(make.staff("ministry")), make.difficulty(make.body(), title="남의 애로")
    own = make.difficulty(lax, title="우리 애로")
    record.similar.add(foreign)
    page = address(record)
    opened = forms.opened(lee, page)
    forms.change(manager, page, similar=[foreign.pk, own.pk], place="새 곳")
    refused = lee.post(page, opened | {"title": "이의 제목"})

    assert differences(refused)["비슷한 수출애로"] == ("", str(own), None)
    assert foreign.title not in text(refused) and foreign.reference not in text(refused)
    assert lee.post(page, forms.entries(refused)).status_code == 302
    assert set(record.similar.all()) == {foreign, own}


def test_a_part_that_moved_out_of_sight_is_not_told_of(lee, meeting):
    manager, foreign = signed_in(make.staff("ministry")), make.difficulty(make.body(), title="남의 애로")
    page = address(meeting)
    opened = forms.opened(lee, page)
    forms.change(manager, page, **{"action_items-0-difficulty": foreign.pk, "action_items-0-what": "남의 할 일"})
    refused = lee.post(page, opened | {"action_items-0-what": "이의 할 일"})

    assert "삭제되었거나 열람할 수 없음" in text(refused)
    assert not any(words in text(refused) for words in (foreign.title, foreign.reference, "남의 할 일"))


def test_a_key_posted_by_hand_names_no_row_either(lee, record):
    foreign = make.company(make.body(), name_ko="남의 기업")
    refused = lee.post(address(record), {"company": foreign.pk, "title": "이의 제목"})

    assert "(열람 권한 없음)" in text(refused) and "남의 기업" not in text(refused)


@pytest.mark.parametrize("count", ["-1", "x", "", "9" * 40])
def test_broken_counts_of_parts_do_no_harm(lee, linked, count):
    page = address(linked)
    for broken in ("linkages-TOTAL_FORMS", "linkages-INITIAL_FORMS"):
        for base in ({}, {"_base": ""}):
            assert lee.post(page, forms.opened(lee, page) | {broken: count} | base).status_code == 200
    assert Linkage.objects.get().result == "처음 결과"
