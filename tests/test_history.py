"""The history page of a row on the staff desk."""

import pytest
from django.urls import reverse

from missions.models import ActionItem, AgendaItem, Minutes
from tests import make

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
