"""A text reaches the public by two people, and stays there until its next version is approved."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from missions import closing, publishing
from missions.models import PublicationState, PublishedCase
from missions.privacy import findings
from missions.publishing import STEPS, PublicationRefused
from missions.roles import ROLES
from tests import forms, make

pytestmark = pytest.mark.usefixtures("programme")


@pytest.fixture
def body():
    return make.body()


def take(name, case, by):
    """Take a step with what it needs."""
    return getattr(publishing, name)(case, by=by, **({"remark": "고쳐 주십시오."} if name == "send_back" else {}))


@pytest.mark.parametrize("state", PublicationState.values)
@pytest.mark.parametrize("name", STEPS)
@pytest.mark.parametrize("role", ROLES)
def test_a_step_is_taken_from_its_state_by_those_permitted_and_by_nobody_else(body, state, name, role):
    case = make.case(body, state)
    user = make.staff(role, posted_to=body)
    allowed = state in STEPS[name].sources and STEPS[name].permission.split(".")[1] in ROLES[role].permissions

    assert (STEPS[name] in publishing.steps_for(case, user)) == allowed
    if allowed:
        take(name, case, user)
    else:
        with pytest.raises(PublicationRefused):
            take(name, case, user)
        assert PublishedCase.objects.get(pk=case.pk).state == state


def test_the_author_cannot_approve_even_with_the_right_to(body):
    author = make.staff("ministry")
    case = make.case(body, "awaiting", drafted_by=author)

    with pytest.raises(PublicationRefused, match="작성한 사람"):
        publishing.approve(case, by=author)


def test_whoever_edited_the_draft_cannot_approve_it(client, body):
    case, editor = make.case(body, "draft"), make.staff("ministry")
    client.force_login(editor)
    page = reverse("admin:missions_publishedcase_change", args=[case.pk])
    assert forms.change(client, page, done_ko="고쳐 쓴 글").status_code == 302
    case = publishing.submit(PublishedCase.objects.get(pk=case.pk), by=case.drafted_by)
    assert case.done_ko == "고쳐 쓴 글"

    with pytest.raises(PublicationRefused, match="작성한 사람"):
        publishing.approve(case, by=editor)


def test_an_officer_takes_no_step_with_another_bodys_text(body):
    case = make.case(make.body(), "draft")

    with pytest.raises(PublicationRefused):
        publishing.submit(case, by=make.officer(body))


def test_a_text_without_its_korean_words_cannot_be_submitted(body):
    case = make.case(body, "draft", done_ko="")

    with pytest.raises(PublicationRefused, match="국문"):
        publishing.submit(case, by=case.drafted_by)


def test_the_public_keeps_the_approved_text_until_the_next_is_approved(client, body):
    first = make.case(body, title_ko="첫 글")
    reader = client.get
    second = publishing.revise(first, by=make.officer(body))
    second.title_ko = "고친 글"
    second.save()
    address = f"/ko/cases/{first.reference}/"
    assert "첫 글" in reader(address).content.decode()

    publishing.submit(second, by=second.drafted_by)
    assert "첫 글" in reader(address).content.decode()

    publishing.approve(second, by=make.staff("approver"))
    assert "고친 글" in reader(address).content.decode()
    versions = PublishedCase.objects.filter(reference=first.reference).order_by("version")
    assert [(case.version, case.state) for case in versions] == [(1, "withdrawn"), (2, "published")]


def test_a_further_version_carries_sources_and_acting_organisations(body):
    poen = PublishedCase.objects.get(reference="poen-germany")
    draft = publishing.revise(poen, by=make.staff("ministry"))
    poen = PublishedCase.objects.published().get(reference="poen-germany")

    assert [actor.organisation for actor in draft.actors.all()] == [actor.organisation for actor in poen.actors.all()]
    assert set(draft.sources.all()) == set(poen.sources.all())
    with pytest.raises(PublicationRefused, match="이미"):
        publishing.revise(poen, by=make.staff("ministry"))


def test_the_desk_offers_the_steps_and_takes_them(client, body):
    case = make.case(body, "awaiting")
    client.force_login(make.staff("approver"))
    page = client.get(reverse("admin:missions_publishedcase_change", args=[case.pk])).content.decode()
    assert 'value="approve"' in page and 'value="submit"' not in page

    client.post(reverse("admin:missions_publishedcase_publication", args=[case.pk]), {"step": "approve"})

    case.refresh_from_db()
    assert case.state == "published"


def test_a_refused_step_is_explained_on_the_page(client, body):
    case = make.case(body)
    client.force_login(make.staff("approver"))
    address = reverse("admin:missions_publishedcase_publication", args=[case.pk])
    for step in ("approve", "fly"):
        response = client.post(address, {"step": step})
        assert response.status_code == 302
        assert [message.level_tag for message in get_messages(response.wsgi_request)][-1] == "error"
    assert client.get(address).status_code == 405


def test_a_text_under_approval_cannot_be_edited(client, body):
    case = make.case(body, "awaiting")
    client.force_login(case.drafted_by)

    response = client.post(reverse("admin:missions_publishedcase_change", args=[case.pk]), {"title_ko": "살짝 고침"})

    assert response.status_code == 403


def solved(**values):
    """A closed difficulty of a firm, and somebody of its body."""
    body = make.body()
    officer = make.officer(body)
    firm = make.company(
        body,
        name_ko="㈜바다식품",
        name_en="Bada Foods Co., Ltd.",
        contact="김해양",
        telephone="02-1234-5678",
        email="sea@bada.example",
        registration_number="1234567891",
    )
    record = make.difficulty(body, officer, company=firm, sector_id="C", account="㈜바다식품의 컨테이너", **values)
    return closing.close(record, by=officer, outcome="advice", solution="안내했습니다."), officer


def test_a_public_text_begins_without_a_private_word():
    record, officer = solved()
    case = publishing.begin_from(record, by=officer)

    assert (case.country_id, case.type_id, case.sector_id, case.outcome) == ("VN", "customs", "C", "advice")
    assert case.happened_ko == case.done_ko == "" and "바다" not in case.title_ko
    assert case.reported_month.day == 1
    with pytest.raises(PublicationRefused, match="이미"):
        publishing.begin_from(record, by=officer)


def test_only_the_holders_people_begin_it_and_only_when_closed():
    record, _officer = solved()
    for person in (make.officer(make.body()), make.staff("auditor"), make.staff("approver")):
        with pytest.raises(PublicationRefused):
            publishing.begin_from(record, by=person)
    body = make.body()
    officer = make.officer(body)
    with pytest.raises(PublicationRefused, match="종결"):
        publishing.begin_from(make.difficulty(body, officer), by=officer)


@pytest.mark.parametrize(
    ("words", "finding"),
    [
        ("바다 식품의 김이 막혔습니다.", "기업 이름"),
        ("BADA FOODS reported", "기업 이름"),
        ("김해양 과장이", "담당자"),
        ("전화 02.1234.5678", "전화번호"),
        ("sea＠bada.example", "전자우편"),
        ("123-45-67891", "사업자등록번호"),
    ],
)
def test_words_that_give_the_firm_away_are_found(words, finding):
    record, officer = solved()
    case = publishing.begin_from(record, by=officer)
    assert not any(finding in sentence for sentence in findings(case))
    case.happened_ko = words

    assert any(finding in sentence for sentence in findings(case))


def test_a_combination_that_fits_one_firm_only_is_found_until_another_fits_too():
    record, officer = solved()
    case = publishing.begin_from(record, by=officer)
    assert any("한 곳뿐" in sentence for sentence in findings(case))

    make.difficulty(record.holder, officer, sector_id="C")

    assert not any("한 곳뿐" in sentence for sentence in findings(case))


def test_a_text_that_gives_the_firm_away_is_approved_only_knowingly(client):
    record, officer = solved()
    case = publishing.begin_from(record, by=officer)
    case.happened_ko, case.done_ko = "㈜바다식품의 통관이 막혔습니다.", "안내했습니다."
    case.save()
    case = publishing.submit(case, by=officer)
    approver = make.staff("approver")
    client.force_login(approver)
    page = client.get(reverse("admin:missions_publishedcase_change", args=[case.pk])).content.decode()
    assert "기업 이름" in page and 'name="checked"' in page and record.account in page

    with pytest.raises(PublicationRefused, match="기업 이름"):
        publishing.approve(case, by=approver)
    assert publishing.approve(case, by=approver, checked=True).state == "published"


def test_a_text_is_sent_back_with_a_remark_that_its_author_reads(client):
    record, officer = solved()
    case = publishing.begin_from(record, by=officer)
    case.happened_ko, case.done_ko = "통관이 막혔습니다.", "안내했습니다."
    case.save()
    case = publishing.submit(case, by=officer)
    approver = make.staff("approver")
    with pytest.raises(PublicationRefused):
        publishing.send_back(case, by=approver, remark=" ")
    publishing.send_back(case, by=approver, remark="조치 결과를 더 자세히 적어 주십시오.")
    client.force_login(officer)

    page = client.get(reverse("admin:missions_publishedcase_change", args=[case.pk])).content.decode()
    assert "조치 결과를 더 자세히" in page
