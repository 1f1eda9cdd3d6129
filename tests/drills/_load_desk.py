"""Members of staff at the desk: each looks at the front page, lists, a search and a record, and writes a note."""

import html
import http.client
import random
import re
import statistics
import threading
import time
from collections import Counter
from urllib.parse import quote, urlencode

from tests.bench.serving import HOST

LIST = "/admin/missions/difficulty/"
PAUSE = 5  # seconds between two pages of one person, on the average
RECORD = re.compile(r'href="(/admin/missions/difficulty/\d+/)change/')
HIDDEN = re.compile(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"')
CSRF = "__Host-csrftoken"
SAID = re.compile(r'class="(?:errornote|errorlist nonfield)"[^>]*>\s*(?:<li>)?\s*([^<\s][^<]*)')  # why it was refused
QUICKER = "화면을 연 뒤 그사이 다른 처리가 있었습니다"  # one wins, the other is told


class Desk:
    """Works as long as the block lasts; then tells what came of it."""

    def __init__(self, port, sessions):
        self.is_over = threading.Event()
        self.people = [Person(port, session, self.is_over) for session in sessions]
        self.threads = [threading.Thread(target=person.work) for person in self.people]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.is_over.set()
        for thread in self.threads:
            thread.join()

    def told(self, seconds):
        """Answers a second, p50 and p99 in milliseconds, and errors."""
        took = [moment for person in self.people for moment in person.took]
        cuts = statistics.quantiles(took, n=100)
        return len(took) / seconds, cuts[49], cuts[98], self.errors.total()

    @property
    def errors(self):
        """What went wrong, how often."""
        return sum((person.errors for person in self.people), Counter())

    @property
    def told_first(self):
        """How many notes were refused because somebody else was quicker, which is as it should be."""
        return sum(person.told_first for person in self.people)

    @property
    def notes(self):
        """How many notes were written."""
        return sum(person.notes for person in self.people)


class Person:
    """One of them, with a browser that keeps its cookies."""

    def __init__(self, port, session, is_over):
        self.port, self.is_over = port, is_over
        self.cookies, self.took, self.errors = {"sessionid": session}, [], Counter()
        self.notes = self.told_first = 0

    def work(self):
        """The same round again and again, with pauses, until it is over."""
        while not self.is_over.is_set():
            self.ask("/admin/")
            found = RECORD.findall(self.ask(LIST))
            self.ask(f"{LIST}?ask=late")
            self.ask(f"{LIST}?q={quote('통관')}")
            if found:
                record = random.choice(found)
                self.ask(f"{record}change/")
                self.write(f"{record}step/note/")

    def write(self, address):
        """Open the form of a note, and send it. Who may not write one is offered none."""
        hidden = {name: html.unescape(value) for name, value in HIDDEN.findall(self.ask(address))}
        if "seen" in hidden and self.ask(address, hidden | {"text": "확인했습니다."}) is not None:
            self.notes += 1

    def ask(self, address, form=None):
        """The text of an answer, after a pause; an empty one where there is none, None for a form refused."""
        if self.is_over.wait(random.uniform(0, 2 * PAUSE)):
            return None if form else ""
        said = {"Host": HOST, "Origin": f"https://{HOST}", "Referer": f"https://{HOST}{address}"}
        said["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        said |= {"Content-Type": "application/x-www-form-urlencoded"} if form else {}
        began = time.perf_counter()
        try:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
            connection.request("POST" if form else "GET", address, urlencode(form) if form else None, said)
            answer = connection.getresponse()
            text = answer.read().decode(errors="replace")
            connection.close()
        except OSError as broken:
            self.errors[f"{address}: {type(broken).__name__}"] += 1
            return None if form else ""
        self.took.append(1000 * (time.perf_counter() - began))
        for cookie in answer.headers.get_all("Set-Cookie", []):
            if cookie.startswith(f"{CSRF}="):
                self.cookies[CSRF] = cookie.partition(";")[0].partition("=")[2]
        is_wanted = answer.status == (302 if form else 200)
        if not is_wanted:
            said = SAID.search(text)
            sentence = html.unescape(said[1]).strip() if form and said else ""
            if answer.status == 200 and sentence.startswith(QUICKER):
                self.told_first += 1
            else:
                self.errors[f"{address}: {answer.status} {sentence}"] += 1
        return text if is_wanted else None if form else ""
