"""Meetings at the desk: the agenda is built by ticking what is open, and the public reads no word of that."""

import datetime

import pytest
from django.urls import reverse

from missions.difficulties import relays, workflow
from missions.models import ActionItem, Meeting
from tests import forms, make

pytestmark = pytest.mark.usefixtures("programme")


class Table:
    """A planned meeting of a body with an open difficulty, one that it is asked about, and an unfinished follow-up."""

    def __init__(self):
        self.body, other = make.body(), make.body()
        self.officer, elsewhere = make.officer(self.body), make.officer(other)
        self.held = make.difficulty(self.body, self.officer, title="까마귀 통관")
        self.asked = workflow.review(make.difficulty(other, elsewhere), by=elsewhere)
        relays.relay(self.asked, by=elsewhere, to=self.body, kind="help", asked="부탁합니다.")
        self.foreign = make.difficulty(other, elsewhere)
        self.left = ActionItem.objects.create(meeting=make.meeting(self.body), what="까마귀 공문")
        self.meeting = make.meeting(self.body, status="planned", held_on=make.tomorrow())
        self.page = reverse("admin:missions_meeting_agenda", args=[self.meeting.pk])


def test_what_is_ticked_is_on_the_table_once_and_no_word_of_it_is_public(client):
    table = Table()
    client.force_login(table.officer)
    assert table.page in forms.text(client.get(forms.address(table.meeting)))
    form = client.get(table.page).context["form"]
    assert set(form.fields["difficulties"].queryset) == {table.held, table.asked}
    assert list(form.fields["follow_ups"].queryset) == [table.left]

    for ticked in (
        {"difficulties": [table.held.pk], "follow_ups": [table.left.pk]},
        {"difficulties": [table.asked.pk]},
    ):
        assert client.post(table.page, ticked).status_code == 302

    assert [row.difficulty for row in table.meeting.discussions.all()] == [table.held, table.asked]
    assert [row.action_item for row in table.meeting.reviews.all()] == [table.left]
    assert [item.topic_ko for item in table.meeting.agenda.all()] == ["지난 회의 후속조치 점검", "수출애로 논의"]
    beside = forms.text(client.get(forms.address(table.meeting))).split('id="reviewed"')[1]
    assert "까마귀 공문" in beside.split("</section>")[0]
    nothing = client.get(table.page).context["form"]
    assert not any(field.queryset.exists() for field in nothing.fields.values())
    assert forms.complaints(client.post(table.page, {}))
    client.logout()
    public = client.get(f"/ko/meetings/{table.meeting.key}/").content.decode()
    assert "수출애로 논의" in public and "까마귀" not in public


def test_a_meeting_that_is_held_here_and_online_says_so_in_public(client):
    table = Table()
    client.force_login(table.officer)
    page = forms.text(client.get(forms.address(table.meeting)))
    parts = [page.index(heading) for heading in ("1. 준비</h2>", "2. 개최</h2>", "3. 기록과 공개</h2>")]
    assert parts == sorted(parts)
    public = f"/ko/meetings/{table.meeting.key}/"
    assert "개최 방식" not in client.get(public).content.decode()

    assert forms.change(client, forms.address(table.meeting), mode="hybrid").status_code == 302
    assert "대면·비대면 병행" in client.get(public).content.decode()
    for told in (public.replace("ko", "en"), "/en/meetings/", "/en/feeds/meetings.atom", "/en/meetings.csv"):
        response = client.get(told)
        words = response.getvalue() if response.streaming else response.content
        assert "in person and online" in words.decode(), told


def test_nobody_ticks_what_they_may_not_see_or_for_a_meeting_that_is_not_theirs(client):
    table = Table()
    client.force_login(table.officer)
    refused = client.post(table.page, {"difficulties": [table.foreign.pk]})
    assert refused.context["form"].errors["difficulties"] and not table.meeting.discussions.exists()
    table.meeting.status, table.meeting.held_on = "held", make.DAY
    table.meeting.save()
    client.post(table.page, {"difficulties": [table.held.pk]})
    assert "준비 중인 회의" in forms.text(client.get(table.page)) and not table.meeting.discussions.exists()

    client.force_login(make.officer(make.body()))
    assert client.get(table.page).status_code == 404
    client.force_login(make.staff("auditor"))
    assert client.get(table.page).status_code == 403


def test_words_that_came_to_point_to_a_firm_are_said_on_the_page_and_nothing_is_ticked(client):
    table = Table()
    table.meeting.summary_ko = "까마귀상사가 겪은 일을 논의합니다."
    table.meeting.is_published = True
    table.meeting.save()
    make.company(make.body(), name_ko="까마귀상사")
    client.force_login(table.officer)

    refused = client.post(table.page, {"difficulties": [table.held.pk]})

    assert "까마귀상사" in " ".join(forms.complaints(refused)) and not table.meeting.discussions.exists()


def test_the_time_line_says_what_will_be_on_a_table_what_was_and_nothing_of_a_meeting_called_off(client):
    table = Table()
    client.force_login(table.officer)
    client.post(table.page, {"difficulties": [table.held.pk]})

    for status, said in [("planned", "회의에서 논의 예정"), ("held", "회의에서 논의"), ("cancelled", None)]:
        Meeting.objects.filter(pk=table.meeting.pk).update(status=status)
        told = client.get(forms.address(table.held)).context["standing"]["timeline"]
        assert [entry.what for entry in told if "회의" in entry.what] == ([said] if said else [])


def test_a_follow_up_is_not_done_in_the_future_nor_before_its_meeting(client):
    body = make.body()
    client.force_login(make.officer(body))
    item = ActionItem.objects.create(meeting=make.meeting(body), what="확인")
    for day, said in [
        (make.today() + datetime.timedelta(days=2), "오늘 이후일 수 없습니다"),
        (make.DAY - datetime.timedelta(days=1), "회의 날짜보다 빠를 수 없습니다"),
    ]:
        assert said in forms.text(forms.change(client, forms.address(item), done_on=day.isoformat()))
    for day in (make.DAY, make.today()):
        assert forms.change(client, forms.address(item), done_on=day.isoformat()).status_code == 302
        item.refresh_from_db()
        assert item.done_on == day
