"""Handing over: when a posting ends, each open difficulty gets a new owner, and a note tells what was open."""

import datetime
import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from missions.difficulties import handover, progress, relays, workflow
from missions.difficulties.open_work import HORIZON, open_work
from missions.difficulties.workflow import StepRefused
from missions.models import ActionItem, Difficulty, HandoverNote, Posting
from tests import forms, make

pytestmark = pytest.mark.usefixtures("programme")
WORDS = "공들여 적은 전하는 말"


def today(days=0):
    return make.today() + datetime.timedelta(days=days)


class Scene:
    """A body, the officer who leaves it, those who stay, and what the officer has in hand."""

    def __init__(self, difficulties=2):
        self.body = make.body()
        self.leaver, self.heir, self.second = (make.officer(self.body) for _ in range(3))
        self.posting = self.leaver.postings.get()
        self.records = [self.owned() for _ in range(difficulties)]

    def owned(self, owner=None, **values):
        record = make.difficulty(self.body, self.leaver, **values)
        return workflow.accept(record, by=self.leaver, owner=owner or self.leaver)

    def address(self):
        return reverse("admin:missions_posting_handover", args=[self.posting.pk])

    def typed(self, **values):
        """What somebody who looked at the page just now would send."""
        self.posting.refresh_from_db()
        seen = json.dumps(handover.fingerprint(self.posting, open_work(self.posting)))
        return {"seen": seen, "until_on": str(today()), "successor": self.heir.pk, "words": WORDS} | values

    def given(self, by):
        """The same as keyword arguments of the verb."""
        work = open_work(self.posting)
        owners = {row.pk: self.heir for row in work.difficulties}
        seen = handover.fingerprint(self.posting, work)
        return {"by": by, "until_on": today(), "owners": owners, "words": WORDS, "seen": seen}

    def is_untouched(self):
        self.posting.refresh_from_db()
        owners = Difficulty.objects.filter(pk__in=[row.pk for row in self.records]).values_list("owner", flat=True)
        return self.posting.until_on is None and not HandoverNote.objects.exists() and set(owners) <= {self.leaver.pk}


plant = Scene


@pytest.fixture
def ministry(client):
    client.force_login(make.staff("ministry", language="en"))
    return client


def test_the_page_shows_what_the_person_has_in_hand_and_nothing_of_others(ministry, scene):
    away, others = make.body(), scene.owned(owner=scene.heir)
    first = scene.records[0]
    Difficulty.objects.filter(pk=first.pk).update(due_on=today(60), hurts_on=today(61))
    relays.relay(first, by=scene.leaver, to=away, kind="help", asked="세관에 물어봐 주십시오.")
    closed = scene.owned()
    Difficulty.objects.filter(pk=closed.pk).update(**make.closed())
    held = make.meeting(scene.body, label_ko="지난 회의")
    for what, difficulty, organisation in [
        ("맡은 애로의 약속", first, make.organisation()),
        ("아무도 맡지 않은 약속", None, None),
        ("남의 애로의 약속", others, None),
        ("다른 기관의 약속", None, make.organisation()),
    ]:
        ActionItem.objects.create(meeting=held, what=what, difficulty=difficulty, organisation=organisation)
    make.meeting(scene.body, status="planned", held_on=today(60), label_en="The next meeting")
    make.meeting(scene.body, status="planned", held_on=today(61), label_en="A far meeting")

    page = forms.text(ministry.get(scene.address()))

    told = ["세관에 물어봐", "맡은 애로의", "아무도 맡지", "The next", f"due on: {first.reference}"]
    for shown in [*[row.reference for row in scene.records], *told]:
        assert shown in page
    for hidden in [others.reference, closed.reference, "남의 애로의", "다른 기관의", "A far meeting", "deadline that"]:
        assert hidden not in page


def test_a_relay_to_the_body_that_nobody_has_acknowledged_is_in_the_note(ministry, scene):
    other = make.body()
    officer = make.officer(other)
    legs = {}
    for who, by in (("nobody", None), ("colleague", scene.second)):
        record = workflow.review(make.difficulty(other, officer), by=officer)
        legs[who] = relays.relay(record, by=officer, to=scene.body, kind="help", asked=f"부탁 {who}")
        if by:
            relays.acknowledge(legs[who], by=by)

    note = ministry.post(scene.address(), scene.typed(preview="")).context["note"]

    assert "부탁 nobody" in note.facts and "부탁 colleague" not in note.facts


def test_a_preview_shows_the_note_and_saves_nothing(ministry, scene):
    page = forms.text(ministry.post(scene.address(), scene.typed(preview="")))

    assert WORDS in page and scene.records[0].reference in page and str(scene.heir) in page
    assert "Nothing has been saved yet." in page and scene.is_untouched()
    assert {row.events.count() for row in scene.records} == {2}


def test_confirming_ends_the_posting_moves_each_difficulty_and_writes_the_note(ministry, scene, monkeypatch):
    moment = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: moment)  # the note says the minute
    preview = ministry.post(scene.address(), scene.typed(preview=""))
    sent = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', preview.content.decode()))
    sent["seen"] = sent["seen"].replace("&quot;", '"')

    response = ministry.post(scene.address(), sent | {"confirm": ""})

    note = HandoverNote.objects.get()
    assert response.url == forms.address(note)
    scene.posting.refresh_from_db()
    assert scene.posting.until_on == note.until_on == today()
    for row in scene.records:
        row.refresh_from_db()
        event = row.events.last()
        assert (row.owner, event.step, event.to_owner) == (scene.heir, "assign", scene.heir)
        assert row.reference in note.facts
    assert (note.body, note.user, note.words) == (scene.body, scene.leaver, WORDS)
    assert note.facts == preview.context["note"].facts


def test_a_choice_for_one_difficulty_goes_before_the_choice_for_all(ministry, scene):
    first, second = scene.records
    ministry.post(scene.address(), scene.typed(confirm="", **{f"owner_{second.pk}": scene.second.pk}))

    assert Difficulty.objects.get(pk=first.pk).owner == scene.heir
    assert Difficulty.objects.get(pk=second.pk).owner == scene.second


def test_an_officer_hands_over_their_own_posting_and_still_reads_the_note(client, scene):
    client.force_login(scene.leaver)
    assert scene.address() in forms.text(client.get(forms.address(scene.posting)))

    response = client.post(scene.address(), scene.typed(confirm="", until_on=str(today(30))))

    assert response.status_code == 302
    assert WORDS in forms.text(client.get(response.url))
    assert Difficulty.objects.filter(owner=scene.heir).count() == 2


def test_an_officer_whose_access_ends_with_the_handover_is_led_to_the_front_page(client, scene):
    client.force_login(scene.leaver)

    assert client.post(scene.address(), scene.typed(confirm="", until_on=str(today(-1)))).url == reverse("admin:index")
    assert HandoverNote.objects.exists()


@pytest.mark.parametrize("verb", ["preview", "confirm"])
@pytest.mark.parametrize(
    "values",
    [
        {"successor": ""},
        {"successor": "999999"},
        {"successor": "x"},
        {"until_on": str(today(62))},  # a day more, as it may be tomorrow there when it is asked
        {"until_on": "2026-03-01"},
        {"until_on": ""},
        {"until_on": "2026-02-31"},
        {"until_on": "1899-01-01"},
        {"words": "\x00" + WORDS},
        {"words": WORDS + "가" * 5000},
        {"seen": ""},
        {"seen": "[1]"},
        {"seen": '{"²": 1, "x": {}}'},
    ],
)
def test_bad_input_is_explained_loses_nothing_and_changes_nothing(ministry, scene, verb, values):
    response = ministry.post(scene.address(), scene.typed(**{verb: ""} | values))

    page = forms.text(response)
    assert WORDS in page and response.context["form"].errors
    assert scene.is_untouched()


def test_a_posting_ends_on_the_sixtieth_day_from_today_at_the_latest(scene):
    given = scene.given(by=scene.leaver)
    with pytest.raises(StepRefused, match="60"):
        handover.hand_over(scene.posting, **given | {"until_on": today(61)})
    assert scene.is_untouched()

    handover.hand_over(scene.posting, **given | {"until_on": today(60)})
    assert Posting.objects.get(pk=scene.posting.pk).until_on == today(60)


def test_only_people_who_may_own_there_can_be_chosen(ministry, scene):
    gone = make.officer(scene.body)
    gone.postings.update(until_on=make.DAY)
    silent = make.staff("mission_officer", scene.body, is_active=False)
    unfit = [gone, silent, make.staff("auditor", scene.body), make.officer(make.body()), scene.leaver]
    page = ministry.get(scene.address())

    offered = {key for key, _name in page.context["form"].fields["successor"].choices}
    assert offered == {"", str(scene.heir.pk), str(scene.second.pk)}
    for person in unfit:
        response = ministry.post(scene.address(), scene.typed(confirm="", successor=person.pk))
        assert "successor" in response.context["form"].errors
    assert scene.is_untouched()


def test_a_new_owner_who_left_in_the_meantime_is_refused_by_the_verb(scene):
    given = scene.given(by=scene.leaver)
    scene.heir.postings.update(until_on=make.DAY)

    with pytest.raises(StepRefused, match=scene.records[0].reference):
        handover.hand_over(scene.posting, **given)
    assert scene.is_untouched()


def test_without_a_successor_the_page_says_what_to_do_and_refuses(ministry):
    scene = Scene(difficulties=1)
    scene.heir.postings.all().delete()
    scene.second.postings.all().delete()

    page = forms.text(ministry.get(scene.address()))
    assert "Post the successor first" in page and 'name="until_on"' not in page
    assert ministry.post(scene.address(), scene.typed(confirm="")).status_code == 200
    assert scene.is_untouched()


def test_a_posting_without_open_difficulties_ends_without_a_successor(ministry):
    scene = Scene(difficulties=0)
    response = ministry.post(scene.address(), scene.typed(confirm="", words=""))

    assert response.status_code == 302
    assert "(0)" in HandoverNote.objects.get().facts


def test_when_one_difficulty_moved_in_between_nothing_happens_and_everything_typed_is_kept(ministry, scene):
    typed = scene.typed(confirm="", **{f"owner_{scene.records[1].pk}": scene.second.pk})
    moved, other = scene.records
    progress.wait(moved, by=scene.heir, waiting_on="company", note="서류", until=make.tomorrow())

    response = ministry.post(scene.address(), typed)

    page = forms.text(response)
    assert f"Something happened to {moved.reference} since" in page and WORDS in page
    assert f'value="{scene.second.pk}" selected' in page.split(f'name="owner_{other.pk}"')[1].split("</select>")[0]
    assert scene.is_untouched()
    sent_out = response.context["seen"]
    assert ministry.post(scene.address(), typed | {"seen": sent_out}).status_code == 302


def test_a_difficulty_that_came_or_went_in_between_is_named(ministry, scene):
    typed = scene.typed(confirm="")
    came, gone = scene.owned(), scene.records[0]
    workflow.assign(gone, by=scene.leaver, owner=scene.second)

    page = forms.text(ministry.post(scene.address(), typed))

    assert came.reference in page.split("Something happened to")[1].split("since")[0]
    assert gone.reference in page.split("Something happened to")[1].split("since")[0]


def test_keys_sent_by_hand_give_no_reference_away(client, scene):
    foreign = make.difficulty(make.body())
    client.force_login(scene.leaver)
    seen = json.loads(scene.typed()["seen"]) | {str(foreign.pk): 1, "9" * 30: 1}

    page = client.post(scene.address(), scene.typed(preview="", seen=json.dumps(seen))).content.decode()

    assert foreign.reference not in page


def test_who_ends_the_same_posting_second_is_told(ministry, scene):
    typed = scene.typed(confirm="")
    assert ministry.post(scene.address(), typed).status_code == 302

    page = forms.text(ministry.post(scene.address(), typed | {"until_on": str(today(9))}))

    assert "Somebody else has changed this posting" in page
    assert HandoverNote.objects.count() == 1
    scene.posting.refresh_from_db()
    assert scene.posting.until_on == today()


def test_a_posting_that_ran_out_can_still_be_handed_over_and_keeps_its_last_day(ministry, scene):
    scene.posting.until_on = today(-3)
    scene.posting.save()
    lists = reverse("admin:missions_difficulty_changelist")
    for page in (ministry.get(lists, {"ask": "unowned"}), ministry.get(reverse("admin:index"))):
        assert scene.records[0].reference in page.content.decode()

    ministry.post(scene.address(), scene.typed(confirm=""))

    assert scene.records[0].reference not in forms.text(ministry.get(lists, {"ask": "unowned"}))
    scene.posting.refresh_from_db()
    assert scene.posting.until_on == HandoverNote.objects.get().until_on == today(-3)
    assert "It leaves no difficulty open." in forms.text(ministry.get(scene.address()))


def test_only_those_who_keep_postings_and_the_person_reach_the_page(client, scene):
    expected = {
        scene.leaver: 200,
        make.staff("ministry"): 200,
        scene.heir: 403,
        make.staff("auditor"): 403,
        make.staff("approver"): 403,
        make.officer(make.body()): 404,
    }
    for person, status in expected.items():
        client.force_login(person)
        assert client.get(scene.address()).status_code == status, person.groups.get()
        if status != 200:
            assert client.post(scene.address(), scene.typed(confirm="")).status_code == status
    assert scene.is_untouched()
    client.force_login(scene.leaver)
    assert client.get(reverse("admin:missions_posting_handover", args=[9**18])).status_code == 404


def test_a_note_is_for_the_staff_of_its_body_and_never_changes(client, scene):
    note = handover.hand_over(scene.posting, **scene.given(by=scene.leaver))
    client.force_login(scene.heir)
    assert scene.records[0].reference in forms.text(client.get(forms.address(note)))
    assert client.post(forms.address(note), {"words": "다른 말"}).status_code == 403
    client.force_login(make.staff("ministry"))
    assert client.post(reverse("admin:missions_handovernote_delete", args=[note.pk])).status_code == 403
    assert client.get(reverse("admin:missions_handovernote_add")).status_code == 403
    client.force_login(make.officer(make.body()))

    assert client.get(forms.address(note)).status_code == 404
    assert scene.records[0].reference not in forms.text(client.get(reverse("admin:missions_handovernote_changelist")))
    assert HandoverNote.objects.get().words == WORDS


def test_a_note_says_the_facts_as_they_stood(scene):
    first = scene.records[0]
    Difficulty.objects.filter(pk=first.pk).update(due_on=today(HORIZON.days), title="<옛> 제목 & 말")
    note = handover.hand_over(scene.posting, **scene.given(by=scene.leaver))
    Difficulty.objects.filter(pk=first.pk).update(title="바뀐 제목")
    note.refresh_from_db()

    assert "<옛> 제목 & 말" in note.facts and str(scene.heir) in note.facts
    assert note.facts.count(first.reference) == 2  # as a difficulty, and among the days


def test_the_page_costs_the_same_however_much_is_open(ministry, scene):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            ministry.get(scene.address())
        return len(queries)

    cost()
    few = cost()
    for _ in range(5):
        record = scene.owned()
        relays.relay(record, by=scene.leaver, to=make.body(), kind="help", asked="부탁")
        ActionItem.objects.create(meeting=make.meeting(scene.body), what="할 일", difficulty=record)
    assert cost() == few <= 17


@pytest.mark.parametrize("seen", ["[" * 100_000, '{"a":' * 100_000, "null", "1" * 5000])
def test_a_page_sent_back_with_anything_as_its_fingerprint_is_shown_again(ministry, scene, seen):
    assert WORDS in forms.text(ministry.post(scene.address(), scene.typed(confirm="", seen=seen)))
    assert scene.is_untouched()


def test_an_earlier_posting_leaves_nothing_of_what_the_person_has_in_hand_since_they_came_back(ministry, scene):
    earlier = Posting.objects.create(
        user=scene.leaver,
        body=scene.body,
        since_on=make.DAY - datetime.timedelta(days=200),
        until_on=make.DAY - datetime.timedelta(days=100),
    )
    address = reverse("admin:missions_posting_handover", args=[earlier.pk])

    page = ministry.get(address)

    assert "It leaves no difficulty open." in forms.text(page)
    typed = scene.typed(confirm="", seen=page.context["seen"], until_on=str(earlier.until_on))
    ministry.post(address, typed)
    assert set(Difficulty.objects.values_list("owner", flat=True)) == {scene.leaver.pk}
