"""How notices become mails, what these say, and what becomes of them when servers and addresses fail."""

import datetime

import icalendar
import pytest
from django.core.management import CommandError, call_command
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from missions.difficulties import relays, workflow
from missions.messages import deadlines, outbox
from missions.models import (
    Because,
    Delivery,
    Difficulty,
    Mail,
    MailState,
    Meeting,
    Notice,
    NoticeKind,
    Posting,
    Relay,
    User,
)
from tests import forms, make

pytestmark = pytest.mark.usefixtures("programme")
CANARY = "비밀까치"


def send():
    """Send what is due, however long its pause."""
    Mail.objects.filter(state=MailState.WAITING).update(next_at=timezone.now())
    call_command("send_messages")


def officer(body, address="", **values):
    """A mission officer with an address."""
    person = make.officer(body)
    User.objects.filter(pk=person.pk).update(email=address or f"{person.username}@z.example", **values)
    person.refresh_from_db()
    return person


def relayed_to(*people):
    """A difficulty whose every text is a canary, relayed to the body of some people."""
    here, there = make.body(), Posting.objects.filter(user=people[0]).get().body
    by = make.officer(here)
    firm = make.company(here, name_ko=CANARY, contact=CANARY)
    case = make.difficulty(here, by=by, title=CANARY, account=CANARY, company=firm)
    workflow.accept(case, by=by, owner=by)
    relays.relay(case, by=by, to=there, kind="help", asked=CANARY)
    return case


def test_a_mail_names_reference_step_reason_and_way_in_the_language_of_its_reader_and_no_other_text(post):
    there = make.body()
    korean, english = officer(there), officer(there, language="en")
    case = relayed_to(korean, english)

    send()
    send()

    assert [mail["To"] for mail in post.taken] == [korean.email, english.email]
    in_korean, in_english = post.texts()
    assert f"[업무 화면] {case.reference}: 협조 요청 도착" in in_korean
    assert "협조 요청이 도착했습니다." in in_korean
    assert f"[Staff desk] {case.reference}: Your body is asked for help" in in_english
    assert "이관받은 지원협의체 소속이기 때문입니다." in in_korean
    assert "Because the relay is addressed to your body." in in_english
    link = f"https://desk.example{reverse('admin:missions_difficulty_change', args=[case.pk])}"
    assert all(link in text and CANARY not in text for text in post.texts())
    assert not any(CANARY in mail.as_string() for mail in post.taken)
    assert set(Mail.objects.values_list("state", flat=True)) == {MailState.SENT}


def test_nothing_is_sent_of_what_its_reader_may_not_see_any_more(post):
    person = officer(make.body())
    relayed_to(person)
    Posting.objects.filter(user=person).update(until_on=make.DAY)

    send()

    assert post.taken == []
    assert Mail.objects.get().state == MailState.EMPTY


def test_mails_wait_longer_and_longer_while_the_server_is_down_and_go_once_when_it_is_back(post):
    people = [officer(body) for body in [make.body()] * 3]
    relayed_to(*people)
    post.stop()
    pauses = []
    for _ in range(6):
        send()
        pauses += [
            round((mail.next_at - timezone.now()).total_seconds() / 60) for mail in Mail.objects.order_by("pk")[:1]
        ]
        assert set(Mail.objects.values_list("state", flat=True)) == {MailState.WAITING}
    assert pauses == [1, 5, 15, 30, 60, 60]
    assert "refused" in Mail.objects.first().reason.lower()
    call_command("send_messages")  # in the pause nothing is tried
    assert set(Mail.objects.values_list("tries", flat=True)) == {6}

    post.start()
    send()
    send()

    assert sorted(mail["To"] for mail in post.taken) == sorted(person.email for person in people)


def test_an_address_that_bounces_ends_as_a_dead_letter_with_the_servers_words(client, post):
    there = make.body()
    person, other = officer(there, "nobody@z.example"), officer(there)
    relayed_to(person)

    send()
    send()

    assert [mail["To"] for mail in post.taken] == [other.email]
    dead = Mail.objects.get(reader=person)
    assert (dead.state, dead.reason, dead.tries) == (MailState.REFUSED, "550 5.1.1 no such mailbox", 1)
    client.force_login(person)
    assert "5.1.1 no such mailbox" in client.get(reverse("admin:messages")).content.decode()
    page = reverse("admin:messages_mails")
    assert client.get(page).status_code == client.post(page, {"mail": dead.pk, "again": ""}).status_code == 403
    client.force_login(make.staff(is_superuser=True))
    assert "nobody@z.example" in client.get(page).content.decode()
    User.objects.filter(pk=person.pk).update(email="right@z.example")
    client.post(page, {"mail": [dead.pk, "x"], "again": ""})
    send()
    assert post.taken[-1]["To"] == "right@z.example"
    assert "nobody@z.example" not in client.get(page).content.decode()


def test_a_server_that_says_not_now_is_asked_again_and_not_for_ever(post):
    person = officer(make.body(), "busy@z.example")
    relayed_to(person)

    for tries in range(1, 8):
        send()
        mail = Mail.objects.get()
        assert (mail.state, mail.tries) == (MailState.WAITING, tries)
    send()

    assert Mail.objects.get().state == MailState.REFUSED
    assert "451" in Mail.objects.get().reason


def test_a_server_lost_before_the_mail_is_asked_again_and_one_lost_in_it_is_not(client, post):
    before, within = officer(make.body(), "gone@z.example"), officer(make.body(), "lost@z.example")
    relayed_to(within)
    send()
    relayed_to(before)
    send()
    User.objects.filter(pk=before.pk).update(email="there@z.example")
    send()
    send()

    assert [mail["To"] for mail in post.taken] == ["lost@z.example", "there@z.example"]
    assert Mail.objects.get(reader=within).state == MailState.UNCERTAIN
    client.force_login(make.staff(is_superuser=True))
    page = reverse("admin:messages_mails")
    assert "발송 여부 불확실" in client.get(page).content.decode()
    client.post(page, {"mail": Mail.objects.get(reader=within).pk, "away": ""})
    assert "발송 여부 불확실" not in client.get(page).content.decode().partition("<table")[2]


ZONES = ["America/Los_Angeles", "Asia/Ho_Chi_Minh"]
MORNINGS = {  # 08:00 there in UTC: before and after the clocks change in Los Angeles, on 8 March and 1 November 2026
    ("America/Los_Angeles", (2026, 3, 7)): 16,
    ("America/Los_Angeles", (2026, 3, 8)): 15,
    ("America/Los_Angeles", (2026, 10, 31)): 15,
    ("America/Los_Angeles", (2026, 11, 1)): 16,
    ("Asia/Ho_Chi_Minh", (2026, 3, 8)): 1,
    ("Asia/Ho_Chi_Minh", (2026, 11, 1)): 1,
}


@pytest.mark.parametrize(("place", "hour"), MORNINGS.items(), ids=str)
def test_a_digest_is_made_at_eight_in_the_morning_where_its_reader_works(post, place, hour):
    zone, day = place
    person = officer(make.body(mission=make.mission(time_zone=zone)))
    eight = datetime.datetime(*day, hour, tzinfo=datetime.UTC)
    case = make.difficulty(Posting.objects.get(user=person).body)
    row = {"reader": person, "kind": "answered", "step": "answer", "because": "sender", "model": "difficulty"}
    row |= {"record": case.pk, "delivery": Delivery.DIGEST}
    for number, hours in enumerate([3, 2, 1]):
        Notice.objects.create(event=f"z{number}", at=eight - datetime.timedelta(hours=hours), **row)
    Notice.objects.create(event="z9", at=eight + datetime.timedelta(seconds=1), **row)

    outbox.pack(eight - datetime.timedelta(minutes=1))
    assert not Mail.objects.exists()
    for late in (0, 1, 60):
        outbox.pack(eight + datetime.timedelta(minutes=late))

    mail = Mail.objects.get()
    assert (mail.digest_on, mail.notices.count()) == (datetime.date(*day), 3)
    send()  # the one of the second after goes with the next morning
    first, second = sorted(post.texts(), key=len, reverse=True)
    assert "알림 3건" in first
    assert (first.count(case.reference), second.count(case.reference)) == (3, 1)


def test_a_meeting_comes_with_an_entry_for_the_calendar_that_calling_it_off_takes_away(client, post):
    here = make.body(mission=make.mission(time_zone="America/Los_Angeles"))
    by, reader = make.officer(here), officer(here)
    client.force_login(by)
    add = reverse("admin:missions_meeting_add")
    day = make.tomorrow() + datetime.timedelta(days=20)
    typed = {"body": here.pk, "kind": "regular", "number": "3", "status": "planned", "label_ko": CANARY}
    typed |= {"held_on": str(day), "held_precision": "day", "venue_ko": CANARY}
    typed |= {"starts_at": f"{day} 14:00"}
    client.post(add, forms.opened(client, add) | typed)
    meeting = Meeting.objects.get(body=here)
    send()
    change = reverse("admin:missions_meeting_change", args=[meeting.pk])
    client.post(change, forms.opened(client, change) | {"status": "cancelled"})
    send()

    entries = []
    for mail in post.taken:
        (part,) = mail.iter_attachments()
        calendar = icalendar.Calendar.from_ical(part.get_content())
        (event,) = calendar.walk("vevent")
        assert part["Content-Type"].params["method"] == calendar["method"]
        entries.append((str(calendar["method"]), str(event["status"]), str(event["uid"]), int(event["sequence"])))
        assert event["dtstart"].dt == meeting.starts_at
        assert f"mailto:{reader.email}" in str(event["attendee"])
        assert CANARY not in mail.as_string() + part.get_content()
    from_public = client.get(f"/ko/meetings/{meeting.key}.ics")
    (first, second) = entries
    assert first[:2] == ("REQUEST", "CONFIRMED")
    assert second[:2] == ("CANCEL", "CANCELLED")
    assert first[2] == second[2] == f"meeting-{meeting.key}@sme-missions-portal"
    assert second[3] >= first[3]
    assert from_public.status_code == 404  # it is not published


def test_a_relay_is_late_the_day_after_its_last_day_where_its_receiver_is_and_told_of_once(db):
    there = make.body()
    person = officer(there)
    case = relayed_to(person)
    leg = Relay.objects.get(difficulty=case)
    Notice.objects.all().delete()
    noon = datetime.datetime.combine(leg.acknowledge_by, datetime.time(5), datetime.UTC)  # in Hanoi

    deadlines.tell(noon)
    assert not Notice.objects.exists()
    for days in (1, 1, 2, 5):
        deadlines.tell(noon + datetime.timedelta(days=days))

    late = Notice.objects.filter(kind=NoticeKind.LATE, event__startswith="late:relay")
    assert {(row.reader, row.step, row.because) for row in late} == {
        (person, "acknowledge", Because.RECEIVER),
        (case.filed_by, "unacknowledged", Because.SENDER),
    }
    assert not Notice.objects.filter(event__startswith="late:difficulty").exists()  # its holder still has time
    relays.acknowledge(leg, by=person)
    after = datetime.datetime.combine(leg.answer_by, datetime.time(5), datetime.UTC) + datetime.timedelta(days=1)
    deadlines.tell(after)
    assert set(late.values_list("step", flat=True)) == {"acknowledge", "unacknowledged", "respond", "unanswered"}


def test_a_due_day_that_passed_is_told_to_the_owner_and_a_posting_that_ends_to_its_person_and_colleagues(db):
    here = make.body()
    owner, colleague = make.officer(here), make.officer(here)
    case = make.difficulty(here, by=owner)
    other = make.difficulty(here, by=owner)
    workflow.accept(case, by=owner, owner=owner)
    yesterday = make.today() - datetime.timedelta(days=1)
    Difficulty.objects.filter(pk__in=[case.pk, other.pk]).update(due_on=yesterday)
    Posting.objects.filter(user=owner).update(until_on=make.today() + datetime.timedelta(days=14))

    for _ in range(2):
        deadlines.tell()

    late = Notice.objects.filter(kind=NoticeKind.LATE)
    assert {(row.record, row.reader, row.because) for row in late} == {
        (case.pk, owner, Because.OWNER),
        (other.pk, owner, Because.HOLDER),
        (other.pk, colleague, Because.HOLDER),
    }
    ends = Notice.objects.filter(kind=NoticeKind.POSTING_ENDS)
    assert {(row.reader, row.step) for row in ends} == {(owner, "own"), (colleague, "colleague")}
    Posting.objects.filter(user=owner).update(until_on=F("until_on") + datetime.timedelta(days=1))
    deadlines.tell()
    assert ends.count() == 2


def test_without_the_address_of_the_desk_nothing_is_sent(settings, post):
    settings.DESK_ADDRESS = ""
    relayed_to(officer(make.body()))
    with pytest.raises(CommandError, match="DESK_ADDRESS"):
        call_command("send_messages")
    assert post.taken == []


def test_the_mails_of_a_development_machine_are_files_that_the_desk_shows_to_their_reader(client, settings, tmp_path):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH, settings.DESK_ADDRESS = tmp_path, "https://desk.example"
    there = make.body()
    person, colleague = officer(there), officer(there)
    case = relayed_to(person)
    send()
    client.force_login(person)
    page = reverse("admin:messages_mails")
    assert client.get(page).status_code == 403
    settings.DEBUG = True

    shown = client.get(page).content.decode()

    assert shown.count(f"{case.reference}: 협조 요청 도착") == 1
    assert colleague.email not in shown


def test_a_mail_that_a_killed_sender_had_in_hand_is_not_sent_by_another(post):
    person = officer(make.body())
    relayed_to(person)
    outbox.pack()
    claimed = outbox.claim()

    send()
    assert Mail.objects.get().state == MailState.SENDING
    Mail.objects.update(claimed_at=F("claimed_at") - outbox.STALE)
    send()

    assert Mail.objects.get().state == MailState.UNCERTAIN
    assert post.taken == []
    outbox.sent(claimed)  # it was slow and not dead, but others have decided
    assert Mail.objects.get().state == MailState.UNCERTAIN
    assert Notice.objects.visible_to(person).unread().count() == 1


def test_what_was_read_more_than_a_year_ago_goes_and_what_was_not_stays(post):
    reads, leaves = officer(make.body()), officer(make.body())
    relayed_to(reads)
    relayed_to(leaves)
    send()
    Notice.objects.visible_to(reads).update(read_at=timezone.now())
    soon, later = (timezone.now() + datetime.timedelta(days=days) for days in (364, 366))

    outbox.clear(soon)
    assert Notice.objects.count() == Mail.objects.count() == 2
    outbox.clear(later)

    assert Notice.objects.get().reader == Mail.objects.get().reader == leaves
