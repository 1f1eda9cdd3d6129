"""A text reaches the public by two people, and stays there until its next version is approved."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from missions.difficulties import closing
from missions.models import Action, Difficulty, PublicationState, PublishedCase, Relay
from missions.publication import privacy
from missions.publication import workflow as publishing
from missions.publication.workflow import PUBLICATION_STEPS, PublicationRefused
from missions.roles import ROLES
from tests import forms, make

pytestmark = pytest.mark.usefixtures("programme")


@pytest.fixture
def body():
    return make.body()


def take(name, case, by):
    """Take a step with what it needs."""
    return getattr(publishing, name)(
        case, by=by, **({"remark": "고쳐 주십시오."} if PUBLICATION_STEPS[name].asks else {})
    )


def page(case):
    return reverse("admin:missions_publishedcase_change", args=[case.pk])


def step(case, name):
    return reverse("admin:missions_publishedcase_publication", args=[case.pk, name])


@pytest.mark.dealt_out
@pytest.mark.parametrize("state", PublicationState.values)
@pytest.mark.parametrize("name", PUBLICATION_STEPS)
@pytest.mark.parametrize("role", ROLES)
def test_a_step_is_taken_from_its_state_by_those_permitted_and_by_nobody_else(body, state, name, role):
    case = make.case(body, state)
    user = make.staff(role, posted_to=body)
    allowed = (
        state in PUBLICATION_STEPS[name].sources
        and PUBLICATION_STEPS[name].permission.split(".")[1] in ROLES[role].permissions
    )

    assert (PUBLICATION_STEPS[name] in publishing.publication_steps(case, user)) == allowed
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
    shown = forms.text(client.get(page(case)))
    assert step(case, "approve") in shown and "_submit_for_approval" not in shown

    assert client.post(step(case, "approve"), {"read": "on", "seen": case.fingerprint}).status_code == 302

    case.refresh_from_db()
    assert case.state == "published"


def test_a_refused_step_is_explained_on_its_page(client, body):
    case = make.case(body)
    client.force_login(make.staff("approver"))

    response = client.post(step(case, "approve"), {"read": "on", "seen": case.fingerprint})

    assert "‘공개’" in " ".join(response.context["form"].non_field_errors())
    assert "‘공개’" in client.get(step(case, "approve")).context["why_not"]
    assert client.get(step(case, "fly")).status_code == client.post(step(case, "submit")).status_code == 404


def test_a_text_under_approval_cannot_be_edited(client, body):
    case = make.case(body, "awaiting")
    client.force_login(case.drafted_by)

    response = client.post(reverse("admin:missions_publishedcase_change", args=[case.pk]), {"title_ko": "살짝 고침"})

    assert response.status_code == 403


def test_a_public_text_begins_without_a_private_word():
    record, officer = make.solved()
    case = publishing.begin_from(record, by=officer)

    assert (case.country_id, case.type_id, case.sector_id, case.outcome) == ("VN", "customs", "C", "advice")
    assert case.happened_ko == case.done_ko == "" and "바다" not in case.title_ko
    assert case.reported_month.day == 1 and case.closed_month == timezone.localdate().replace(day=1)
    with pytest.raises(PublicationRefused, match="이미"):
        publishing.begin_from(record, by=officer)


def test_only_the_holders_people_begin_it_and_only_when_closed():
    record, _officer = make.solved()
    for person in (make.officer(make.body()), make.staff("auditor"), make.staff("approver")):
        with pytest.raises(PublicationRefused):
            publishing.begin_from(record, by=person)
    body = make.body()
    officer = make.officer(body)
    with pytest.raises(PublicationRefused, match="종결"):
        publishing.begin_from(make.difficulty(body, officer), by=officer)


def test_a_text_is_sent_back_with_a_remark_that_its_author_reads(client):
    record, officer = make.solved()
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


@pytest.mark.parametrize("outcome", ["duplicate", "withdrawn", "not_a_difficulty"])
def test_a_difficulty_that_taught_nothing_gets_no_public_text(client, body, outcome):
    officer = make.officer(body)
    record = make.difficulty(body, officer)
    more = {"duplicate_of": make.difficulty(body, officer)} if outcome == "duplicate" else {"reason": "사유"}
    record = closing.close(record, by=officer, outcome=outcome, **more)
    client.force_login(officer)

    shown = forms.text(client.get(forms.address(record)))

    assert reverse("admin:missions_difficulty_case", args=[record.pk]) not in shown
    with pytest.raises(PublicationRefused, match=record.get_outcome_display()):
        publishing.begin_from(record, by=officer)


def test_a_replaced_version_is_told_from_a_withdrawn_one(client, body):
    first = make.case(body)
    second = publishing.submit(publishing.revise(first, by=make.officer(body)), by=make.staff("ministry"))
    second = publishing.approve(second, by=make.staff("approver"))
    client.force_login(make.staff("auditor"))

    assert first.history.first().history_change_reason == "step: replaced by 2"
    assert page(second) in forms.text(client.get(page(first)))


def test_asking_for_approval_saves_what_is_typed_and_asks_for_exactly_that(client, body):
    case = make.case(body, "draft")
    client.force_login(case.drafted_by)

    assert forms.change(client, page(case), done_ko="막 적은 글", _submit_for_approval="1").status_code == 302

    case.refresh_from_db()
    assert (case.state, case.done_ko) == ("awaiting", "막 적은 글")


@pytest.mark.parametrize("typed", [{"title_ko": ""}, {"done_ko": " "}, {"title_en": "말" * 201}])
def test_approval_of_an_incomplete_text_is_not_asked_for_and_nothing_typed_is_lost(client, body, typed):
    case = make.case(body, "draft")
    client.force_login(case.drafted_by)

    response = forms.change(client, page(case), happened_ko="막 적은 글", _submit_for_approval="1", **typed)

    assert "막 적은 글" in forms.text(response)
    assert set(response.context["adminform"].form.errors) == set(typed)
    case.refresh_from_db()
    assert (case.state, case.happened_ko) == ("draft", "통관이 늦어졌습니다.")


def test_approval_is_not_asked_for_words_that_somebody_else_changed_meanwhile(client, body):
    case = make.case(body, "draft")
    client.force_login(case.drafted_by)
    posted = forms.opened(client, page(case)) | {"done_ko": "내가 적은 글", "_submit_for_approval": "1"}
    case.done_ko = "남이 적은 글"
    case.save()

    assert "내가 적은 글" in forms.text(client.post(page(case), posted))
    case.refresh_from_db()
    assert (case.state, case.done_ko) == ("draft", "남이 적은 글")


@pytest.mark.parametrize("name", [name for name, step in PUBLICATION_STEPS.items() if step.asks or name == "approve"])
def test_a_step_that_matters_is_not_taken_by_a_mere_click(client, body, name):
    case = make.case(body, PUBLICATION_STEPS[name].sources[0])
    client.force_login(make.staff("ministry"))
    state = case.state

    for posted in ({}, {"remark": " "}, {"remark": "NUL\0"}, {"remark": "가" * 2001}):
        response = client.post(step(case, name), {"seen": case.fingerprint, **posted})
        assert set(response.context["form"].errors) == {"read" if name == "approve" else "remark"}
        assert name == "approve" or posted.get("remark", "") in forms.text(response)

    case.refresh_from_db()
    assert case.state == state


def test_why_a_text_is_withdrawn_stands_on_its_page(client, body):
    case = make.case(body)
    client.force_login(make.staff("approver"))

    client.post(step(case, "withdraw"), {"remark": "수치가 틀립니다.", "seen": case.fingerprint})

    case.refresh_from_db()
    assert case.state == "withdrawn" and case.remarks.get().step == "withdraw"
    assert "수치가 틀립니다." in forms.text(client.get(page(case)))


def test_a_writer_reads_beforehand_why_they_may_not_approve(client, body):
    author = make.staff("ministry")
    client.force_login(author)
    case = make.case(body, "awaiting", drafted_by=author)

    shown = client.get(page(case))

    assert "작성한 사람" in shown.context["why_not_approve"] and shown.context["why_not_approve"] in forms.text(shown)
    assert step(case, "approve") not in forms.text(shown)


def test_a_writer_takes_a_text_back_and_does_not_send_it_back(body):
    author = make.staff("ministry")
    case = make.case(body, "awaiting", drafted_by=author)
    with pytest.raises(PublicationRefused):
        publishing.send_back(case, by=author, remark="고쳐 주십시오.")

    case = publishing.take_back(case, by=author, remark="수치를 확인하고 있습니다.")

    assert case.state == "draft" and case.remarks.get().get_step_display() != ""


def acted():
    """A closed difficulty about which two organisations did something, and somebody of its body."""
    record, officer = make.solved()
    agency, firm = make.organisation(kind="public_agency"), make.organisation(kind="small_firm")
    for organisation, kind in ((agency, "advice"), (agency, "official_letter"), (agency, "other"), (firm, "advice")):
        values = {
            "organisation": organisation,
            "kind": kind,
            "what": "㈜바다식품을 도왔습니다.",
            "recorded_by": officer,
        }
        Action.objects.create(difficulty=record, done_on=make.DAY, **values)
    return record, officer, agency


def test_a_public_text_begins_with_who_acted_and_without_a_word_of_what_was_recorded():
    record, officer, agency = acted()

    (actor,) = publishing.begin_from(record, by=officer).actors.all()

    assert (actor.organisation, actor.what_ko) == (agency, "자문, 공식서한")
    assert actor.what_en == "advice, official letter"


def test_who_decides_reads_the_public_text_beside_the_private_record(client):
    record, officer, agency = acted()
    home = make.body()
    leg = {"difficulty": record, "sender": record.holder, "receiver": home, "kind": "help", "asked": "부탁"}
    leg |= {"sent_at": make.NOON, "sent_by": officer, "acknowledge_by": make.DAY, "answer_by": make.DAY}
    Relay.objects.create(**leg, ended_at=make.NOON, ended_by=officer, ending="answered", reply="법령을 보냅니다.")
    case = publishing.begin_from(record, by=officer)
    case.happened_ko, case.done_ko, case.happened_en = "막혔습니다.", "풀었습니다.", "It was held."
    case.save()
    case = publishing.submit(case, by=officer)
    client.force_login(make.staff("approver"))

    for name in ("approve", "send_back"):
        shown = forms.text(client.get(step(case, name)))
        for words in ("막혔습니다.", "풀었습니다.", "It was held.", record.account, "도왔습니다.", "법령을 보냅니다."):
            assert words in shown, (name, words)
        assert shown.index(agency.name_ko) < shown.index("자문, 공식서한")
    assert "법령을 보냅니다." in forms.text(client.get(page(case)))
    case = publishing.approve(case, by=make.staff("approver"), checked=privacy.fingerprint(privacy.findings(case)))
    assert record.account not in forms.text(client.get(step(case, "withdraw")))


def named():
    """A text of a difficulty, awaiting approval, that names the firm; its author."""
    record, officer = make.solved()
    case = publishing.begin_from(record, by=officer)
    case.happened_ko, case.done_ko = "㈜바다식품의 통관이 막혔습니다.", "풀었습니다."
    case.save()
    return case, officer


def test_a_text_that_names_its_firm_offers_to_send_it_back_instead_of_approval(client):
    case, officer = named()
    case = publishing.submit(case, by=officer)
    client.force_login(make.staff("approver"))

    for address in (step(case, "approve"), page(case)):
        shown = forms.text(client.get(address))
        assert step(case, "send_back") in shown and "승인할 수 없습니다" in shown
    assert 'name="read"' not in forms.text(client.get(step(case, "approve")))
    assert step(case, "approve") not in forms.text(client.get(page(case)))


def test_a_writer_is_told_what_gives_the_firm_away_before_approval_is_asked_for(client):
    case, officer = named()
    client.force_login(officer)
    again = {"_submit_for_approval": "1"}

    saved = client.post(page(case), forms.opened(client, page(case)) | {"_found": ""}, follow=True)
    assert "바다식품" in " ".join(map(str, saved.context["messages"]))
    for _time in range(2):
        assert "바다식품" in forms.text(client.post(page(case), forms.opened(client, page(case)) | again, follow=True))
        case.refresh_from_db()
        assert case.state == "draft"

    typed = {"happened_ko": "통관이 막혔습니다.", "_found": "", **again}
    unread = client.post(page(case), forms.opened(client, page(case)) | typed, follow=True)
    assert "한 곳뿐" in forms.text(unread) and "아직 승인을 요청하지" in forms.text(unread)
    client.post(page(case), forms.entries(unread) | again)
    case.refresh_from_db()
    assert (case.state, case.happened_ko) == ("awaiting", "통관이 막혔습니다.")


def test_the_list_says_why_a_text_came_back(client, body):
    case = publishing.send_back(make.case(body, "awaiting"), by=make.staff("approver"), remark="더 자세히.")
    make.case(body, "withdrawn")
    client.force_login(case.drafted_by)
    listed = reverse("admin:missions_publishedcase_changelist")

    shown = forms.text(client.get(listed))
    assert "반려: 더 자세히." in shown and "철회: 바로잡을 내용이 있습니다." in shown

    publishing.submit(case, by=case.drafted_by)
    assert "더 자세히." not in forms.text(client.get(listed))


def test_a_decision_leads_on_to_the_text_that_has_waited_longest(client, body):
    first, mine, last = (make.case(body, "awaiting") for _ in range(3))
    approver = make.staff("approver")
    PublishedCase.objects.filter(pk=mine.pk).update(drafted_by=approver)
    client.force_login(approver)

    untold = client.post(step(last, "approve"), forms.opened(client, step(last, "approve")))
    assert "글을 읽은 뒤 이 칸을 선택해 주십시오." in forms.text(untold)
    done = client.post(step(last, "approve"), {"read": "on", "seen": last.fingerprint}, follow=True)
    assert f'<a href="{page(first)}">다음 대기 건: {first}</a>' in done.content.decode()

    remark = {"remark": "더 자세히.", "seen": first.fingerprint}
    done = client.post(step(first, "send_back"), remark, follow=True)
    assert "‘초안’ 상태" in forms.text(done) and "다음 대기 건" not in forms.text(done)


def test_the_list_has_what_nobody_approved_yet_first_and_calls_bodies_by_their_codes(client, body):
    old, new = make.case(body, "awaiting"), make.case(body, "published")
    client.force_login(make.staff("approver"))

    page = client.get(reverse("admin:missions_publishedcase_changelist"))
    rows = page.context["cl"].result_list
    cells = page.content.decode().partition('id="result_list"')[2].partition("</table>")[0]

    assert [row.pk for row in rows if row.pk in (old.pk, new.pk)] == [old.pk, new.pk]
    assert body.code in cells and body.name_ko not in cells


def test_the_page_of_a_difficulty_says_why_its_text_came_back(client):
    case, officer = named()
    publishing.send_back(publishing.submit(case, by=officer), by=make.staff("approver"), remark="이름을 빼십시오.")
    client.force_login(officer)

    record = Difficulty.objects.get(case_reference=case.reference)
    assert "(반려: 이름을 빼십시오.)" in forms.text(client.get(forms.address(record)))


def test_a_month_is_typed_and_read_as_a_month(client, body):
    case = make.case(body, "draft", reported_month=datetime.date(2026, 11, 1))
    client.force_login(case.drafted_by)
    shown = forms.text(client.get(page(case)))
    assert 'type="month" name="reported_month" value="2026-11"' in shown

    for typed in ("2026-10", "2026. 10.", "2026년 10월", "2026-10-05"):
        assert forms.change(client, page(case), reported_month=typed).status_code == 302
        case.refresh_from_db()
        assert case.reported_month == datetime.date(2026, 10, 1)
    client.force_login(make.staff("auditor"))
    shown = forms.text(client.get(page(case)))
    assert "2026년 10월" in shown and "2026년 10월 1일" not in shown
