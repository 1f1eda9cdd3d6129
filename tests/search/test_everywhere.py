"""The desk's one search: every kind, marked, and nothing that one may not see, not even a count."""

import re

import pytest
from django.urls import reverse

from missions.admin.search_page import FEW, KINDS
from missions.difficulties import progress, relays, workflow
from missions.models import Action, ActionItem, Difficulty, Discussion, FurtherReport, Minutes
from missions.personal_data import purge
from missions.search import staff as staff_search
from tests import forms, make, planted

QUERIES = 22  # one a kind, what each kind prints besides, and whose session it is
pytestmark = pytest.mark.usefixtures("programme")


def asked(client, query, **more):
    """The page of a search, and what it found: the names of the kinds with their counts."""
    page = client.get(reverse("admin:search"), {"q": query, **more})
    assert page.status_code == 200
    return page.content.decode(), {group.kind.name: group.found for group in page.context["groups"]}


def test_one_search_finds_each_kind_and_marks_its_words(client):
    body = make.body(name_ko="Z해오라기 지원협의체")
    officer = make.officer(body)
    officer.name = "해오라기"
    officer.save()
    record = workflow.accept(workflow.review(make.difficulty(body, officer), by=officer), by=officer, owner=officer)
    action = Action(organisation=make.organisation(), kind="advice", done_on=make.DAY, what="해오라기 세관 면담")
    progress.act(record, action, by=officer)
    meeting = make.meeting(body, label_ko="해오라기 회의")
    kept = [
        make.company(body, name_ko="해오라기상사"),
        make.case(body, "draft", done_ko="해오라기와 협의했습니다."),
        make.information(body, title_ko="해오라기 검역"),
        make.organisation(name_ko="해오라기공사"),
        make.earlier_case(happened_ko="해오라기 반입"),
        Minutes.objects.create(meeting=meeting, text="오늘 <b>해오라기</b> 건을 논의했습니다."),
        ActionItem.objects.create(meeting=meeting, what="해오라기 공문 발송"),
        body.mission,
    ]
    body.mission.city_ko = "해오라기"
    body.mission.save()
    staff_search.keep(body, meeting, *kept)
    client.force_login(officer)

    page, found = asked(client, "해오라기")

    assert found.keys() == {kind.name for kind in KINDS} - {"recipient"}, "officers do not keep that register"
    assert "오늘 &lt;b&gt;<mark>해오라기</mark>&lt;/b&gt; 건을" in page
    assert "<mark>해오라기</mark> 세관 면담" in page
    assert asked(client, "해오라기", kind="minutes")[1] == {"minutes": 1}
    assert asked(client, "해오라기라는")[1] == {} == asked(client, "???")[1] == asked(client, "")[1]
    assert asked(client, "해오라기가")[1] == found


def test_what_was_done_asked_and_answered_on_the_way_is_found_until_it_is_taken_back(client):
    body, other = make.body(), make.body()
    officer = make.officer(body)
    record = workflow.accept(workflow.review(make.difficulty(body, officer), by=officer), by=officer, owner=officer)
    leg = relays.relay(record, by=officer, to=other, kind="help", asked="저어새 서류")
    relays.answer(leg, by=make.officer(other), text="왜가리 확인서")
    record.refresh_from_db()
    action = Action(organisation=make.organisation(), kind="advice", done_on=make.DAY, what="황새 공문")
    record = progress.act(record, action, by=officer)
    progress.note(record, by=officer, text="두루미 통화")
    client.force_login(officer)

    for query in ("저어새", "왜가리", "두루미", "황새"):
        assert asked(client, query)[1] == {"difficulty": 1}, query
    progress.correct(record, by=officer, record=action, reason="다른 건입니다.")
    record.refresh_from_db()
    assert asked(client, "황새")[1] == {}


def test_recipients_are_found_by_name_and_organisation_never_by_address_by_those_who_keep_the_register(client):
    of_one = make.recipient(organisation=make.organisation(name_ko="Z물총새협회"), name="", email="of@z.example")
    alone = make.recipient(name="물총새 수출센터", email="alone@z.example", is_active=False)
    client.force_login(make.staff("ministry"))

    page, found = asked(client, "물총새")
    assert found["recipient"] == 2 and "z.example" not in page
    assert "배포받지 않음" in page
    assert asked(client, "alone@z.example")[1] == asked(client, "alone")[1] == {}
    for row in (of_one, alone):
        assert reverse("admin:missions_recipient_change", args=[row.pk]) in page
    client.force_login(make.officer(make.body()))
    assert "recipient" not in asked(client, "물총새")[1]


def test_nobody_finds_or_counts_what_they_may_not_open(client):
    scene = planted.plant()
    for who, user in scene.people.items():
        if who == "closed account":
            continue
        client.force_login(user)
        for word, query in ((planted.RAVEN, "raven"), (planted.OWL, "owl"), (planted.MAGPIE, "magpie")):
            page, found = asked(client, query)
            for kind in KINDS:
                seen = kind.model._default_manager.visible_to(user)
                rows = [row.pk for row in seen if word in str(vars(row))]
                may = user.has_perm(f"missions.view_{kind.name}") and word != planted.MAGPIE
                if kind.name != "difficulty":  # holds the words of its parts besides its own
                    assert found.get(kind.name, 0) <= (len(rows) if may else 0), (who, kind.name)
            told = re.sub(r"<form.*?</form>", "", page, flags=re.DOTALL)
            if not found:
                assert word not in told
        holds = "difficulty" in asked(client, "raven")[1]
        sees = Difficulty.objects.visible_to(user).filter(pk=scene.rows["difficulty"].pk).exists()
        assert holds == (sees and user.has_perm("missions.view_difficulty")), who
    client.logout()
    assert client.get(reverse("admin:search"), {"q": "raven"}).status_code == 302


def test_a_page_of_hits_costs_the_same_however_many_there_are(client, django_assert_num_queries):
    body = make.body()
    officer = make.officer(body)
    firm = make.company(body)
    for number in range(FEW + 2):
        record = make.difficulty(body, officer, title=f"물총새 {number}", company=firm)
        FurtherReport.objects.create(
            difficulty=record, company=firm, filed_through=body, filed_by=officer, number=2, account="물총새"
        )
    client.force_login(officer)
    asked(client, "물총새")

    with django_assert_num_queries(QUERIES):
        page, found = asked(client, "물총새")
    assert found == {"difficulty": FEW + 2}
    assert len(re.findall("<mark>물총새</mark> [0-9]", page)) == FEW
    assert "kind=difficulty" in page
    assert len(re.findall("<mark>물총새</mark> [0-9]", asked(client, "물총새", kind="difficulty")[0])) == FEW + 2


def test_a_purge_takes_its_words_out_of_the_index(client):
    record, officer = make.solved()
    meeting = make.meeting(record.holder)
    Discussion.objects.create(meeting=meeting, difficulty=record)
    minutes = Minutes.objects.create(meeting=meeting, text="참석: 김해양", people="김해양 대표")
    staff_search.keep(minutes)
    client.force_login(officer)
    assert "minutes" in asked(client, "김해양")[1]

    purge.erase(make.NOON.replace(year=2100))

    minutes.refresh_from_db()
    assert "김해양" not in minutes.text and asked(client, "김해양")[1] == {}


def test_every_page_of_the_desk_has_the_search(client):
    client.force_login(make.staff("auditor"))

    for page in (reverse("admin:index"), forms.address(make.organisation()), reverse("admin:counters")):
        assert f'action="{reverse("admin:search")}"' in client.get(page).content.decode()
