"""Local information goes home, is published by another hand or returned, and is distributed."""

import datetime

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from missions.fields.dates import today_in
from missions.models import Body, Distribution, InformationState, LocalInformation, User
from missions.publication import information as relaying
from missions.publication.information import INFORMATION_STEPS, information_steps
from missions.publication.workflow import PublicationRefused
from missions.roles import ROLES
from missions.statistics.counters import COUNTERS
from tests import forms, make

pytestmark = pytest.mark.usefixtures("programme")


@pytest.fixture
def body():
    return make.body()


def names(item, user):
    return {step.name for step in information_steps(item, user)}


def test_an_item_goes_home_comes_back_goes_again_is_published_distributed_counted_and_read(client):
    lax = Body.objects.get(code="LAX")
    author, secretary = make.officer(lax), make.secretary()
    client.force_login(author)
    add = reverse("admin:missions_localinformation_add")
    typed = {"country": "US", "topic": "tariff", "title_ko": "관세 안내", "title_en": "Tariff notice"}
    typed |= {"text_ko": "관세율이 바뀝니다.", "text_en": "Rates change.", "issued_on": "2026-03-02"}
    client.post(add, forms.opened(client, add) | typed | {"valid_until": "2027-03-01"})
    item = LocalInformation.objects.get(title_ko="관세 안내")
    address = item.get_absolute_url()
    others = [make.recipient() for _ in range(3)]

    assert not LocalInformation.objects.visible_to(secretary).filter(pk=item.pk).exists()
    item = relaying.send(item, by=author)
    item = relaying.send_back(item, by=secretary, note="시행일을 적어 주십시오.")
    assert forms.change(client, forms.address(item), text_ko="5월 1일부터 관세율이 바뀝니다.").status_code == 302
    item = relaying.send(LocalInformation.objects.get(pk=item.pk), by=author)
    with pytest.raises(PublicationRefused, match="권한"):
        relaying.publish(item, by=author)
    assert client.get(address).status_code == 404
    item = relaying.publish(item, by=secretary)
    relaying.distribute(item, by=secretary, recipients=others)

    assert [event.step for event in item.events.all()] == ["send", "send_back", "send", "publish", "distribute"]
    for change in (lambda rows: rows.update(note=""), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError, match="cannot be changed"), transaction.atomic():
            change(item.events.all())
    counted = COUNTERS["information"].rows().get(pk=item.pk)
    assert counted.counted_on == today_in(lax.mission.time_zone)
    assert COUNTERS["information"].by_body(COUNTERS["information"].rows())[lax.pk] == 1
    for language, published, until in (("ko", "공개", "유효 기한"), ("en", "Published", "Valid until")):
        page = client.get(address.replace("/ko/", f"/{language}/")).content.decode()
        feed = client.get(f"/{language}/feeds/information.atom").content.decode()
        for words in (page, feed):
            assert published in words and until in words
            home = make.home()
            assert (home.name_en if language == "en" else home.name_ko) in words
    text = client.get(forms.address(item)).content.decode()
    assert "시행일을 적어 주십시오." in text and "배포처 3곳에 배포" in text and str(others[0]) not in text
    client.force_login(secretary)
    assert str(others[0]) in client.get(forms.address(item)).content.decode()


@pytest.mark.parametrize("state", InformationState.values)
def test_a_step_is_taken_by_those_of_the_table_and_by_nobody_else(body, state):
    item = make.relayed(body, state)
    people = {f"{role} at home": make.staff(role, make.home()) for role in ROLES}
    people |= {f"{role} at the body": make.staff(role, body) for role in ROLES}
    people["elsewhere"] = make.officer(make.body())
    people["author"] = item.drafted_by
    own = {"author", "mission_officer at the body", "domestic_secretariat at the body"}
    ministry = {"ministry at home", "ministry at the body"}
    home = ministry | {"mission_officer at home", "domestic_secretariat at home"}
    expected = {
        "draft": {"send": own | ministry},
        "sent": {"take_back": own | ministry, "publish": home, "send_back": home},
        "published": {"withdraw": own | home, "distribute": home},
    }[state]

    found = {step: {who for who, user in people.items() if step in names(item, user)} for step in INFORMATION_STEPS}

    assert {step: who for step, who in found.items() if who} == expected


def test_an_urgent_item_is_published_by_a_second_officer_of_the_body(body):
    item, colleague = make.relayed(body, "sent", urgent="내일 시행"), make.officer(body)
    assert names(item, item.drafted_by) == {"take_back"}

    item = relaying.publish(item, by=colleague)

    assert item.published_from == body and item.is_published
    assert names(make.relayed(body, "sent"), colleague) == {"take_back"}


def test_a_decision_leads_on_to_the_item_that_has_waited_longest(client, body):
    officer = make.officer(body)
    items = [make.information(body, is_published=False, drafted_by=officer) for _ in range(2)]
    first, last = (relaying.send(item, by=officer) for item in items)
    client.force_login(make.secretary())
    address = reverse("admin:missions_localinformation_way", args=[last.pk, "publish"])

    done = client.post(address, {"read": "on", "seen": last.fingerprint}, follow=True)

    assert f'<a href="{forms.address(first)}">다음 대기 건: {first}</a>' in done.content.decode()


def test_whoever_edited_an_item_cannot_publish_it(client, body):
    item, editor = make.relayed(body), make.staff("ministry")
    client.force_login(editor)
    assert forms.change(client, forms.address(item), text_ko="고쳐 쓴 글").status_code == 302
    item = relaying.send(LocalInformation.objects.get(pk=item.pk), by=item.drafted_by)

    with pytest.raises(PublicationRefused, match="작성한 사람"):
        relaying.publish(item, by=editor)


def test_whoever_set_up_the_account_of_the_author_cannot_publish(body):
    item, maker = make.relayed(body, "sent"), make.secretary()
    User.history.filter(id=item.drafted_by_id).update(history_user=maker)

    with pytest.raises(PublicationRefused, match=str(maker)):
        relaying.publish(item, by=maker)


def test_words_that_point_to_a_firm_are_neither_sent_nor_published(body):
    item = make.relayed(body, text_ko="바다식품이 겪은 일")
    make.company(make.body(), name_ko="바다식품")
    with pytest.raises(PublicationRefused, match="바다식품"):
        relaying.send(item, by=item.drafted_by)

    sent = make.relayed(body, "sent", text_ko="하늘식품이 겪은 일")
    make.company(make.body(), name_ko="하늘식품")
    with pytest.raises(PublicationRefused, match="하늘식품"):
        relaying.publish(sent, by=make.secretary())
    assert not LocalInformation.objects.published().filter(body=body).exists() and sent.events.count() == 1


def test_what_is_published_is_read_only_but_for_its_missing_english_at_home(client, body):
    item = make.relayed(body, "published", title_en="")
    client.force_login(item.drafted_by)
    assert "title_ko" not in client.get(forms.address(item)).context["adminform"].form.fields
    client.force_login(make.secretary())
    assert set(client.get(forms.address(item)).context["adminform"].form.fields) == {"title_en", "text_en", "note_en"}

    typed = {"title_en": "Z rule", "text_en": "Z text", "title_ko": "바꾼 제목"}
    assert forms.change(client, forms.address(item), **typed).status_code == 302

    item.refresh_from_db()
    assert item.title_en == "Z rule" and item.title_ko != "바꾼 제목"


def test_what_was_withdrawn_is_a_draft_that_its_body_corrects_and_sends_again(client, body):
    item = make.relayed(body, "published")
    item = relaying.withdraw(item, by=item.drafted_by, note="세율이 틀립니다.")

    assert client.get(item.get_absolute_url()).status_code == 404
    item = relaying.publish(relaying.send(item, by=item.drafted_by), by=make.secretary())
    assert client.get(item.get_absolute_url()).status_code == 200


def test_a_page_opened_before_a_change_decides_nothing(client, body):
    item = make.relayed(body, "sent")
    seen = item.fingerprint
    LocalInformation.objects.get(pk=item.pk).save()

    with pytest.raises(PublicationRefused, match="열어 본 뒤"):
        relaying.publish(item, by=make.secretary(), seen=seen)


def test_recipients_are_proposed_by_country_topic_and_sector(body):
    item = make.relayed(body, "published", sector_id="C")
    everything, there, elsewhere, topic, sector, other = (make.recipient() for _ in range(6))
    there.countries.set(["VN", "US"])
    elsewhere.countries.set(["US"])
    topic.topics.set(["customs"])
    topic.countries.set(["VN"])
    sector.sectors.set(["C"])
    other.sectors.set(["A"])
    make.recipient(is_active=False)
    rows = type(everything).objects.to_be_told(item).filter(name__startswith="Z협회")

    assert set(rows) == {everything, there, elsewhere, topic, sector, other}
    assert set(rows.interested_in(item)) == {everything, there, topic, sector}
    item.sector = None
    assert set(rows.interested_in(item)) == {everything, there, topic, sector, other}


def test_an_item_goes_to_a_recipient_once(body):
    item, secretary, recipient = make.relayed(body, "published"), make.secretary(), make.recipient()
    relaying.distribute(item, by=secretary, recipients=[recipient])

    with pytest.raises(PublicationRefused, match="아직 받지 않은"):
        relaying.distribute(item, by=secretary, recipients=[recipient, make.recipient()])
    assert item.distributions.count() == 1


def test_a_receipt_is_recorded_once_and_not_before_the_distribution(body):
    item, secretary = make.relayed(body, "published"), make.secretary()
    relaying.distribute(item, by=secretary, recipients=[make.recipient()])
    row, today = item.distributions.get(), timezone.localdate()

    with pytest.raises(PublicationRefused, match="배포일보다"):
        relaying.receive(item, by=secretary, distribution=row, received_on=today - datetime.timedelta(days=1))
    with pytest.raises(PublicationRefused, match="미래"):
        relaying.receive(item, by=secretary, distribution=row, received_on=today + datetime.timedelta(days=1))
    relaying.receive(item, by=secretary, distribution=row, received_on=today, receipt="회신 전자우편")
    row.refresh_from_db()
    assert (row.received_on, row.receipt) == (today, "회신 전자우편")
    with pytest.raises(PublicationRefused):
        relaying.receive(item, by=secretary, distribution=row, received_on=today)


def test_a_distributed_item_that_was_withdrawn_still_counts_on_its_first_distribution(body):
    item, secretary = make.relayed(body, "published"), make.secretary()
    relaying.distribute(item, by=secretary, recipients=[make.recipient()])
    Distribution.objects.update(at=make.NOON)
    item = relaying.withdraw(LocalInformation.objects.get(pk=item.pk), by=secretary, note="정정")

    assert COUNTERS["information"].rows().get(pk=item.pk).counted_on == make.DAY


def test_the_register_is_open_to_those_who_keep_it_only(client, body):
    recipient = make.recipient(contact="Z담당")
    pages = [reverse("admin:missions_recipient_changelist"), forms.address(recipient)]
    for user, status in ((make.secretary(), [200, 200]), (make.officer(body), [403, 404])):
        client.force_login(user)
        assert [client.get(page).status_code for page in pages] == status


def test_a_recipient_needs_a_name_or_an_organisation(client):
    client.force_login(make.secretary())
    add = reverse("admin:missions_recipient_add")

    refused = client.post(add, forms.opened(client, add) | {"name": "", "email": "z@z.example"})
    assert forms.complaints(refused)
    make.recipient(email="z@z.example")
    refused = client.post(add, forms.opened(client, add) | {"name": "Z협회", "email": "Z@z.example"})
    assert forms.complaints(refused)


def test_an_item_is_not_written_on_a_day_to_come(client, body):
    author = make.officer(body)
    item = make.relayed(body, drafted_by=author)
    client.force_login(author)
    later = (make.today() + datetime.timedelta(days=2)).isoformat()

    assert "작성일은 오늘 이후일 수 없습니다" in forms.text(forms.change(client, forms.address(item), issued_on=later))
    today = today_in(body.time_zone)
    assert forms.change(client, forms.address(item), issued_on=today.isoformat()).status_code == 302
    item.refresh_from_db()
    assert item.issued_on == today
