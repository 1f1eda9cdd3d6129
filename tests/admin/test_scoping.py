"""A row of another body does not exist for a member of staff: not in any list or choice, nor by a key typed by hand.

``test_access.py`` asks every address.
"""

import datetime
import re

import pytest
from django.contrib import admin
from django.urls import reverse
from django.utils import timezone

from missions.difficulties import relays, workflow
from missions.models import (
    ActionItem,
    Body,
    Company,
    Difficulty,
    Discussion,
    HandoverNote,
    Linkage,
    LocalInformation,
    Meeting,
    Membership,
    Minutes,
    Mission,
    Posting,
    PublicationState,
    PublishedCase,
    User,
)
from missions.roles import OF_BODIES, ROLES
from tests import forms, make

pytestmark = pytest.mark.usefixtures("programme")

# One row of every record that belongs to a body and has pages of its own.
ROWS = {
    Body: lambda body: body,
    Mission: lambda body: body.mission,
    Membership: lambda body: Membership.objects.create(body=body, organisation=make.organisation()),
    Posting: lambda body: Posting.objects.create(user=make.staff(), body=body, since_on=make.DAY),
    HandoverNote: lambda body: HandoverNote.objects.create(
        body=body,
        user=make.officer(body),
        until_on=make.DAY,
        facts=f"Z현황 {body.code}",
        written_at=make.NOON,
        written_by=make.staff(),
    ),
    User: make.officer,
    Meeting: make.meeting,
    ActionItem: lambda body: ActionItem.objects.create(meeting=make.meeting(body), what=f"Z할 일 {body.code}"),
    LocalInformation: make.information,
    PublishedCase: make.case,
    Company: make.company,
    Difficulty: make.difficulty,
    Linkage: lambda body: make.linkage(make.difficulty(body)),
}


def address(model, page, *args):
    return reverse(f"admin:missions_{model._meta.model_name}_{page}", args=args)


@pytest.fixture
def bodies():
    return make.body(), make.body()


@pytest.fixture
def lax(client, bodies):
    """A client signed in as an officer of the first body."""
    client.force_login(make.officer(bodies[0]))
    return client


def test_every_record_of_bodies_with_pages_of_its_own_is_tried():
    registered = {model for model in admin.site._registry if model._meta.model_name in OF_BODIES}

    assert registered == set(ROWS)


@pytest.mark.parametrize("model", ROWS, ids=lambda model: model.__name__)
def test_a_row_of_another_body_is_in_no_list(lax, bodies, model):
    own, foreign = ROWS[model](bodies[0]), ROWS[model](bodies[1])
    page = lax.get(address(model, "changelist")).content.decode()
    named = foreign.difficulty.reference if model is Linkage else str(foreign)  # that is named by a public scheme

    assert f"/{own.pk}/change/" in page
    assert f"/{foreign.pk}/change/" not in page and named not in page


@pytest.mark.parametrize("model", ROWS, ids=lambda model: model.__name__)
def test_a_row_of_another_body_is_no_choice(lax, bodies, model):
    foreign = ROWS[model](bodies[1])
    holders = [
        (related, field)
        for related, owner in admin.site._registry.items()
        for field in related._meta.get_fields()
        if field.name in owner.autocomplete_fields and field.related_model is model
    ]
    for related, field in holders:
        question = {
            "app_label": "missions",
            "model_name": related._meta.model_name,
            "field_name": field.name,
            "term": "",
        }
        answer = lax.get(reverse("admin:autocomplete"), question)
        assert answer.status_code in {200, 403}
        if answer.status_code == 200:
            assert str(foreign.pk) not in {choice["id"] for choice in answer.json()["results"]}


def test_the_deskwork_of_the_programme_is_limited_too(client):
    client.force_login(make.officer(Body.objects.get(code="LAX")))

    for model in (Body, Mission, Meeting, Membership):
        page = client.get(address(model, "changelist")).content.decode()
        assert not re.search(r"샌프란시스코|\bSFO\b", page)  # as a word: a token against forgery is any letters
    assert "로스앤젤레스" in client.get(address(Mission, "changelist")).content.decode()


MEETING = {
    "kind": "regular",
    "status": "planned",
    "held_precision": "unknown",
    "chaired": "unknown",
    "mode": "unknown",
    "certainty": "unverified",
}
PARTS = ["agenda", "attendances", "discussions", "online_room", "minutes", "action_items"]


def posted(**values):
    """What the browser sends for a meeting with no parts, and the values given."""
    forms = {f"{part}-{count}": "0" for part in PARTS for count in ("TOTAL_FORMS", "INITIAL_FORMS")}
    return MEETING | forms | values


def test_a_foreign_key_of_another_body_posted_by_hand_is_refused_and_nothing_typed_is_lost(lax, bodies):
    response = lax.post(address(Meeting, "add"), posted(body=bodies[1].pk, label_ko="공들여 적은 이름"))

    assert response.status_code == 200
    assert "body" in response.context["adminform"].form.errors
    assert "공들여 적은 이름" in response.content.decode()
    assert not Meeting.objects.filter(body=bodies[1]).exists()

    assert lax.post(address(Meeting, "add"), posted(body=bodies[0].pk, number=1)).status_code == 302


def test_an_officer_cannot_make_a_meeting_of_the_ministries(lax):
    response = lax.post(address(Meeting, "add"), posted(body=""))

    assert "body" in response.context["adminform"].form.errors


def test_a_part_cannot_point_to_a_row_of_another_body(lax, bodies):
    meeting, foreign = make.meeting(bodies[0]), make.difficulty(bodies[1])
    part = {"discussions-TOTAL_FORMS": "1", "discussions-0-meeting": meeting.pk, "discussions-0-difficulty": foreign.pk}
    response = forms.change(lax, address(Meeting, "change", meeting.pk), **part)

    assert response.status_code == 200
    assert not Discussion.objects.exists()
    assert foreign.reference not in response.content.decode()


def test_parts_of_another_bodys_row_cannot_be_moved_by_hand(lax, bodies):
    meeting, foreign = make.meeting(bodies[0]), make.meeting(bodies[1])
    minutes = Minutes.objects.create(meeting=foreign, text="남의 회의록")
    part = {
        "minutes-TOTAL_FORMS": "1",
        "minutes-INITIAL_FORMS": "1",
        "minutes-0-meeting": foreign.pk,
        "minutes-0-text": "바뀐 글",
    }
    forms.change(lax, address(Meeting, "change", meeting.pk), **part)

    minutes.refresh_from_db()
    assert minutes.text == "남의 회의록"


def test_filters_offer_only_bodies_one_may_see(lax, bodies):
    page = lax.get(address(Meeting, "changelist")).content.decode()

    assert str(bodies[1]) not in page


def test_filtering_by_another_bodys_key_finds_nothing(lax, bodies):
    make.meeting(bodies[1], label_ko="남의 회의")
    page = lax.get(address(Meeting, "changelist"), {"body__id__exact": bodies[1].pk})

    assert "남의 회의" not in page.content.decode()


def test_djangos_view_on_site_answers_for_nothing(lax, bodies):
    from django.contrib.contenttypes.models import ContentType

    kind = ContentType.objects.get_for_model(Difficulty)
    record = make.difficulty(bodies[1])

    assert lax.get(f"/admin/r/{kind.pk}/{record.pk}/").status_code == 404


def test_a_row_links_to_its_public_page_only_where_it_is_published(client, bodies):
    client.force_login(make.staff("ministry"))
    rows = {make.case(bodies[0], state): state == "published" for state in PublicationState}
    for is_published in (True, False):
        for make_row in (make.meeting, make.information):
            rows[make_row(bodies[0], is_published=is_published)] = is_published

    for row, is_public in rows.items():
        page = forms.text(client.get(forms.address(row)))
        assert (row.get_absolute_url() in page) == is_public, row


def test_no_history_page_offers_to_rewrite_the_past(lax, bodies):
    record = make.difficulty(bodies[0])
    version = record.history.first().pk

    form = f"{address(Difficulty, 'history', record.pk)}{version}/"
    assert lax.get(form, follow=True).status_code == 404


def test_a_history_tells_who_changed_what_from_what_to_what(client, bodies):
    officer = make.officer(bodies[0])
    client.force_login(officer)
    meeting = make.meeting(bodies[0], venue_ko="옛 장소")
    forms.change(client, address(Meeting, "change", meeting.pk), venue_ko="새 장소")
    page = client.get(address(Meeting, "history", meeting.pk)).content.decode()

    assert "옛 장소 → 새 장소" in page and officer.username in page


def test_access_lasts_from_the_first_day_of_a_posting_to_the_end_of_its_last_in_korea(bodies, monkeypatch):
    record, officer = make.difficulty(bodies[0]), make.officer(bodies[0])
    day = datetime.datetime(2026, 5, 30, 15, tzinfo=datetime.UTC)  # in Korea 31 May begins
    officer.postings.update(since_on="2026-05-31", until_on="2026-05-31")
    minute = datetime.timedelta(minutes=1)
    for moment, status in [(-minute, 404), (0 * minute, 200), (1439 * minute, 200), (1440 * minute, 404)]:
        monkeypatch.setattr(timezone, "now", lambda now=day + moment: now)
        client = forms.signed_in(officer)
        assert client.get(address(Difficulty, "change", record.pk)).status_code == status, timezone.now()


def test_a_body_asked_for_help_reads_the_record_and_only_its_holder_writes_it(client, bodies):
    holder, helper = map(make.officer, bodies)
    record = workflow.review(make.difficulty(bodies[0], holder, place="부두"), by=holder)
    relays.relay(record, by=holder, to=bodies[1], kind="help", asked="살펴봐 주십시오.")
    page = address(Difficulty, "change", record.pk)
    client.force_login(holder)
    typed = forms.opened(client, page) | {"place": "공항"}

    client.force_login(helper)
    assert "부두" in forms.text(client.get(page))
    assert client.post(page, typed).status_code == 403
    assert Difficulty.objects.get(pk=record.pk).place == "부두"
    client.force_login(holder)
    assert client.post(page, typed).status_code == 302
    assert Difficulty.objects.get(pk=record.pk).place == "공항"


def test_a_firm_is_seen_by_those_who_registered_it_and_those_who_work_on_its_difficulty(bodies):
    firm = make.company(bodies[0])
    make.difficulty(bodies[1], company=firm)
    third = make.body()

    assert firm in Company.objects.visible_to(make.officer(bodies[0]))
    assert firm in Company.objects.visible_to(make.officer(bodies[1]))
    assert firm not in Company.objects.visible_to(make.officer(third))


def test_difficulties_are_never_deleted(client, bodies):
    record = make.difficulty(bodies[0])
    for role in ROLES:
        client.force_login(make.staff(role, posted_to=bodies[0]))
        assert client.post(address(Difficulty, "delete", record.pk), {"post": "yes"}).status_code == 403
    client.force_login(make.staff(is_superuser=True))
    assert client.post(address(Difficulty, "delete", record.pk), {"post": "yes"}).status_code == 403
    assert Difficulty.objects.filter(pk=record.pk).exists()


def test_only_a_superuser_changes_a_superuser(client):
    root = make.staff(is_superuser=True)
    client.force_login(make.staff("ministry"))

    assert client.post(address(User, "change", root.pk), {"username": "taken"}).status_code == 403
    assert client.post(reverse("admin:auth_user_password_change", args=[root.pk]), {}).status_code == 403
    root.refresh_from_db()
    assert root.username != "taken"
