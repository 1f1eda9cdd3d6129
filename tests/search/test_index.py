"""The index of the public search is current, whoever writes a record."""

import shutil

import pytest
from django.core.management import call_command
from django.urls import reverse

from missions.loading.files import FOLDER
from missions.loading.loader import load
from missions.models import Country, Discussion, PublicEntry, PublishedCase, Sought
from missions.publication import information as relaying
from missions.publication import workflow as publishing
from missions.search import staff as staff_search
from missions.search.index import condition_token
from missions.search.kinds import KINDS
from missions.search.tokens import terms
from tests import forms, make
from tests.finding import found, kept, page

pytestmark = pytest.mark.usefixtures("programme")


@pytest.fixture
def body():
    return make.body()


def test_publishing_and_withdrawing_reach_the_search_at_once(client, body):
    case = make.case(body, "awaiting", title_ko="가죽 수출")
    assert found(client, "가죽") == []
    publishing.approve(case, by=make.staff("approver"))
    assert found(client, "가죽") == [case.get_absolute_url()]
    draft = publishing.revise(PublishedCase.objects.get(pk=case.pk), by=make.officer(body))
    PublishedCase.objects.filter(pk=draft.pk).update(title_ko="모피 수출")
    assert found(client, "모피") == []
    draft = publishing.submit(draft, by=draft.drafted_by)
    draft = publishing.approve(draft, by=make.staff("approver"))
    assert found(client, "모피") == [case.get_absolute_url()] and found(client, "가죽") == []
    publishing.withdraw(draft, by=make.staff("approver"), remark="내립니다.")
    assert found(client, "모피") == []


def test_saving_publishing_and_deleting_in_the_admin_reach_the_search_at_once(client, body):
    meeting = make.meeting(body, label_ko="목재 검역", is_published=False)
    staff = make.staff("ministry")
    client.force_login(staff)

    assert forms.change(client, forms.address(meeting), is_published="on").status_code == 302
    assert found(client, "목재") == [meeting.get_absolute_url()]
    assert forms.change(client, forms.address(meeting), label_ko="석재 검역").status_code == 302
    assert found(client, "석재") == [meeting.get_absolute_url()] and found(client, "목재") == []
    chosen = {"action": "delete_selected", "_selected_action": [meeting.pk], "post": "yes"}
    client.post(reverse("admin:missions_meeting_changelist"), chosen)
    assert found(client, "석재") == []
    assert not PublicEntry.objects.filter(kind="meeting", record=meeting.pk).exists()


def test_information_is_found_while_it_is_published(client, body):
    item = make.relayed(body, "sent", title_ko="목재 검역")
    assert found(client, "목재") == []
    item = relaying.publish(item, by=make.secretary())
    assert found(client, "목재") == [item.get_absolute_url()]
    relaying.withdraw(item, by=make.secretary(), note="정정")
    assert found(client, "목재") == []


def test_a_topic_is_public_wherever_its_meeting_is_and_the_difficulty_behind_it_nowhere(client, body):
    meeting = make.meeting(body)
    client.force_login(make.staff("ministry"))
    items = {"agenda-TOTAL_FORMS": 2}
    for at, (kind, topic) in enumerate([("information", "모피 검역"), ("difficulty", "냉장 컨테이너 통관")]):
        items |= {f"agenda-{at}-order": at, f"agenda-{at}-kind": kind, f"agenda-{at}-topic_ko": topic}
    assert forms.change(client, forms.address(meeting), **items).status_code == 302

    record = make.difficulty(body, title="홍학상사의 일", account="홍학상사")
    item = meeting.agenda.get(kind="difficulty")
    Discussion.objects.create(meeting=meeting, difficulty=record)

    assert found(client, "모피") == found(client, "냉장") == [meeting.get_absolute_url()]
    assert "<mark>검역</mark>" in page(client, "검역")
    for address in (
        meeting.get_absolute_url(),
        f"/ko/meetings/{meeting.key}.ics",
        f"/ko/bodies/{body.code}/calendar.ics",
    ):
        told = client.get(address).content.decode().replace("\r\n ", "")
        assert item.topic_ko in told and "홍학" not in told
    assert found(client, "홍학") == []


def test_a_renamed_country_organisation_or_body_is_found_by_its_name_today(client, body):
    actor, item, meeting = (
        make.organisation(name_ko="두루미 공사"),
        kept(make.information(body)),
        kept(make.meeting(body)),
    )
    staff_search.keep(actor)
    assert found(client, "두루미") == [actor.get_absolute_url()]
    for record, name in ((actor, "왜가리 공사"), (body, "뻐꾸기 협의체"), (Country.objects.get(pk="VN"), "딱따구리국")):
        record.name_ko = name
        record.save()
        staff_search.keep(record)

    assert found(client, "왜가리") == [actor.get_absolute_url()] and found(client, "두루미") == []
    assert item.get_absolute_url() in found(client, "딱따구리") and meeting.get_absolute_url() in found(
        client, "뻐꾸기"
    )


def test_an_approved_case_is_found_by_the_names_that_it_prints(client, body):
    case, actor = make.case(body, "draft"), make.organisation(name_ko="두루미 공사")
    case.actors.create(organisation=actor, what_ko="도왔습니다.")
    case = publishing.approve(publishing.submit(case, by=case.drafted_by), by=make.staff("approver"))
    actor.name_ko = "왜가리 공사"
    actor.save()
    staff_search.keep(actor)

    assert found(client, "두루미") == [case.get_absolute_url()]
    assert found(client, "왜가리") == [actor.get_absolute_url()]


def test_a_correction_of_the_data_files_is_found(client, tmp_path):
    folder = shutil.copytree(FOLDER, tmp_path / "data")
    path = folder / "organisations.csv"
    path.write_text(path.read_text().replace("하나은행", "바뀐은행"))

    load(folder=folder)

    assert "/ko/organisations/hana/" in found(client, "바뀐은행")
    assert "/ko/organisations/hana/" not in found(client, "하나은행")


def test_rebuilding_finds_what_was_written_past_the_portal_and_writes_the_newest_last(client, body, capsys):
    items = [make.information(body, title_ko="안개 주의", issued_on=f"2026-03-0{day}") for day in (4, 2, 3)]
    PublicEntry.objects.create(kind="localinformation", record=10**9, title=" ", tokens="a")
    PublicEntry.objects.create(kind="difficulty", record=1, title=" ", tokens="a")
    for _ in range(2):
        call_command("rebuild_search")
        assert len(found(client, "안개")) == 3
    written = PublicEntry.objects.filter(kind="localinformation").order_by("pk").values_list("record", flat=True)
    assert list(written) == [items[1].pk, items[2].pk, items[0].pk]
    assert PublicEntry.objects.count() == sum(kind.published().count() for kind in KINDS.values())
    assert f"{PublicEntry.objects.count():,} records are in the public search index." in capsys.readouterr().out


@pytest.mark.parametrize("every", [1, 2, 9, 40, 90, 150, 10_000])
def test_the_newest_entries_of_a_kind_are_found_however_far_apart_they_lie(monkeypatch, every):
    monkeypatch.setattr("missions.models.public_entry.MOST", 5)
    PublicEntry.objects.all().delete()
    (word,), kind, other, last = terms("rare"), condition_token("kind", "meeting"), condition_token("kind", "body"), 640
    rows = [(at * 1000, "meeting", f"{kind} {word if at % every == 0 else ''}") for at in range(1, last + 1)]
    rows += [(at * 1000 + 1, "body", f"{other} {word}") for at in range(7, last + 1, 7)]
    PublicEntry.objects.bulk_create(
        PublicEntry(pk=key, kind=name, record=key // 1000, tokens=tokens) for key, name, tokens in rows
    )

    sought = [Sought((word,), (kind,), "meeting"), Sought((word,), (other,))]
    found = PublicEntry.objects.filter(tokens__newest=sought)
    assert (
        sorted(found.filter(kind="meeting").values_list("record", flat=True))
        == [at for at in range(1, last + 1) if at % every == 0][-6:]
    )
    assert found.filter(kind="body").count() == last // 7
