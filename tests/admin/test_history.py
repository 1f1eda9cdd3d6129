"""The history page of a row on the staff desk."""

import html5lib
import pytest
from django.urls import reverse

from missions.admin.base import ScopedAdmin
from missions.difficulties import progress, relays, workflow
from missions.models import ActionItem, AgendaItem, Minutes
from tests import make
from tests.difficulties.steps import Scene

pytestmark = pytest.mark.usefixtures("programme")


def history(client, row):
    return client.get(reverse(f"admin:missions_{row._meta.model_name}_history", args=[row.pk]))


def test_the_history_of_a_row_tells_who_changed_its_parts(client):
    body = make.body()
    officer = make.staff("mission_officer", body, language="en", name="Z Officer")
    meeting, other = make.meeting(body), make.meeting(body, held_on=None, held_precision="unknown")
    item = AgendaItem.objects.create(meeting=meeting, topic_ko="통관")
    AgendaItem.objects.create(meeting=other, topic_ko="다른 회의의 안건")
    Minutes.objects.create(meeting=meeting, text="첫 회의록")
    item.topic_ko = "관세"
    item._history_user = officer
    item.save()
    item.delete()
    client.force_login(officer)

    response = history(client, meeting)

    page = response.content.decode()
    told = [(change.part, change.kind) for change in response.context["part_changes"]]
    assert ("agenda item: 통관", "+") in told and ("agenda item: 관세", "-") in told
    assert "통관 → 관세" in page and "Z Officer" in page and "minutes: " in page
    assert "다른 회의의 안건" not in page and "revert" not in page


def test_the_history_of_parts_says_nothing_of_rows_that_the_reader_may_not_see(client):
    body = make.body()
    meeting = make.meeting(body)
    foreign = make.difficulty(make.body(), title="남의 애로")
    item = ActionItem.objects.create(meeting=meeting, what="할 일")
    item.difficulty = foreign
    item.save()
    client.force_login(make.officer(body))

    page = history(client, meeting).content.decode()

    assert "남의 애로" not in page and foreign.reference not in page


def changes(client, row):
    """What the history page says was changed, in a line for each version of the row, the latest first."""
    page = html5lib.parse(history(client, row).content.decode(), namespaceHTMLElements=False)
    [table] = [table for table in page.iter("table") if table.get("id") == "change-history"]
    return [" ".join("".join(line[-1].itertext()).split()) for line in table.iter("tr")][1:]


def test_the_history_of_a_difficulty_tells_what_each_step_moved(client):
    home, away = make.body(), make.body()
    officer, other = make.staff("mission_officer", home, name="Z Officer", language="en"), make.officer(away)
    record = make.difficulty(home, officer)
    workflow.accept(record, by=officer, owner=officer)
    progress.wait(record, by=officer, waiting_on="company", note="서류", until=make.tomorrow())
    leg = relays.relay(record, by=officer, to=away, kind="hand_over", asked="부탁")
    relays.take_over(leg, by=other, owner=other)
    client.force_login(officer)

    told = changes(client, record)

    assert "Stage: received → in progress" in told[-2] and "Owner: – → Z Officer" in told[-2]
    assert "Waiting on: nobody → the company" in told[-3]
    assert "Holder: " in told[0] and str(away) not in told[0] and str(other) not in told[0]
    client.force_login(make.staff("ministry", language="en"))
    assert f"Holder: {home} → {away}" in changes(client, record)[0]


def test_a_history_says_choices_in_the_words_of_the_form(client):
    meeting = make.meeting(make.body(), status="planned", held_on=make.tomorrow())
    meeting.status = "postponed"
    meeting.save()
    client.force_login(make.staff("ministry", language="en"))

    assert "Status: planned → postponed" in changes(client, meeting)[0]


def told(client, row, at):
    """The lines of one of the tables of the history page."""
    page = html5lib.parse(history(client, row).content.decode(), namespaceHTMLElements=False)
    tables = [table for table in page.iter("table") if "changes" in table.get("class", "")]
    return [" ".join("".join(line.itertext()).split()) for line in tables[at].iter("tr")][1:]


def test_a_save_that_changed_nothing_is_left_out_of_the_history(client):
    body = make.body()
    meeting = make.meeting(body, status="planned", held_on=make.tomorrow())
    item = AgendaItem.objects.create(meeting=meeting, topic_ko="통관")
    meeting.summary_ko = "요약"
    for row in (meeting, meeting, item, item):
        row.save()
    client.force_login(make.staff("ministry", language="en"))

    [changed, made] = told(client, meeting, 0)
    assert "– → 요약" in changed and "Created" in made
    assert len(told(client, meeting, 1)) == 1


def test_each_page_of_a_long_history_says_what_its_last_version_changed(client, monkeypatch):
    monkeypatch.setattr(ScopedAdmin, "history_list_per_page", 2)
    meeting = make.meeting(make.body())
    for summary in ("하나", "둘", "셋"):
        meeting.summary_ko = summary
        meeting.save()
        meeting.save()
    client.force_login(make.staff("ministry", language="en"))

    assert ["둘 → 셋" in told(client, meeting, 0)[0], "하나 → 둘" in told(client, meeting, 0)[1]] == [True, True]


def test_the_history_tells_of_an_action_taken_back(client):
    scene = Scene(step="correct")
    scene.take("correct", scene.people["holder"], reason="다른 기관의 일입니다.")
    client.force_login(make.staff("ministry", language="en"))

    assert "Why withdrawn: – → 다른 기관의 일입니다." in told(client, scene.difficulty, 1)[0]


def test_times_of_a_history_are_told_where_its_record_belongs_with_koreas_beside(client):
    meeting = make.meeting(make.body(), status="planned", held_on=make.tomorrow())
    meeting.starts_at, meeting.is_published = make.NOON, False
    meeting.save()
    meeting.history.update(history_date=make.NOON)
    client.force_login(make.staff("ministry", language="en"))

    [changed, _made] = told(client, meeting, 0)
    assert changed.startswith("2 March 2026, 10:00 (12:00 in Korea)")
    assert "– → 2 March 2026, 10:00" in changed and "Yes → No" in changed


def test_the_history_of_an_account_tells_of_a_new_password_and_of_no_sign_in(client):
    root = make.staff(is_superuser=True, language="en")
    person = make.officer(make.body())
    client.force_login(person)
    client.force_login(root)
    typed = {"password1": "맑은 하늘 아래 흐르는 강", "password2": "맑은 하늘 아래 흐르는 강"}
    client.post(reverse("admin:auth_user_password_change", args=[person.pk]), typed)

    [changed, made] = told(client, person, 0)
    assert "비밀번호 변경" in changed and str(root) in changed and "Created" in made
