"""A note can tell people by name: those who may see the difficulty, and nobody else."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from missions.difficulties import progress, relays, workflow
from missions.models import DifficultyEvent, Mention, Notice
from tests import forms, make

pytestmark = pytest.mark.usefixtures("programme")


@pytest.fixture
def scene():
    here, helping = make.body(), make.body()
    people = {"officer": make.officer(here), "colleague": make.officer(here), "helper": make.officer(helping)}
    people |= {"stranger": make.officer(make.body()), "ministry": make.staff("ministry"), "gone": make.officer(here)}
    people["gone"].is_active = False
    people["gone"].save()
    record = workflow.accept(make.difficulty(here, people["officer"]), by=people["officer"], owner=people["officer"])
    relays.relay(record, by=people["officer"], to=helping, kind="help", asked="부탁합니다.")
    return record, people


def test_a_note_tells_whom_it_names_on_the_time_line_and_on_their_front_page(client, scene):
    record, people = scene
    client.force_login(people["officer"])
    address = reverse("admin:missions_difficulty_step", args=[record.pk, "note"])
    shown = client.get(address)
    offered = {int(key) for key, _name in shown.context["form"].fields["tell"].choices}
    assert offered >= {people[name].pk for name in ("colleague", "helper", "ministry")}
    assert not offered & {people[name].pk for name in ("officer", "stranger", "gone")}
    sent = {"seen": shown.context["seen"], "text": "서류를 보아 주십시오."}
    forged = client.post(address, sent | {"tell": [people["stranger"].pk]})
    assert forged.status_code == 200 and "서류를 보아 주십시오." in forged.content.decode()
    assert not Mention.objects.exists()
    client.post(address, sent | {"tell": [people["helper"].pk, people["ministry"].pk]})

    noticed = Notice.objects.filter(kind="mentioned").values_list("reader", flat=True)
    assert set(noticed) == {people["helper"].pk, people["ministry"].pk}
    told = client.get(forms.address(record)).content.decode().split('id="timeline"')[1]
    assert f"@{people['helper']}" in told and f"@{people['ministry']}" in told
    for name, waits in (("helper", True), ("ministry", True), ("colleague", False), ("officer", False)):
        client.force_login(people[name])
        panels = {panel.title: panel.rows for panel in client.get(reverse("admin:index")).context["panels"]}
        assert ("메모에서 언급됨" in panels) == waits, name
        listed = client.get(reverse("admin:missions_difficulty_changelist"), {"ask": "mentioned"}).content.decode()
        assert (record.reference in listed.split('id="result_list"')[-1]) == waits or not waits
    record.refresh_from_db()
    progress.note(record, by=people["helper"], text="보았습니다.")
    assert not Mention.objects.waiting_for(people["helper"], timezone.now()).exists(), "a step answers it"
    assert Mention.objects.waiting_for(people["ministry"], timezone.now()).exists()
    past = timezone.now() + datetime.timedelta(days=15)
    assert not Mention.objects.waiting_for(people["ministry"], past).exists(), "after two weeks it is let go"


def test_whoever_may_not_see_the_difficulty_is_not_told_and_nothing_is_written(scene):
    record, people = scene
    before = DifficultyEvent.objects.count()

    for name in ("stranger", "gone"):
        with pytest.raises(workflow.StepRefused, match=str(people[name])):
            progress.note(record, by=people["officer"], text="메모", tell=[people["colleague"], people[name]])
    assert DifficultyEvent.objects.count() == before and not Mention.objects.exists()


def test_a_mention_ends_with_the_sight_of_the_difficulty(scene):
    record, people = scene
    progress.note(record, by=people["officer"], text="메모", tell=[people["helper"]])
    people["helper"].postings.update(until_on=make.DAY)

    assert not Mention.objects.waiting_for(people["helper"], timezone.now()).exists()
