"""Who is told of what others did, why, and where it leads."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from missions.difficulties import closing, progress, relays, workflow
from missions.messages import mails, of_files
from missions.messages.notices import notify
from missions.models import Because, Delivery, DeliveryChoice, Mail, Meeting, Notice, NoticeKind, Posting, User
from missions.publication import information as relaying
from missions.publication import privacy
from missions.publication import workflow as publishing
from tests import forms, make

pytestmark = pytest.mark.usefixtures("programme")


def told(user):
    """What a person was told: steps and reasons, in the order of time."""
    return [(row.step, row.because) for row in Notice.objects.visible_to(user).order_by("pk")]


@pytest.fixture
def people(db):
    """Two officers at each of two bodies, one of a third, one of the ministry, an approver and an outsider."""
    here, there, third = make.body(), make.body(), make.body()
    found = {name: make.officer(body) for name, body in zip("abcde", [here, here, there, there, third], strict=True)}
    found |= {"ministry": make.staff("ministry"), "approver": make.staff("approver")}
    found |= {
        "outsider": make.officer(make.body()),
        "root": make.staff(is_superuser=True),
        "auditor": make.staff("auditor"),
    }
    return here, there, third, found


def test_a_whole_life_tells_each_person_what_others_did_and_why_and_nobody_of_own_acts(client, people):
    here, there, third, who = people
    a, b, c, d, e = (who[name] for name in "abcde")
    case = make.difficulty(here, by=a)
    workflow.accept(case, by=a, owner=b)  # b: accept
    leg = relays.relay(case, by=b, to=there, kind="help", asked="문의합니다.")  # c, d: relay help
    relays.acknowledge(leg, by=c)
    relays.answer(leg, by=c, text="회신합니다.")  # b: answer
    leg = relays.relay(case, by=a, to=third, kind="hand_over", asked="인수 바랍니다.")  # e: relay hand_over
    relays.return_leg(leg, by=e, reason="관할이 아닙니다.")  # a and b: return
    leg = relays.relay(case, by=a, to=there, kind="hand_over", asked="인수 바랍니다.")  # c, d
    relays.recall(leg, by=a, reason="잘못 보냈습니다.")  # c, d: recall
    leg = relays.relay(case, by=a, to=there, kind="hand_over", asked="인수 바랍니다.")  # c, d
    relays.take_over(leg, by=c, owner=d)  # a, b: take_over; d: owner
    case.refresh_from_db()
    until = make.tomorrow() + datetime.timedelta(days=5)
    progress.wait(case, by=d, waiting_on="ministry", until=until, note="부처 의견")  # ministry: wait
    progress.reply(case, by=who["ministry"], text="의견입니다.")  # d: reply
    workflow.assign(case, by=d, owner=c)  # c: assign
    closing.close(case, by=c, outcome="advice", solution="안내했습니다.")
    case.refresh_from_db()
    closing.reopen(case, by=d, reason="더 알아봅니다.")  # c: reopen
    closing.close(case, by=c, outcome="advice", solution="안내했습니다.")
    case.refresh_from_db()
    text = publishing.begin_from(case, by=c)
    text.happened_ko = text.done_ko = "통관이 늦어졌습니다."
    text.save()
    text = publishing.submit(text, by=c)  # approver and ministry: submit
    text = publishing.send_back(text, by=who["approver"], remark="고쳐 주십시오.")  # c: send_back
    text = publishing.submit(text, by=c)
    publishing.approve(text, by=who["approver"], checked=privacy.fingerprint(privacy.findings(text)))  # c: approve

    sender, receiver, owner = Because.SENDER, Because.RECEIVER, Because.OWNER
    assert told(a) == [("return_leg", sender), ("take_over", sender), *[("close handed", sender)] * 2]
    assert told(b) == [("accept", owner), ("answer", sender), ("return_leg", sender)]
    to_them = [("relay hand_over", receiver), ("recall", receiver), ("relay hand_over", receiver)]
    both = [("relay help", receiver), *to_them]
    author = [("send_back", Because.AUTHOR), ("approve", Because.AUTHOR)]
    assert told(c) == [*both, ("assign", owner), ("reopen", owner), *author]
    assert told(d) == [*both, ("take_over", owner), ("reply", owner)]
    assert told(e) == [("relay hand_over", receiver)]
    assert told(who["approver"]) == [("submit", Because.APPROVER)] * 2
    assert told(who["ministry"]) == [("wait", Because.MINISTRY), *[("submit", Because.APPROVER)] * 2]
    assert [told(who[name]) for name in ("outsider", "root", "auditor")] == [[], [], []]

    client.force_login(d)
    page = client.get(reverse("admin:messages")).content.decode()
    assert page.count(case.reference) >= len(told(d))
    assert reverse("admin:missions_difficulty_change", args=[case.pk]) in page
    assert "담당자이기 때문" in page
    assert "문의합니다." not in page


def test_a_notice_is_read_by_its_reader_alone_one_by_one_or_all_that_were_on_the_page(client, people):
    here, there, _third, who = people
    case = make.difficulty(here, by=who["a"])
    workflow.accept(case, by=who["a"], owner=who["a"])
    for _ in range(3):
        relays.relay(case, by=who["a"], to=there, kind="information", asked="참고 바랍니다.")
    address = reverse("admin:messages")
    client.force_login(who["c"])
    front = client.get(reverse("admin:index")).content.decode()
    assert '<span class="count">3<' in front
    first, second, third = Notice.objects.visible_to(who["c"]).order_by("pk")
    of_another = Notice.objects.visible_to(who["d"]).latest("pk")

    client.post(address, {"notice": of_another.pk})
    assert client.get(address).status_code == 200  # to look is not to have read
    client.post(address, {"notice": first.pk})
    client.post(address, {"until": second.pk})
    client.post(address, {"until": "x", "notice": "9" * 30})

    unread = Notice.objects.unread()
    assert list(unread.visible_to(who["c"])) == [third]
    assert unread.visible_to(who["d"]).count() == 3
    assert client.get(f"{address}?unread=1&kind=arrived").content.decode().count('class="unread"') == 1
    assert "조건에 맞는 알림" in client.get(f"{address}?kind=meeting&p=x").content.decode()


def test_a_record_that_is_out_of_sight_is_neither_named_nor_linked(client, people):
    here, there, _third, who = people
    case = make.difficulty(here, by=who["a"])
    workflow.accept(case, by=who["a"], owner=who["a"])
    relays.relay(case, by=who["a"], to=there, kind="information", asked="참고 바랍니다.")
    client.force_login(who["c"])
    assert case.reference in client.get(reverse("admin:messages")).content.decode()

    Posting.objects.filter(user=who["c"]).update(until_on=make.DAY)

    page = client.get(reverse("admin:messages")).content.decode()
    assert case.reference not in page
    assert reverse("admin:missions_difficulty_change", args=[case.pk]) not in page
    assert "열람할 수 없는" in page


def test_nobody_is_told_of_what_they_may_not_see_nor_twice_of_one_thing(people):
    here, _there, _third, who = people
    case = make.difficulty(here, by=who["a"])
    closed = make.officer(here)
    User.objects.filter(pk=closed.pk).update(is_active=False)
    mention = {"by": who["a"], "because": Because.MENTIONED, "event": "mention:1", "step": "note"}

    for _ in range(2):
        everybody = User.objects.filter(is_staff=True)
        notify(NoticeKind.MENTIONED, case, everybody, **mention)

    seeing = {who["b"], who["ministry"], who["approver"], who["root"], who["auditor"]}
    rows = Notice.objects.filter(event="mention:1")
    assert {row.reader for row in rows} == seeing
    assert len(rows) == len(seeing)


def test_local_information_tells_those_at_home_then_its_author(people):
    here, _there, _third, who = people
    secretary, colleague = make.secretary(), make.secretary()
    item = make.relayed(here, drafted_by=who["a"])
    item = relaying.send(item, by=who["a"])
    item = relaying.send_back(item, by=secretary, note="근거를 적어 주십시오.")
    item = relaying.send(item, by=who["a"], urgent="내일부터 시행")
    relaying.publish(item, by=secretary)

    sent = ("send", Because.HOME)
    assert told(secretary) == told(colleague) == [sent, sent]
    assert told(who["b"]) == [("send", Because.SECOND)]
    assert told(who["a"]) == [("send_back", Because.AUTHOR), ("publish", Because.AUTHOR)]
    assert told(who["ministry"]) == []


def test_a_meeting_is_announced_moved_and_called_off_to_those_posted_to_its_body(client, people):
    here, _there, _third, who = people
    client.force_login(who["a"])
    add = reverse("admin:missions_meeting_add")
    day = make.tomorrow() + datetime.timedelta(days=20)
    typed = {"body": here.pk, "kind": "regular", "number": "3", "status": "planned"}
    typed |= {"held_on": str(day), "held_precision": "day"}
    client.post(add, forms.opened(client, add) | typed)
    meeting = Meeting.objects.get(body=here)
    change = reverse("admin:missions_meeting_change", args=[meeting.pk])

    def save(**values):
        return client.post(change, forms.opened(client, change) | values)

    save(venue_ko="회의실")
    save(held_on=str(day + datetime.timedelta(days=1)))
    save(status="cancelled")
    save(venue_ko="다른 회의실")

    posted = Because.POSTED
    assert told(who["b"]) == [("announced", posted), ("moved", posted), ("cancelled", posted)]
    assert Notice.objects.visible_to(who["b"]).latest("pk").day_on == day + datetime.timedelta(days=1)
    assert [told(who[name]) for name in "ac"] == [[], []]


def test_a_meeting_that_is_deleted_is_told_to_those_who_were_told_of_it(client, people):
    here, _there, _third, who = people
    User.objects.filter(pk=who["b"].pk).update(email="b@z.example")
    client.force_login(who["a"])
    add = reverse("admin:missions_meeting_add")
    typed = {"body": here.pk, "kind": "regular", "number": "3", "status": "planned", "held_precision": "day"}
    client.post(add, forms.opened(client, add) | typed | {"held_on": str(make.tomorrow())})
    meeting = Meeting.objects.get(body=here)
    late = make.officer(here)
    client.force_login(who["root"])

    client.post(reverse("admin:missions_meeting_delete", args=[meeting.pk]), {"post": "yes"})

    assert not Meeting.objects.filter(body=here).exists()
    assert told(who["b"]) == [("announced", Because.POSTED), ("deleted", Because.TOLD)]
    assert [told(user) for user in (who["a"], who["c"], late)] == [[], [], []]
    notice = Notice.objects.unread().get(reader=who["b"])
    assert (notice.kind, notice.delivery, notice.day_on) == ("called_off", "at_once", make.tomorrow())
    client.force_login(who["b"])
    page = client.get(reverse("admin:messages")).content.decode()
    assert f'<a href="{reverse("admin:missions_meeting_changelist")}">' in page and "삭제되었습니다" in page
    assert "제3차" in page
    notice.mail = Mail.objects.create(reader=notice.reader)
    notice.save()
    mail = mails.compose(notice.mail)
    assert f"{here.code} · 제3차 정기회의" in mail.subject and "METHOD:CANCEL" in mail.attachments[0].content
    assert f"UID:meeting-{meeting.key}@" in mail.attachments[0].content
    who["b"].postings.all().delete()
    assert "제3차" not in client.get(reverse("admin:messages")).content.decode()


def test_a_virus_in_a_file_is_told_to_who_added_it_and_to_who_works_on_the_difficulty(people):
    here, there, _third, who = people
    case = workflow.accept(make.difficulty(here, by=who["a"]), by=who["a"], owner=who["b"])
    file = make.attachment(difficulty=case, added_by=who["c"])
    relays.relay(case, by=who["b"], to=there, kind="help", asked="문의합니다.")
    of_files.tell(file)
    of_files.tell(file)

    infected = {name: told(user)[-1:] for name, user in who.items()}
    assert infected.pop("b") == [("infected", Because.OWNER)]
    assert infected.pop("c") == [("infected", Because.ADDED)]
    assert not any(step == ("infected", Because.OWNER) for steps in infected.values() for step in steps)
    of_meeting = make.attachment(meeting=make.meeting(here), added_by=who["a"])
    User.objects.filter(pk=who["a"].pk).update(is_active=False)
    of_meeting.refresh_from_db()
    of_files.tell(of_meeting)
    assert told(who["b"])[-1] == ("infected", Because.POSTED)


def test_whoever_opens_a_record_has_read_what_they_were_told_of_it(client, people):
    here, there, _third, who = people
    User.objects.filter(pk=who["b"].pk).update(email="b@z.example")
    first, second = (workflow.accept(make.difficulty(here, by=who["a"]), by=who["a"], owner=who["b"]) for _ in "12")
    leg = relays.relay(first, by=who["b"], to=there, kind="help", asked="문의합니다.")
    relays.answer(leg, by=who["c"], text="회신합니다.")
    relays.relay(second, by=who["b"], to=there, kind="information", asked="참고 바랍니다.")
    client.force_login(who["b"])
    assert Notice.objects.unsent(Delivery.DIGEST).filter(reader=who["b"]).count() == 1

    page = client.get(reverse("admin:missions_difficulty_change", args=[first.pk])).content.decode()

    assert '<span class="count">1<' in page, "the page says how many are left"
    assert [row.record for row in Notice.objects.visible_to(who["b"]).unread()] == [second.pk]
    assert not Notice.objects.unsent(Delivery.DIGEST).exists(), "what is read needs no mail in the morning"
    client.force_login(who["c"])
    assert client.get(reverse("admin:missions_difficulty_change", args=[second.pk])).status_code == 200
    assert [Notice.objects.unread().filter(reader=who[name]).count() for name in "cd"] == [0, 1]


def test_an_owner_is_told_that_others_closed_the_difficulty_or_took_it(people):
    here, _there, _third, who = people
    case = workflow.accept(make.difficulty(here, by=who["a"]), by=who["a"], owner=who["b"])
    workflow.assign(case, by=who["a"], owner=who["a"])
    case.refresh_from_db()
    closing.close(case, by=who["b"], outcome="advice", solution="안내했습니다.")

    assert told(who["b"]) == [("accept", Because.OWNER), ("unassign", Because.FORMER)]
    assert told(who["a"]) == [("close", Because.OWNER)]


def test_whoever_helped_is_told_how_it_ended_and_who_gave_it_back_only_read_or_lost_it_is_not(people):
    here, there, third, who = people
    case = workflow.accept(make.difficulty(here, by=who["a"]), by=who["a"], owner=who["a"])
    helped = relays.relay(case, by=who["a"], to=there, kind="help", asked="문의합니다.")
    relays.answer(helped, by=who["c"], text="회신합니다.")
    returned = relays.relay(case, by=who["a"], to=third, kind="help", asked="문의합니다.")
    relays.return_leg(returned, by=who["e"], reason="관할이 아닙니다.")
    read = relays.relay(case, by=who["a"], to=third, kind="information", asked="참고 바랍니다.")
    relays.acknowledge(read, by=who["e"])
    recalled = relays.relay(case, by=who["a"], to=third, kind="help", asked="문의합니다.")
    relays.recall(recalled, by=who["a"], reason="잘못 보냈습니다.")
    case.refresh_from_db()
    closing.close(case, by=who["a"], outcome="advice", solution="안내했습니다.")

    assert told(who["c"])[-1] == ("close helped", Because.RECEIVER)
    assert all(step != "close helped" for name in "abde" for step, _because in told(who[name]))


def test_what_nobody_has_to_do_any_more_counts_as_read_and_goes_into_no_mail(people):
    here, there, _third, who = people
    User.objects.filter(pk=who["approver"].pk).update(email="approver@z.example")
    case = workflow.accept(make.difficulty(here, by=who["a"]), by=who["a"], owner=who["a"])
    User.objects.filter(pk=who["d"].pk).update(email="d@z.example")
    recalled = relays.relay(case, by=who["a"], to=there, kind="help", asked="문의합니다.")
    Notice.objects.filter(reader=who["d"]).mark_read()
    assert Notice.objects.unsent(Delivery.AT_ONCE).filter(reader=who["d"], step="relay help").exists()
    relays.relay(case, by=who["a"], to=there, kind="information", asked="참고 바랍니다.")
    relays.recall(recalled, by=who["a"], reason="잘못 보냈습니다.")
    unread = Notice.objects.unread().filter(reader=who["c"]).order_by("pk")
    assert [row.step for row in unread] == ["relay information", "recall"]
    assert not Notice.objects.unsent(Delivery.AT_ONCE).filter(reader=who["d"], step="relay help").exists()

    text = make.case(here, "submitted")
    assert Notice.objects.unsent(Delivery.DIGEST).filter(reader=who["approver"]).count() == 1
    publishing.send_back(text, by=who["ministry"], remark="고쳐 주십시오.")
    assert not Notice.objects.unread().filter(reader=who["approver"]).exists()
    assert not Notice.objects.unsent(Delivery.DIGEST).filter(reader=who["approver"]).exists()


def test_how_a_kind_is_delivered_is_each_persons_own_choice(client, people):
    here, there, _third, who = people
    User.objects.filter(pk__in=[who["c"].pk, who["d"].pk]).update(email="z@z.example")
    client.force_login(who["c"])
    address = reverse("admin:messages_delivery")
    client.post(address, forms.opened(client, address) | {"arrived": "digest", "answered": "desk"})
    refused = client.post(address, {"arrived": "by pigeon"}).content.decode()
    assert "errorlist" in refused
    assert DeliveryChoice.objects.filter(user=who["c"]).count() == len(NoticeKind)

    case = make.difficulty(here, by=who["a"])
    workflow.accept(case, by=who["a"], owner=who["a"])
    relays.relay(case, by=who["a"], to=there, kind="information", asked="참고 바랍니다.")

    chosen = {row.reader: row.delivery for row in Notice.objects.filter(kind="arrived")}
    assert chosen == {who["c"]: Delivery.DIGEST, who["d"]: Delivery.AT_ONCE}


def test_the_list_asks_no_more_however_long_it_is(client, people):
    here, there, _third, who = people
    client.force_login(who["c"])
    address = reverse("admin:messages")

    def cost(cases):
        for _ in range(cases):
            case = make.difficulty(here, by=who["a"])
            workflow.accept(case, by=who["a"], owner=who["a"])
            relays.relay(case, by=who["a"], to=there, kind="help", asked="문의합니다.")
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    cost(1)
    assert cost(1) == cost(5) <= 14
