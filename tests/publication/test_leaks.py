"""What staff of one body are told of another's rows beside the pages of these: nothing, not even by a count."""

import pytest
from django.urls import reverse

from missions.difficulties import closing, relays, workflow
from missions.publication import privacy
from missions.publication import workflow as publishing
from missions.search import staff as staff_search
from tests import forms, make

pytestmark = pytest.mark.usefixtures("programme")


class Scene:
    """Two bodies with an officer each; the first one is signed in."""

    def __init__(self, client):
        self.ours, self.theirs = make.body(), make.body()
        self.me, self.other = make.officer(self.ours), make.officer(self.theirs)
        client.force_login(self.me)

    def filed_here_held_there(self):
        record = make.difficulty(self.ours, self.me)
        workflow.review(record, by=self.me)
        leg = relays.relay(record, by=self.me, to=self.theirs, kind="hand_over", asked="인수를 부탁드립니다.")
        relays.take_over(leg, by=self.other, owner=self.other)
        record.refresh_from_db()
        return record


@pytest.fixture
def scene(client):
    return Scene(client)


def change_page(client, record):
    return forms.text(client.get(reverse("admin:missions_difficulty_change", args=[record.pk])))


def test_a_page_that_is_only_read_names_no_hidden_similar_case(client, scene):
    record = scene.filed_here_held_there()
    hidden = make.difficulty(scene.theirs, scene.other, title="숨은 애로")
    mine = make.difficulty(scene.ours, scene.me, title="보이는 애로")
    record.similar.add(hidden, mine)
    page = change_page(client, record)

    assert mine.title in page
    assert hidden.title not in page and hidden.reference not in page


@pytest.mark.parametrize("step", ["accept", "assign"])
def test_a_step_that_one_may_not_take_names_nobody(client, scene, step):
    record = scene.filed_here_held_there()
    scene.other.name = "숨은 사람"
    scene.other.save()
    address = reverse("admin:missions_difficulty_step", args=[record.pk, step])

    assert all("숨은 사람" not in forms.text(answer) for answer in (client.get(address), client.post(address, {})))


def test_the_order_of_similar_cases_does_not_depend_on_hidden_ones(client, scene):
    for title in ("dakluthen", "dakluthen", "vorzimpel", "vorzimpel"):
        staff_search.keep(make.difficulty(scene.ours, scene.me, title=title, account="가"))

    def offered():
        typed = {"text": "vorzimpel dakluthen"}
        cases = client.post(reverse("admin:missions_difficulty_similar"), typed).json()["cases"]
        return [case["title"] for case in cases]

    before = offered()
    firm = make.company(scene.theirs, name_ko="vorzimpel")
    staff_search.keep(make.difficulty(scene.theirs, scene.other, title="나", company=firm))
    assert len(before) == 4 and offered() == before


def test_the_warning_of_a_single_firm_counts_no_hidden_firm_before_approval(client, scene):
    record = make.difficulty(scene.ours, scene.me)
    closing.close(record, by=scene.me, outcome="resolved", solution="풀었습니다.")
    record.refresh_from_db()
    text = publishing.begin_from(record, by=scene.me)
    text.country_id = "PE"
    text.save()

    def findings():
        return client.get(reverse("admin:missions_publishedcase_change", args=[text.pk])).context["findings"]

    before = findings()
    make.difficulty(scene.theirs, scene.other, country_id="PE")
    assert findings() == before == []
    assert privacy.findings(text) != []


def test_what_is_worth_publishing_does_not_tell_of_a_hidden_draft(client, scene):
    record = scene.filed_here_held_there()
    closing.close(record, by=scene.other, outcome="resolved", solution="풀었습니다.")
    record.refresh_from_db()
    address = reverse("admin:missions_difficulty_changelist") + "?ask=worth_publishing"
    button = reverse("admin:missions_difficulty_case", args=[record.pk])
    assert record.reference not in forms.text(client.get(address)) and button not in change_page(client, record)

    client.force_login(scene.other)
    assert record.reference in forms.text(client.get(address)) and button in change_page(client, record)
