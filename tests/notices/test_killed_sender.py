"""Senders that are killed while they send: nobody is told twice, and nothing is lost without a word."""

import datetime
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.utils import timezone

from missions.messages import outbox
from missions.models import Delivery, Mail, MailState, Notice, Posting, User
from tests import make

ROOT = Path(__file__).parents[2]
READERS, IN_DIGEST, AT_ONCE = 100, 99, 100  # 10,000 notices in 200 mails
KILLED_AFTER = [30, 80]  # mails that the server has taken
SENDERS = 2
PATIENCE = 120  # seconds


def many():
    """Write the notices of yesterday."""
    body = make.body()
    case = make.difficulty(body)
    people = [User(username=f"reader{n}", email=f"reader{n}@z.example", is_staff=True) for n in range(READERS)]
    people = User.objects.bulk_create(people)
    role = Group.objects.get(name="mission_officer")
    User.groups.through.objects.bulk_create(User.groups.through(user=one, group=role) for one in people)
    Posting.objects.bulk_create(Posting(user=one, body=body, since_on=make.DAY) for one in people)
    at = timezone.now() - datetime.timedelta(days=1, hours=1)
    row = {
        "kind": "answered",
        "step": "answer",
        "because": "sender",
        "model": "difficulty",
        "record": case.pk,
        "at": at,
    }
    Notice.objects.bulk_create(
        Notice(reader=one, event=f"z{number}", delivery=Delivery.DIGEST, **row)
        for one in people
        for number in range(IN_DIGEST)
    )
    Notice.objects.bulk_create(
        Notice(reader=people[number % READERS], event=f"once{number}", delivery=Delivery.AT_ONCE, **row)
        for number in range(AT_ONCE)
    )


def start(post):
    """A sender of its own process on this database."""
    named = connection.settings_dict
    url = f"postgres://{named['USER']}:{named['PASSWORD']}@{named['HOST']}:{named['PORT']}/{named['NAME']}"
    given = {"DATABASE_URL": url, "EMAIL_URL": f"smtp://127.0.0.1:{post.port}", "DESK_ADDRESS": "https://desk.example"}
    given |= {"SECRET_KEY": "x" * 50, "ALLOWED_HOSTS": "desk.example", "FACE": "staff", "DEBUG": "0"}
    given["DJANGO_SETTINGS_MODULE"] = "portal.settings"
    return subprocess.Popen([sys.executable, "manage.py", "send_messages"], cwd=ROOT, env=os.environ | given)


def wait(condition, senders):
    """Wait until something holds, or no sender is at work any more."""
    until = time.monotonic() + PATIENCE
    while not condition() and any(one.poll() is None for one in senders) and time.monotonic() < until:
        time.sleep(0.005)


@pytest.mark.postgresql
def test_ten_thousand_notices_reach_their_readers_once_though_senders_are_killed(transactional_db, post):
    many()
    outbox.pack()
    for taken in KILLED_AFTER:
        senders = [start(post) for _ in range(SENDERS)]
        wait(lambda taken=taken: len(post.taken) >= taken, senders)
        for one in senders:
            one.send_signal(signal.SIGKILL)
            one.wait()
        assert taken <= len(post.taken) < READERS + AT_ONCE
    early = datetime.timedelta(hours=1)
    Mail.objects.filter(state=MailState.SENDING).update(claimed_at=timezone.now() - early)  # as after a while
    last = [start(post) for _ in range(SENDERS)]
    wait(lambda: False, last)
    assert [one.returncode for one in last] == [0] * SENDERS

    taken = Counter(mail["Message-ID"] for mail in post.taken)
    ends = Counter(Mail.objects.values_list("state", flat=True))
    assert max(taken.values()) == 1
    assert ends[MailState.SENT] + ends[MailState.UNCERTAIN] == READERS + AT_ONCE == sum(ends.values())
    assert ends[MailState.UNCERTAIN] <= SENDERS * len(KILLED_AFTER)
    assert Notice.objects.exclude(mail=None).count() == READERS * IN_DIGEST + AT_ONCE == 10_000
    assert ends[MailState.SENT] <= len(taken) <= READERS + AT_ONCE
    told = sum(text.count("https://desk.example/admin/missions/difficulty/") for text in post.texts())
    unsure = Notice.objects.filter(mail__state=MailState.UNCERTAIN).count()
    assert 10_000 - unsure <= told <= 10_000
