"""Postings: the periods of one person at one body, and what keeps them from ending carelessly."""

import datetime

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from missions.difficulties import workflow
from missions.models import Body, Difficulty, Posting, User
from tests import forms, make

pytestmark = pytest.mark.usefixtures("programme")
ADD = "admin:missions_posting_add"
TAKEN = "posted to this body in that period already"


@pytest.fixture
def ministry(client):
    client.force_login(make.staff("ministry", language="en"))
    return client


def test_a_posting_may_not_overlap_another_of_the_same_person_at_the_same_body(ministry):
    body, person = make.body(), make.staff("mission_officer")
    person.postings.create(body=body, since_on="2026-01-01", until_on="2026-03-31")
    given = {"user": person.pk, "body": body.pk}

    for period in ({"since_on": "2026-03-31"}, {"since_on": "2025-12-01", "until_on": "2026-01-01"}):
        page = forms.text(ministry.post(reverse(ADD), given | period))
        assert TAKEN in page and period["since_on"] in page
    assert ministry.post(reverse(ADD), given | {"since_on": "2026-04-01"}).status_code == 302
    assert TAKEN in forms.text(ministry.post(reverse(ADD), given | {"since_on": "2027-01-01"}))
    assert ministry.post(reverse(ADD), given | {"user": make.staff().pk, "since_on": "2026-02-01"}).status_code == 302
    assert person.postings.count() == 2


def test_a_posting_may_not_be_moved_onto_another(ministry):
    body, person = make.body(), make.staff("mission_officer")
    person.postings.create(body=body, since_on="2026-01-01", until_on="2026-03-31")
    later = person.postings.create(body=body, since_on="2026-04-01")

    assert TAKEN in forms.text(forms.change(ministry, forms.address(later), since_on="2026-03-01"))
    assert forms.change(ministry, forms.address(later), since_on="2026-04-02").status_code == 302


def test_on_the_page_of_a_person_one_posting_may_end_and_the_next_begin_in_one_save(ministry):
    body, person = make.body(), make.officer(make.body())
    old = person.postings.create(body=body, since_on="2026-01-01")
    posted = forms.opened(ministry, forms.address(person))
    row = next(f"postings-{n}" for n in range(2) if posted[f"postings-{n}-id"] == str(old.pk))
    typed = {f"{row}-until_on": "2026-03-31", "postings-TOTAL_FORMS": 3}
    typed |= {"postings-2-body": body.pk, "postings-2-since_on": "2026-04-01"}

    assert ministry.post(forms.address(person), posted | typed).status_code == 302
    assert list(Posting.objects.filter(user=person, body=body).values_list("until_on", flat=True)) == [
        None,
        make.DAY.replace(day=31),
    ]


def account(body, **values):
    """What a browser sends to make an account together with a posting."""
    return {
        "username": "z-park",
        "name": "박영사",
        "usable_password": "true",
        "password1": "매우-긴-암호-2026",
        "password2": "매우-긴-암호-2026",
        "groups": Group.objects.get(name="mission_officer").pk,
        "postings-TOTAL_FORMS": 1,
        "postings-INITIAL_FORMS": 0,
        "postings-0-body": body.pk,
        "postings-0-since_on": "2026-03-02",
    } | values


def test_an_account_is_made_together_with_its_posting(ministry):
    body = make.body()

    assert ministry.post(reverse("admin:missions_user_add"), account(body)).status_code == 302
    assert list(User.objects.get(username="z-park").postings.values_list("body", "since_on")) == [(body.pk, make.DAY)]


@pytest.mark.parametrize("values", [{"postings-0-since_on": ""}, {"postings-0-until_on": "2026-03-01"}])
def test_an_error_in_a_posting_of_an_account_to_be_made_is_told_and_all_that_was_typed_stays(ministry, values):
    body = make.body()
    response = ministry.post(reverse("admin:missions_user_add"), account(body, **values))

    page = forms.text(response)
    assert response.context["errors"] and "z-park" in page and "박영사" in page and body.name_en in page
    assert not User.objects.filter(username="z-park").exists()


class Owner:
    """An officer who owns open difficulties at a body, and somebody who could take over."""

    def __init__(self):
        self.body = make.body()
        self.user, self.other = make.officer(self.body), make.officer(self.body)
        self.posting = self.user.postings.get()
        self.record = workflow.accept(make.difficulty(self.body, self.user), by=self.user, owner=self.user)
        self.link = reverse("admin:missions_posting_handover", args=[self.posting.pk])

    def is_posted(self):
        return Posting.objects.filter(pk=self.posting.pk, user=self.user, body=self.body, until_on=None).exists()


@pytest.fixture
def owner():
    return Owner()


def on(days):
    return str(make.today() + datetime.timedelta(days=days))


@pytest.mark.parametrize(
    "values",
    [
        lambda: {"until_on": on(-1)},
        lambda: {"until_on": on(0)},
        lambda: {"until_on": on(60)},
        lambda: {"since_on": on(1)},
        lambda: {"body": make.body().pk},
        lambda: {"user": make.staff("mission_officer").pk},
    ],
)
def test_a_posting_that_owns_open_difficulties_ends_only_by_being_handed_over(ministry, owner, values):
    page = forms.text(forms.change(ministry, forms.address(owner.posting), **values()))

    assert "still owns 1 open difficulty" in page and f'href="{owner.link}"' in page
    assert owner.is_posted()


def test_a_far_end_is_planned_freely_and_put_off_freely(ministry, owner):
    for until in (on(61), on(90), ""):
        assert forms.change(ministry, forms.address(owner.posting), until_on=until).status_code == 302
    owner.posting.refresh_from_db()
    assert owner.posting.until_on is None


def test_a_posting_that_owns_nothing_open_ends_at_once(ministry, owner):
    assert forms.change(ministry, forms.address(owner.other.postings.get()), until_on=on(0)).status_code == 302
    Difficulty.objects.filter(pk=owner.record.pk).update(**make.closed())
    assert forms.change(ministry, forms.address(owner.posting), until_on=on(-1)).status_code == 302


def test_a_posting_that_owns_open_difficulties_is_deleted_nowhere(ministry, owner):
    delete = reverse("admin:missions_posting_delete", args=[owner.posting.pk])
    chosen = {"action": "delete_selected", "_selected_action": [owner.posting.pk], "post": "yes"}
    pages = [
        ministry.get(delete),
        ministry.post(delete, {"post": "yes"}),
        ministry.post(reverse("admin:missions_posting_changelist"), chosen),
    ]
    for holder in (owner.body, owner.user):
        posted = forms.opened(ministry, forms.address(holder))
        rows = range(int(posted["postings-INITIAL_FORMS"]))
        row = next(f"postings-{n}" for n in rows if posted[f"postings-{n}-id"] == str(owner.posting.pk))
        pages.append(ministry.post(forms.address(holder), posted | {f"{row}-DELETE": "on"}))
        pages.append(ministry.post(forms.address(holder), posted | {f"{row}-until_on": on(0)}))

    for page in pages:
        assert "still owns 1 open difficulty" in page.content.decode() and owner.link in page.content.decode()
    assert owner.is_posted()
    free = owner.other.postings.get()
    assert ministry.post(reverse("admin:missions_posting_delete", args=[free.pk]), {"post": "yes"}).status_code == 302


def test_an_account_that_owns_open_difficulties_is_neither_closed_nor_left_without_its_role(ministry, owner):
    address = forms.address(owner.user)
    auditor = Group.objects.get(name="auditor").pk
    posted = forms.opened(ministry, address)

    closed = {name: value for name, value in posted.items() if name != "is_active"}
    for typed in (closed, posted | {"groups": auditor}):
        page = forms.text(ministry.post(address, typed | {"name": "공들여 적은 이름"}))
        assert "still owns 1 open difficulty" in page and owner.link in page and "공들여 적은 이름" in page
    owner.user.refresh_from_db()
    assert owner.user.is_active and owner.user.has_perm("missions.handle_difficulty")
    Difficulty.objects.filter(pk=owner.record.pk).update(owner=owner.other)
    assert ministry.post(address, closed).status_code == 302
    owner.user.refresh_from_db()
    assert not owner.user.is_active


def test_no_posting_with_open_difficulties_is_deleted_by_typing_another_end_beside(client, ministry):
    body = Body.objects.get(code="LAX")
    officer = make.officer(body)
    workflow.accept(make.difficulty(body, officer), by=officer, owner=officer)
    posting = officer.postings.get()
    address = reverse("admin:missions_body_change", args=[body.pk])
    typed = {"postings-0-DELETE": "on", "postings-0-until_on": "2020-01-01", "postings-0-since_on": "2019-01-01"}

    assert forms.change(client, address, **typed).status_code == 200
    assert Posting.objects.filter(pk=posting.pk).exists()


def test_whoever_only_reads_an_account_sees_its_roles_in_words_and_no_password(client):
    person = make.staff("approver", make.body())
    person.set_password("x")
    person.save()
    client.force_login(make.staff("auditor"))

    page = forms.text(client.get(forms.address(person)))

    assert "승인자" in page and ">approver<" not in page and "approver</" not in page
    assert "../password/" not in page and "pbkdf2" not in page and "field-password" not in page
    assert "아래 담당에서" not in page and 'class="help"' not in page
    client.force_login(make.staff("ministry"))
    page = forms.text(client.get(forms.address(person)))
    assert "../password/" in page and 'class="help"' in page
