"""The staff desk: filing, front page, language, accounts."""

import re

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.urls import reverse

from missions.difficulties.references import ALPHABET
from missions.difficulties.workflow import StepRefused
from missions.models import Body, Company, Difficulty, Language, PublishedCase, User
from missions.roles import ROLES, write_roles
from tests import forms, make

pytestmark = pytest.mark.usefixtures("programme")
ADD, CHANGE = "admin:missions_difficulty_add", "admin:missions_difficulty_change"


@pytest.fixture
def lax():
    return make.officer(Body.objects.get(code="LAX"))


def filing(user, **values):
    """The fields an officer fills in to file a difficulty."""
    return {
        "company": make.company(Body.objects.get(code="LAX")).pk,
        "country": "US",
        "type": "customs",
        "title": "통관이 늦어지는 건",
        "account": "서류를 다시 내라고 합니다.",
        "report_source": "firm",
        "reported_on": "2026-03-02",
    } | values


def test_an_officer_files_a_difficulty_in_under_ten_fields(client, lax):
    client.force_login(lax)
    answers = filing(lax)
    assert len(answers) < 10

    response = client.post(reverse(ADD), answers)

    assert response.status_code == 302
    record = Difficulty.objects.get(title="통관이 늦어지는 건")
    assert re.fullmatch(rf"LAX-\d\d-[{ALPHABET}]{{3,}}", record.reference)
    assert (record.stage, record.holder.code, record.filed_by) == ("received", "LAX", lax)


def test_what_one_mission_filed_does_not_exist_for_another(client, lax):
    client.force_login(lax)
    client.post(reverse(ADD), filing(lax))
    record = Difficulty.objects.get(title="통관이 늦어지는 건")
    client.force_login(make.officer(Body.objects.get(code="HAN")))

    for page in ("change", "delete", "history"):
        assert client.get(reverse(f"admin:missions_difficulty_{page}", args=[record.pk])).status_code in {403, 404}
    assert record.reference not in client.get(reverse("admin:missions_difficulty_changelist")).content.decode()
    assert record.reference not in client.get(reverse("admin:index")).content.decode()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"hs_codes": "7701"}, "hs_codes"),
        ({"hs_codes": "85ab"}, "hs_codes"),
        ({"hs_codes": "abc"}, "hs_codes"),
        ({"account": "가" * 20_000}, "account"),
        ({"country": "ZZ"}, "country"),
        ({"reported_on": "2999-01-01"}, "reported_on"),
        ({"reported_on": "어제"}, "reported_on"),
        ({"became_aware_on": "2026-03-03"}, "became_aware_on"),
        ({"is_urgent": "on"}, "urgent_reason"),
        ({"value_amount": "100"}, "value_currency"),
        ({"value_currency": "USD"}, "value_amount"),
        ({"value_amount": "100", "value_currency": "달러"}, "value_currency"),
        ({"value_amount": "-1", "value_currency": "USD"}, "value_amount"),
        ({"title": "NUL\x00"}, "title"),
        ({"company": "999999"}, "company"),
        ({"company": "x"}, "company"),
        ({"company": "9" * 40}, "company"),
        ({"country": "\x00"}, "country"),
    ],
)
def test_bad_input_is_explained_and_nothing_typed_is_lost(client, lax, values, field):
    client.force_login(lax)
    response = client.post(reverse(ADD), filing(lax, place="애너하임 창고 🚢") | values)

    assert response.status_code == 200
    form = response.context["adminform"].form
    assert list(form.errors) == [field]
    page = response.content.decode()
    assert "애너하임 창고 🚢" in page
    assert "서류를 다시 내라고" in page or "account" in values
    assert not Difficulty.objects.exists()


def test_what_is_no_hs_code_is_told_once(client, lax):
    client.force_login(lax)
    response = client.post(reverse(ADD), filing(lax, hs_codes="abc"))

    assert len(response.context["adminform"].form.errors["hs_codes"]) == 1


def test_a_currency_is_kept_in_capitals(client, lax):
    client.force_login(lax)
    client.post(reverse(ADD), filing(lax, value_amount="100", value_currency="usd"))

    assert Difficulty.objects.get().value_currency == "USD"


def test_currencies_are_offered_the_usual_ones_first_and_another_one_stays(client, lax):
    client.force_login(lax)
    page = client.get(reverse(ADD)).content.decode()
    offered = re.findall(r'<option value="(\w*)"', page.split('name="value_currency"')[-1])
    assert offered[:6] == ["", "KRW", "USD", "EUR", "JPY", "CNY"] and "VND" in offered and "ZZZ" not in offered

    client.post(reverse(ADD), filing(lax, value_amount="100", value_currency="ZZZ"))

    address = reverse("admin:missions_difficulty_change", args=[Difficulty.objects.get().pk])
    assert '<option value="ZZZ" selected>' in client.get(address).content.decode()


def test_emoji_and_all_of_unicode_are_kept(client, lax):
    client.force_login(lax)
    client.post(reverse(ADD), filing(lax, account="컨테이너 🚢 → 𠮷野 ٣"))

    assert Difficulty.objects.get().account == "컨테이너 🚢 → 𠮷野 ٣"


def test_status_fields_cannot_be_posted_by_hand(client, lax):
    client.force_login(lax)
    record = make.difficulty(Body.objects.get(code="LAX"), lax)
    forged = {
        "stage": "closed",
        "outcome": "advice",
        "holder": Body.objects.get(code="HAN").pk,
        "reference": "HAN-26-AAA",
    }
    response = forms.change(client, reverse(CHANGE, args=[record.pk]), title="고친 제목", **forged)

    assert response.status_code == 302
    after = Difficulty.objects.get(pk=record.pk)
    assert after.title == "고친 제목"
    assert (after.stage, after.outcome, after.holder.code, after.reference) == ("received", "", "LAX", record.reference)


def test_nobody_files_through_a_body_they_do_not_work_for(lax):
    with pytest.raises(StepRefused):
        make.difficulty(Body.objects.get(code="HAN"), lax)


def test_a_firm_is_kept_with_bare_digits_and_found_again(client, lax):
    client.force_login(lax)
    body = Body.objects.get(code="LAX")
    values = {"name_ko": "새 기업", "registration_number": "123-45-67891", "body": body.pk}
    assert client.post(reverse("admin:missions_company_add"), values).status_code == 302
    assert Company.objects.get(name_ko="새 기업").registration_number == "1234567891"

    again = client.post(reverse("admin:missions_company_add"), values | {"name_ko": "같은 기업"})

    assert again.status_code == 200 and "사업자등록번호는 다시 쓸 수 없습니다" in again.content.decode()
    wrong = client.post(reverse("admin:missions_company_add"), values | {"registration_number": "123-45-67890"})
    assert "registration_number" in wrong.context["adminform"].form.errors
    assert "123-45-67890" in wrong.content.decode() or "1234567890" in wrong.content.decode()


def test_the_front_page_says_what_waits_for_whom(client, lax):
    record = make.difficulty(Body.objects.get(code="LAX"), lax)
    awaiting = make.case(Body.objects.get(code="LAX"), "awaiting")

    client.force_login(lax)
    assert record.reference in client.get(reverse("admin:index")).content.decode()
    client.force_login(make.staff("approver"))
    assert awaiting.title_ko in client.get(reverse("admin:index")).content.decode()
    client.force_login(make.staff("ministry"))
    page = client.get(reverse("admin:index")).content.decode()
    assert "확인이 필요한 지원협의체" in page and "등록된 구성원 없음" in page


def test_the_list_says_what_is_urgent_and_nothing_of_what_is_not(client, lax):
    body = Body.objects.get(code="LAX")
    urgent = make.difficulty(body, lax, is_urgent=True, urgent_reason="선적이 내일입니다.")
    make.difficulty(body, lax)
    client.force_login(lax)

    page = client.get(reverse("admin:missions_difficulty_changelist")).content.decode()
    [row] = [row for row in page.split("</tr>") if '<span class="urgent">긴급</span>' in row]
    assert urgent.reference in row
    assert "icon-no" not in page


def test_the_admin_is_korean_and_english_by_preference_whatever_the_browser_says(client, lax):
    client.force_login(lax)
    english_browser = {"accept-language": "en"}
    assert "내 업무" in client.get(reverse("admin:index"), headers=english_browser).content.decode()

    response = client.post(reverse("admin:language"), {"language": "en", "next": "//elsewhere.example/"})

    assert response.url == "/admin/"
    assert "My desk" in client.get(reverse("admin:index")).content.decode()
    assert User.objects.get(pk=lax.pk).language == Language.ENGLISH
    client.post(reverse("admin:language"), {"language": "xx"})
    assert "My desk" in client.get(reverse("admin:index")).content.decode()


def test_the_state_of_a_body_follows_from_its_latest_dated_step_and_its_launch_from_the_first(client):
    client.force_login(make.staff("ministry"))
    body = make.body(state="planned")
    step = {
        "steps-TOTAL_FORMS": 1,
        "steps-0-state": "launched",
        "steps-0-as_of_on": "2026-03-02",
        "steps-0-as_of_precision": "day",
    }

    assert forms.change(client, reverse("admin:missions_body_change", args=[body.pk]), **step).status_code == 302

    body.refresh_from_db()
    assert (body.state, body.launched_on, body.launched_precision) == ("launched", make.DAY, "day")
    later = {"steps-TOTAL_FORMS": 2, "steps-1-state": "launched", "steps-1-as_of_on": "2026-05-02"}
    forms.change(client, forms.address(body), **later | {"steps-1-as_of_precision": "by"})
    forms.change(client, forms.address(body), launched_on="2026-01-01", rhythm="yearly")
    body.refresh_from_db()
    assert (body.rhythm, body.launched_on, body.steps.count()) == ("yearly", make.DAY, 2)


def test_an_overlapping_seat_is_refused_by_the_form(client):
    client.force_login(make.staff("ministry"))
    body, organisation = make.body(), make.organisation()
    seat = {"body": body.pk, "organisation": organisation.pk, "post": "member", "certainty": "verified"}
    add = reverse("admin:missions_membership_add")
    client.post(add, seat | {"since_on": "2026-01-01", "until_on": "2026-03-02"})

    response = client.post(add, seat | {"since_on": "2026-02-01"})

    assert "기간과 겹칩니다" in response.content.decode()
    assert client.post(add, seat | {"since_on": "2026-03-03"}).status_code == 302


@pytest.mark.parametrize(
    "query",
    [
        "q=%00",
        "q=" + "가" * 5000,
        "held_on__year=abc",
        "held_on__year=99999",
        "p=-1",
        "o=x",
        "e=1",
        "body__id__exact=9999999999999999999999",
        "body__id__exact=x",
        "unknown=1",
    ],
)
def test_no_query_string_breaks_a_list(client, query):
    client.force_login(make.staff("ministry"))

    assert client.get(f"{reverse('admin:missions_meeting_changelist')}?{query}", follow=True).status_code in {200, 400}


def test_demo_accounts_cover_the_roles_and_get_their_passwords_anew(client, settings, capsys):
    settings.DEBUG = True
    call_command("create_demo_accounts", "--password", "first")
    call_command("create_demo_accounts", "--password", "second")

    accounts = {
        user.username: user
        for user in User.objects.filter(
            username__in=["manager", "mofa", "lax", "han", "domestic", "approver", "auditor"]
        )
    }
    assert len(accounts) == 7
    assert {group.name for user in accounts.values() for group in user.groups.all()} == set(ROLES)
    assert client.login(username="lax", password="second") and not client.login(username="lax", password="first")
    assert accounts["han"].postings.get().body.code == "HAN"

    capsys.readouterr()
    call_command("create_demo_accounts")
    name, password, meant_for = capsys.readouterr().out.splitlines()[0].split(maxsplit=2)
    assert client.login(username=name, password=password)
    assert meant_for.startswith("Ministry staff")


def test_demo_accounts_are_refused_in_production():
    with pytest.raises(CommandError):
        call_command("create_demo_accounts")
    assert not User.objects.filter(username="manager").exists()


def test_writing_the_roles_again_takes_back_what_was_added_by_hand():
    from django.contrib.auth.models import Group, Permission

    group = Group.objects.get(name="auditor")
    group.permissions.add(Permission.objects.get(codename="delete_company"))

    write_roles()

    assert {permission.codename for permission in group.permissions.all()} == ROLES["auditor"].permissions


def test_roles_are_written_by_the_program_and_at_no_desk(client):
    client.force_login(make.staff(is_superuser=True))

    assert client.get("/admin/auth/group/").status_code == 404
    assert client.get("/admin/auth/group/add/").status_code == 404


def test_nobody_can_sign_in_as_the_institutions_that_published_a_case():
    case = PublishedCase.objects.get(reference="poen-germany")

    for user in (case.drafted_by, case.approved_by):
        assert not user.is_active and not user.has_usable_password() and not user.is_staff


def test_the_list_of_difficulties_offers_the_countries_of_those_that_an_officer_sees_and_no_others(client):
    mine, other = make.body(), make.body()
    make.difficulty(mine, country_id="VN")
    Difficulty.objects.filter(pk=make.difficulty(mine, country_id="JP").pk).update(holder=other)
    asked = make.difficulty(other, country_id="DE")
    sent = {"sender": other, "kind": "help", "asked": "의견", "sent_at": make.NOON, "sent_by": asked.filed_by}
    asked.relays.create(receiver=mine, acknowledge_by=make.DAY, answer_by=make.DAY, **sent)
    make.difficulty(other, country_id="FR")

    client.force_login(make.officer(mine))
    page = client.get(reverse("admin:missions_difficulty_changelist")).content.decode()

    offered = set(re.findall(r"country__code__exact=(\w\w)", page))
    assert offered == {"VN", "JP", "DE"}


def test_the_desk_says_which_version_it_runs_and_strangers_are_not_told(client):
    stated = re.search(r'^version = "(.+)"$', (settings.BASE_DIR / "pyproject.toml").read_text(), re.MULTILINE)[1]
    assert stated not in client.get("/admin/", follow=True).content.decode()

    client.force_login(make.staff(is_superuser=True))
    assert f"소프트웨어 버전: {stated}" in client.get("/admin/").content.decode()


def test_a_page_that_is_not_there_or_not_allowed_leads_back_to_the_desk(client):
    client.force_login(make.officer(make.body()))
    back = f'href="{reverse("admin:index")}"'
    answers = [client.get(page) for page in ("/admin/missions/difficulty/99999/change/", reverse("admin:health"))]
    missing, refused, public = (answer.content.decode() for answer in [*answers, client.get("/ko/nowhere/")])

    assert [answer.status_code for answer in answers] == [404, 403]
    assert back in missing and "열람 권한이 없는 자료" in missing
    assert back in refused
    assert back not in public and "열람 권한" not in public


def test_a_long_filter_is_folded_until_an_answer_is_chosen(client):
    client.force_login(make.staff("ministry", language="en"))

    def opened(**asked):
        page = client.get(reverse("admin:missions_difficulty_changelist"), asked).content.decode()
        return set(re.findall(r'<details data-filter-title="([^"]+)"\s+open>', page))

    assert "stage" in opened() and "type" not in opened()
    assert "type" in opened(type__code__exact="customs")
