"""Staff who work on while things are killed around them: each takes difficulties along every step, again and again.

What a server acknowledged is noted. Where no answer came, they look whether it was done, as people do, and do it again
where it was not.
"""

import csv
import datetime
import io
import re
import threading
import time
from collections import Counter

from django.db import DatabaseError, connection
from django.urls import reverse

from missions.models import Difficulty, DifficultyEvent, ImportBatch, PublishedCase, Relay
from tests import make
from tests.drills._desk import Person, Unanswered

PAUSE = 0.3  # seconds before somebody tries again
HEADS = ["업체명", "국가", "애로유형", "제목", "애로내용", "접수일"]
ROWS = 5  # of a list


class Over(Exception):
    """The drill is over."""


class Writer(threading.Thread):
    """One writer with colleagues in three places. ``ledger``: what was acknowledged, each as a tuple."""

    def __init__(self, number, port, cookies_of):
        super().__init__(daemon=True)
        self.number, self.ledger, self.counts, self.failure = number, [], Counter(), None
        self.over, self.may, self.rests = threading.Event(), threading.Event(), threading.Event()
        self.home, self.away = make.body(), make.body()
        self.firm, self.other_firm = make.company(self.home), make.company(self.home)
        self.organisation = make.organisation()
        roles = {
            "holder": ("mission_officer", self.home),
            "colleague": ("mission_officer", self.home),
            "receiver": ("mission_officer", self.away),
            "ministry": ("ministry", None),
            "approver": ("approver", None),
        }
        self.people = {}
        for name, (role, body) in roles.items():
            user = make.staff(role, body, email=f"{name}{number}@drill.example", name=f"{name} {number}")
            self.people[name] = Person(port, user, cookies_of(user))
        self.tours = 0

    def run(self):
        try:
            while True:
                self.tours += 1
                self.tour(f"D{self.number}.{self.tours}")
        except Over:
            pass
        except Exception as failure:  # noqa: BLE001 - whatever it is, the drill tells of it
            self.failure = failure
        finally:
            self.rests.set()
            connection.close()

    def do(self, what, done, act):
        """Do something until it is done, once. ``done`` looks how often it was; ``act`` returns the answer."""
        self.wait()
        before, lost = self.look(done), 0
        while True:
            try:
                answer = act()
            except Unanswered:
                lost += 1
                self.counts["unanswered"] += 1
                self.wait(PAUSE)
            else:
                if answer.acknowledged:
                    self.counts["acknowledged"] += 1
                    self.ledger.append(what)
                    return
                if not lost:
                    said = re.findall(r'<ul class="errorlist.*?</ul>|<h1>.*?</h1>', answer.content.decode(), re.DOTALL)
                    raise AssertionError(f"{what} was refused: {answer.status} {said}")
            if self.look(done) > before:
                self.counts["unanswered, and done"] += 1
                return

    def wait(self, seconds=0.0):
        """Rest while the drill counts; leave when it is over."""
        time.sleep(seconds)
        if not self.may.is_set():
            self.rests.set()
            self.may.wait()
            self.rests.clear()
        if self.over.is_set():
            raise Over

    def look(self, asked):
        """Read the database, as soon as it answers."""
        while True:
            try:
                return asked()
            except DatabaseError:
                connection.close()
                self.wait(PAUSE)

    def tour(self, word):
        """A list comes in, a difficulty takes every step, its text is published, revised and withdrawn."""
        self.bring_list(word)
        made = Difficulty.objects.filter(title=word)
        typed = {"country": "VN", "type": "customs", "title": word, "account": f"{word} 통관", "report_source": "firm"}
        typed |= {"reported_on": "2026-03-02", "company": self.firm.pk}
        page = reverse("admin:missions_difficulty_add")
        self.do(("filed", word), made.count, lambda: self.people["holder"].post(page, typed))
        pk = self.look(made.get).pk
        for number, (who, name, typed, leg) in enumerate(self.steps(pk, word)):
            self.step(pk, who, name, typed() if callable(typed) else typed, leg, f"{word} {number}")
        self.publish(pk, word)

    def steps(self, pk, word):
        """Every step in an order in which each is possible: who, which, what is typed, by which kind of leg."""
        action = {"organisation": self.organisation.pk, "kind": "advice", "done_on": "2026-03-02"}
        other = make.DAY + datetime.timedelta(days=400)
        help_, hand_over, information = ({"to": self.away.pk, "kind": k} for k in ("help", "hand_over", "information"))
        yield "holder", "review", {}, None
        yield "holder", "accept", {"owner": self.people["holder"].user.pk}, None
        yield "holder", "assign", {"owner": self.people["colleague"].user.pk}, None
        yield "holder", "act", action | {"what": "WORD"}, None
        yield "holder", "correct", lambda: action | {"what": "WORD", "record": self.wrong(pk), "reason": "WORD"}, None
        yield "holder", "note", {"text": "WORD", "tell": [self.people["colleague"].user.pk]}, None
        yield "holder", "wait", {"waiting_on": "ministry", "note": "WORD", "until": str(other)}, None
        yield "ministry", "reply", {"text": "WORD"}, None
        yield "holder", "relay", help_ | {"asked": "WORD"}, None
        yield "receiver", "acknowledge", {}, "help"
        yield "receiver", "answer", {"text": "WORD"}, "help"
        yield "holder", "relay", help_ | {"asked": "WORD"}, None
        yield "receiver", "return_leg", {"reason": "WORD"}, "help"
        yield "holder", "relay", information | {"asked": "WORD"}, None
        yield "holder", "recall", {"reason": "WORD"}, "information"
        yield "holder", "again", {"company": self.other_firm.pk, "firm": "", "note": "WORD"}, None
        yield "holder", "code", {"ends": "end"}, None
        yield "holder", "relay", hand_over | {"asked": "WORD"}, None
        yield "receiver", "take_over", {"owner": self.people["receiver"].user.pk}, "hand_over"
        yield "receiver", "close", {"outcome": "advice", "solution": word, "lesson": ""}, None
        yield "receiver", "reopen", {"reason": "WORD"}, None
        yield "receiver", "close", {"outcome": "advice", "solution": word, "lesson": ""}, None
        yield "receiver", "confirm", {"confirmation": "agrees", "note": "WORD"}, None

    def wrong(self, pk):
        """What is to be corrected."""
        return f"action-{self.look(lambda: Difficulty.objects.get(pk=pk).actions.latest('pk').pk)}"

    def step(self, pk, who, name, typed, leg, word):
        """Take a step by its page; its words are told from all others."""
        typed = {key: word if value == "WORD" else value for key, value in typed.items()}
        page = reverse("admin:missions_difficulty_step", args=[pk, name])
        if leg:
            open_ = Relay.objects.filter(difficulty=pk, kind=leg, ended_at=None)
            page += f"?leg={self.look(lambda: open_.latest('pk').pk)}"
        taken = DifficultyEvent.objects.filter(difficulty=pk, step=name)
        said = word if word in typed.values() else ""
        self.do(("step", pk, name, said), taken.count, lambda: self.people[who].post(page, typed))

    def publish(self, pk, word):
        """Write the public text, and take it along every step of publication."""
        writer, approver = self.people["receiver"], self.people["approver"]
        begun = Difficulty.objects.filter(pk=pk).exclude(case_reference="")
        page = reverse("admin:missions_difficulty_change", args=[pk])
        case_page = reverse("admin:missions_difficulty_case", args=[pk])
        self.do(("text", pk), begun.count, lambda: writer.press(page, case_page))
        reference = self.look(lambda: Difficulty.objects.get(pk=pk).case_reference)
        words = {"happened_ko": f"{word} 통관이 늦어졌습니다.", "done_ko": "안내했습니다.", "_submit_for_approval": "1"}

        def move(name, person, **typed):
            case = self.look(lambda: PublishedCase.objects.filter(reference=reference).latest("version"))
            moved = PublishedCase.history.filter(reference=reference, history_change_reason__endswith=f": {name}")
            if name == "revise":
                moved = PublishedCase.objects.filter(reference=reference, version__gt=case.version)
            at = ("change", [case.pk]) if name == "submit" else ("publication", [case.pk, name])
            address = reverse(f"admin:missions_publishedcase_{at[0]}", args=at[1])
            told = f"?seen={case.fingerprint}" if name != "submit" else ""
            what = ("text moved", reference, name, typed.get("remark", ""))
            self.do(what, moved.count, lambda: person.post(address + told, typed))

        move("submit", writer, **words)
        move("take_back", writer, remark=f"{word} back")
        move("submit", writer, **words)
        move("send_back", approver, remark=f"{word} sent")
        move("submit", writer, **words)
        move("approve", approver, read="on")
        move("revise", writer)
        move("submit", writer, **words)
        move("approve", approver, read="on")
        move("withdraw", approver, remark=f"{word} withdrawn")

    def bring_list(self, word):
        """A list of difficulties comes in from a file."""
        text = io.StringIO()
        rows = [[f"㈜{word} {n}", "베트남", "통관", f"{word} 줄 {n}", "서류 보완", "2026-03-02"] for n in range(ROWS)]
        csv.writer(text).writerows([HEADS, *rows])
        person, start = self.people["holder"], reverse("admin:missions_difficulty_import")
        lists = ImportBatch.objects.filter(by=person.user, file_name=f"{word}.csv")
        self.do(("list", word), lists.count, lambda: person.send_file(start, f"{word}.csv", text.getvalue()))
        batch = self.look(lists.get)
        page = reverse("admin:missions_difficulty_import_batch", args=[batch.pk])
        columns = {f"column_{name}": place for name, place in batch.places.items()}
        buttons = {"columns": {"do": "match", **columns}, "checked": {"do": "agree"}}
        while (state := self.look(lists.get).state) != "written":
            typed = buttons.get(state, {"do": "go_on"})
            stood = lists.filter(state=state)
            what = ("list moved", word, typed["do"])
            self.do(what, lambda stood=stood: -stood.count(), lambda typed=typed: person.press(page, page, **typed))
        self.ledger.append(("list written", word))
