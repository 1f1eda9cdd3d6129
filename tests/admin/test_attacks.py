"""Ways around the rules that were tried, and stay closed."""

import html
import re

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from missions.models import (
    ActionItem,
    Body,
    CaseActor,
    Company,
    Country,
    Difficulty,
    Discussion,
    Meeting,
    PublicationState,
    PublishedCase,
    User,
)
from missions.publication import workflow as publishing
from missions.publication.workflow import PublicationRefused
from tests import make
from tests.forms import opened, signed_in, text

pytestmark = [pytest.mark.usefixtures("programme"), pytest.mark.both_databases]


@pytest.fixture
def lax(client):
    """An officer of LAX, signed in."""
    officer = make.officer(Body.objects.get(code="LAX"))
    client.force_login(officer)
    return officer


def change(model, row):
    return reverse(f"admin:missions_{model._meta.model_name}_change", args=[row.pk])


def changelist(name):
    return reverse(f"admin:missions_{name}_changelist")


@pytest.mark.parametrize(
    "query",
    [
        "sector/?%2B=1",
        "sector/?%2B__isnull=0",
        "difficultytype/?%2B=1",
        "organisation/?actions__isnull=0",
        "organisation/?actions=1",
        "supportprogramme/?linkages__isnull=0",
        "company/?difficulties=1",
        "user/?owned_difficulties=1",
        "user/?password__startswith=a",
        "difficulty/?title__regex=(",
        "difficulty/?company__contact__startswith=a",
    ],
)
def test_a_list_is_narrowed_by_its_own_filters_only(client, lax, query):
    assert client.get(f"/admin/missions/{query}").status_code == 400


@pytest.mark.parametrize(
    "query",
    [
        "meeting/?body__id__exact=1",
        "meeting/?status__exact=held",
        "meeting/?held_on__year=2024",
        "mission/?country__region__id__exact=1",
        "difficulty/?type__code__exact=customs",
        "difficulty/?ask=late",
        "actionitem/?done_on__isempty=1",
    ],
)
def test_the_filters_of_a_list_work(client, lax, query):
    response = client.get(f"/admin/missions/{query}")

    assert response.status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        "difficulty/?reported=99999999999999999999",
        "meeting/?body__id__exact=99999999999999999999999",
        "meeting/?body__id__in=x",
        "meeting/?held_on__gte=yesterday",
    ],
)
def test_a_value_that_no_database_takes_breaks_no_list(client, lax, query):
    assert client.get(f"/admin/missions/{query}", follow=True).status_code == 200


@pytest.mark.parametrize("query", ["company=abc", "company=" + "9" * 30, "country=%F0%9F%9A%A2"])
def test_a_nonsense_suggestion_in_the_address_of_a_form_is_left_out(client, lax, query):
    assert client.get(f"{reverse('admin:missions_difficulty_add')}?{query}").status_code == 200


def test_a_difficulty_of_another_body_is_not_told_by_the_parts_of_a_meeting(client, lax):
    meeting = make.meeting(Body.objects.get(code="LAX"), number=90)
    foreign = make.difficulty(make.body())
    Discussion.objects.create(meeting=meeting, difficulty=foreign)
    item = ActionItem.objects.create(meeting=meeting, what="할 일", difficulty=foreign)

    assert foreign.reference not in client.get(change(Meeting, meeting)).content.decode()
    assert client.get(change(ActionItem, item)).status_code == 404
    assert client.post(change(Meeting, meeting), opened(client, change(Meeting, meeting))).status_code == 302
    assert Discussion.objects.filter(difficulty=foreign).exists()

    item.difficulty = None
    item.save()
    history = client.get(reverse("admin:missions_actionitem_history", args=[item.pk])).content.decode()
    assert "→" in history and foreign.reference not in history


def test_links_that_one_may_not_see_survive_a_save(client, lax):
    record = make.difficulty(Body.objects.get(code="LAX"), lax)
    foreign = make.difficulty(make.body())
    record.similar.add(foreign)
    address = change(Difficulty, record)

    assert client.post(address, opened(client, address) | {"place": "새 장소", "similar": []}).status_code == 302

    record.refresh_from_db()
    assert record.place == "새 장소" and list(record.similar.all()) == [foreign]


def test_a_firm_stays_with_the_body_that_registered_it(client, lax):
    firm = make.company(make.body(), name_ko="남이 등록한 기업")
    make.difficulty(Body.objects.get(code="LAX"), lax, company=firm)
    assert client.get(change(Company, firm)).status_code == 200

    response = client.post(change(Company, firm), {"name_ko": "고침", "body": Body.objects.get(code="LAX").pk})

    assert response.status_code == 403
    firm.refresh_from_db()
    assert firm.name_ko == "남이 등록한 기업"


def test_an_officer_whose_posting_ended_is_not_offered_to_file(client, lax):
    lax.postings.update(until_on=make.DAY)

    assert client.get(reverse("admin:missions_difficulty_add")).status_code == 403
    assert client.post(reverse("admin:missions_difficulty_add"), {"title": "제목"}).status_code == 403


def test_the_key_of_a_record_cannot_be_changed_into_a_second_record(client):
    client.force_login(make.staff("ministry"))
    korea = Country.objects.get(pk="KR")
    client.post(change(Country, korea), {"code": "QQ", "name_ko": "대한민국"})

    assert not Country.objects.filter(pk="QQ").exists()


def test_nobody_wakes_the_accounts_of_institutions(client):
    account = User.objects.get(username="joint-announcement")
    for person in (make.staff("ministry"), make.staff(is_superuser=True)):
        client.force_login(person)
        assert client.post(change(User, account), {"username": account.username, "is_active": "on"}).status_code == 403
        assert client.post(reverse("admin:auth_user_password_change", args=[account.pk])).status_code == 403


def test_an_account_the_author_set_up_cannot_approve_the_authors_text(client):
    author, puppet = make.staff("ministry"), make.staff("approver")
    client.force_login(author)
    client.post(change(User, puppet), opened(client, change(User, puppet)) | {"name": "꼭두각시"})
    assert User.objects.get(pk=puppet.pk).name == "꼭두각시"
    case = publishing.submit(make.case(make.body(), "draft", drafted_by=author), by=author)

    with pytest.raises(PublicationRefused):
        publishing.approve(case, by=puppet)


class Approval:
    """The page on which an approver read a text."""

    def __init__(self, case):
        self.case = case
        self.client = signed_in(make.staff("approver"))
        page = text(self.client.get(change(PublishedCase, case)))
        (self.address,) = re.findall(r'href="([^"]*/publication/approve/\?seen=[^"]*)"', page)

    def given(self):
        """Whether approving from that page publishes what stands there by then."""
        step = self.client.get(self.address)
        fields = {"read": "on", "seen": step.context["seen"], "checked": step.context["findings_fingerprint"]}
        self.client.post(self.address, fields)
        self.case.refresh_from_db()
        return self.case.state == PublicationState.PUBLISHED


@pytest.mark.parametrize("part", [None, "text", "actor"])
def test_an_old_page_approves_no_words_that_were_put_there_since(part):
    author = make.officer(make.body())
    case = publishing.submit(make.case(author.postings.get().body, "draft", drafted_by=author), by=author)
    approval = Approval(case)
    if part == "text":
        publishing.take_back(case, by=author, remark="고치겠습니다.")
        case.refresh_from_db()
        case.done_ko = "읽지 않은 글"
        case.save()
        publishing.submit(case, by=author)
    elif part == "actor":
        CaseActor.objects.create(case=case, organisation=make.organisation(), what_ko="읽지 않은 글")

    assert approval.given() == (part is None)


def test_a_step_needs_the_page_on_which_it_was_decided(client):
    case = make.case(make.body(), "awaiting")
    client.force_login(make.staff("approver"))
    address = reverse("admin:missions_publishedcase_publication", args=[case.pk, "approve"])
    for seen in ({}, {"seen": ""}, {"seen": "1-2-3"}, {"seen": "\0"}):
        assert client.post(address, {"read": "on", **seen}).context["form"].non_field_errors()

    case.refresh_from_db()
    assert case.state == PublicationState.AWAITING


def account_made_by(maker, role, **values):
    """An account that somebody made in the desk."""
    name = f"z{next(make.numbers)}"
    posted = {"username": name, "usable_password": "true", "groups": Group.objects.get(name=role).pk}
    posted |= dict.fromkeys(["password1", "password2"], "nothing special") | NO_POSTINGS
    assert signed_in(maker).post(reverse("admin:missions_user_add"), posted).status_code == 302
    return User.objects.get(username=name)


NO_POSTINGS = {"postings-TOTAL_FORMS": 0, "postings-INITIAL_FORMS": 0}


def approves(approver, author):
    """Whether somebody may approve a text of somebody else; where not, the text says so beforehand."""
    case = publishing.submit(make.case(make.body(), "draft", drafted_by=author), by=make.staff("ministry"))
    page = signed_in(approver).get(change(PublishedCase, case))
    if (why_not := page.context["why_not_approve"]) is None:
        return publishing.approve(case, by=approver).state == PublicationState.PUBLISHED
    with pytest.raises(PublicationRefused) as refused:
        publishing.approve(case, by=approver)
    assert refused.value.messages == [why_not] and why_not in html.unescape(text(page))
    return False


def test_nobody_publishes_by_two_accounts_of_their_own():
    manager = make.staff("ministry")
    writer, second = (account_made_by(manager, "ministry") for _ in range(2))
    third = account_made_by(second, "approver")

    assert not approves(manager, writer)
    assert not approves(third, manager)
    assert not approves(manager, third)
    assert not approves(third, writer)


def test_setting_a_password_ties_an_account_to_whoever_set_it():
    manager, approver = make.staff("ministry"), make.staff("approver")
    assert approves(approver, manager)
    passwords = dict.fromkeys(["password1", "password2"], "nothing special") | {"usable_password": "true"}
    address = reverse("admin:auth_user_password_change", args=[approver.pk])

    assert signed_in(manager).post(address, passwords).status_code == 302

    approver.refresh_from_db()
    assert not approves(approver, manager)
    assert not approves(approver, account_made_by(manager, "mission_officer"))


def test_accounts_that_different_people_set_up_publish_as_usual():
    operator = make.staff(is_superuser=True)
    manager, colleague, approver = (account_made_by(operator, role) for role in ("ministry", "ministry", "approver"))
    officer = account_made_by(manager, "mission_officer")

    assert approves(approver, officer) and approves(colleague, officer) and approves(colleague, manager)
    assert not approves(manager, officer)
    assert not approves(approver, operator)


def test_words_of_an_earlier_version_keep_their_author_from_approving(client):
    author, other = make.staff("ministry"), make.staff("ministry")
    body = make.body()
    case = make.case(body, "draft", drafted_by=author)
    case = publishing.approve(publishing.submit(case, by=author), by=other)
    second = publishing.revise(case, by=make.officer(body))
    second = publishing.submit(second, by=second.drafted_by)

    with pytest.raises(PublicationRefused):
        publishing.approve(second, by=author)


def test_an_approver_who_sent_a_text_back_may_approve_it_later(rf):
    from simple_history.models import HistoricalRecords

    approver = make.staff("approver")
    case = make.case(make.body(), "awaiting")
    HistoricalRecords.context.request = request = rf.get("/")
    request.user = approver
    try:
        publishing.send_back(case, by=approver, remark="고쳐 주십시오.")
    finally:
        del HistoricalRecords.context.request
    case = publishing.submit(case, by=case.drafted_by)

    assert publishing.approve(case, by=approver).state == PublicationState.PUBLISHED


def test_the_address_of_a_text_is_given_not_typed(client, lax):
    body = Body.objects.get(code="LAX")
    values = {
        "reference": "poen-germany",
        "body": body.pk,
        "country": "US",
        "type": "customs",
        "title_ko": "제목",
        "certainty": "verified",
        "actors-TOTAL_FORMS": 0,
        "actors-INITIAL_FORMS": 0,
    }
    for _ in range(2):
        assert client.post(reverse("admin:missions_publishedcase_add"), values).status_code == 302

    references = set(PublishedCase.objects.filter(body=body).values_list("reference", flat=True))
    assert len(references) == 2 and all(reference.startswith("us-customs-") for reference in references)
    assert PublishedCase.objects.get(reference="poen-germany").body.code == "FRA"


def test_a_withdrawn_text_can_be_taken_up_again_from_its_latest_version():
    body = make.body()
    first = make.case(body)
    second = publishing.revise(first, by=make.officer(body))
    second = publishing.approve(publishing.submit(second, by=second.drafted_by), by=make.staff("approver"))
    second = publishing.withdraw(second, by=make.staff("approver"), remark="내립니다.")

    with pytest.raises(PublicationRefused):
        publishing.revise(PublishedCase.objects.get(reference=first.reference, version=1), by=make.officer(body))
    assert publishing.revise(second, by=make.officer(body)).version == 3


@pytest.mark.parametrize(
    "goal",
    ["abc", "//elsewhere.example/", "https://elsewhere.example/", "javascript:alert(1)", "", f"/admin/?{'x' * 20_000}"],
)
def test_choosing_a_language_leads_nowhere_else(client, lax, goal):
    assert client.post(reverse("admin:language"), {"language": "en", "next": goal}).url == "/admin/"


def test_a_key_with_a_nul_byte_is_no_choice_on_any_database(client):
    client.force_login(make.staff("ministry"))
    response = client.post(reverse("admin:missions_mission_add"), {"country": "K\x00R", "covers": ["K\x00R"]})

    assert response.status_code == 200
    assert {"country", "covers"} <= set(response.context["adminform"].form.errors)


def test_a_key_beyond_every_number_is_no_choice_on_any_database(client):
    body = make.body()
    client.force_login(make.officer(body))
    page = change(Difficulty, make.difficulty(body))

    response = client.post(page, opened(client, page) | {"similar": ["9" * 20]})

    assert response.status_code == 200 and "similar" in response.context["adminform"].form.errors


def test_words_are_kept_beside_a_key_with_a_nul_byte_on_any_database(client):
    client.force_login(make.officer(make.body()))
    posted = {"country": "V\x00N", "title": "공들여 적은 말"}

    response = client.post(reverse("admin:missions_difficulty_change", args=[999_999_999]), posted)

    assert response.status_code == 404 and posted["title"] in response.content.decode()


def test_a_registration_number_with_a_nul_byte_is_a_wrong_number_on_any_database(client):
    client.force_login(make.officer(make.body()))

    response = client.post(reverse("admin:missions_difficulty_add"), {"firm_registration_number": "123\x0045"})

    assert "firm_registration_number" in response.context["adminform"].form.errors
