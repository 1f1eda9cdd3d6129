"""The processes of the drill that kills, and its rounds. Needs Django set up on the database of the drill."""

import contextlib
import datetime
import random
import sys
import time

from django.conf import settings
from django.db import connection
from django.utils import timezone

from missions.models import Mail, MailState
from tests.drills import _kill_checks, _portal
from tests.drills._desk import Person, Unanswered
from tests.drills._writers import Writer
from tests.drills.kill import BETWEEN, PATIENCE, Process, sentence
from tests.forms import signed_in
from tests.machine import free_port
from tests.notices.post_office import PostOffice


class Drill:
    """A portal as production has it, with people before it."""

    def __init__(self, told, folder, server, mail_port, redis_port):
        self.told, self.folder, self.server, self.redis_port = told, folder, server, redis_port
        self.post, self.port, self.writers, self.kills, self.wrong = PostOffice(), free_port(), [], 0, []
        self.post.port = mail_port
        self.web = self.redis = self.sender = None

    def start(self, writers, workers):
        """Start everything, and let people begin."""
        self.post.start()
        if self.redis_port:
            command = ["redis-server", "--port", str(self.redis_port), "--save", "", "--bind", "127.0.0.1"]
            self.redis = Process(command, self.told, self.folder / "redis.log")
        web = [sys.executable, "-m", "gunicorn", "portal.wsgi", f"--bind=127.0.0.1:{self.port}", f"--workers={workers}"]
        self.web = Process([*web, "--no-control-socket", "--limit-request-line=0"], self.told, self.folder / "web.log")
        sender = [sys.executable, "manage.py", "send_messages", "--watch", "--every=1"]
        self.sender = Process(sender, self.told, self.folder / "sender.log")
        self.answers()
        self.writers = [Writer(number, self.port, cookies_of) for number in range(writers)]
        for writer in self.writers:
            writer.start()

    def answers(self):
        """Wait until the web server answers."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            with contextlib.suppress(Unanswered):
                return Person(self.port, None, {}).ask("/ko/")
            time.sleep(0.2)
        raise RuntimeError(f"gunicorn does not answer: {(self.folder / 'web.log').read_text()[-3000:]}")

    def round(self, number):
        """Kill one after the other under load, then let all rest and count."""
        self.go()
        acts = [("two workers", lambda: self.web.kill_children(2)), ("Redis", self._redis)]
        acts += [("the sender", self._sender), ("all of gunicorn", self._web), ("PostgreSQL", self._server)]
        killed = []
        for name, act in acts:
            self.between()
            if act() != "absent":
                self.kills += 1
                killed.append(name)
        self.between()
        self.rest()
        missing, looked = _kill_checks.lost(self.ledger)
        half = list(_kill_checks.half(self.people))
        self.wrong += missing + half
        print(f"round {number}: killed {', '.join(killed)}", flush=True)
        print(f"  {sentence(self.counts)}; {looked} looked up, {len(missing)} lost, {len(half)} half", flush=True)
        print("".join(f"  {wrong}\n" for wrong in [*missing, *half][:20]), end="", flush=True)

    def _redis(self):
        if self.redis is None:
            return "absent"
        self.redis.kill()
        self.between()
        return self.redis.start()

    def _sender(self):
        self.sender.kill()
        return self.sender.start()

    def _web(self):
        self.web.kill_all()
        return self.web.start()

    def _server(self):
        if self.server is None:
            return "absent"
        self.server.kill()
        time.sleep(1)
        return self.server.start()

    def between(self):
        """Let people work until some more of it is acknowledged, and a moment longer: a kill comes at any point."""
        wanted, until = len(self.ledger) + random.randint(*BETWEEN), time.monotonic() + PATIENCE
        while len(self.ledger) < wanted:
            if time.monotonic() > until or any(writer.failure for writer in self.writers):
                self.rest()
                raise RuntimeError("People do not get on.")
            time.sleep(0.05)
        time.sleep(random.uniform(0, 1))

    def go(self):
        """Let people work."""
        for writer in self.writers:
            writer.may.set()

    def rest(self):
        """Wait until all of them rest; tell of those who could not go on."""
        for writer in self.writers:
            writer.may.clear()
        for writer in self.writers:
            if not writer.rests.wait(PATIENCE):
                raise RuntimeError("A writer does not come to rest.")
            if writer.failure:
                raise writer.failure
        connection.close()

    @property
    def ledger(self):
        """Everything that was acknowledged."""
        return [what for writer in self.writers for what in writer.ledger]

    @property
    def people(self):
        """Everybody at the desk."""
        return [person.user for writer in self.writers for person in writer.people.values()]

    @property
    def counts(self):
        """What the writers met."""
        return sum((writer.counts for writer in self.writers), start=type(self.writers[0].counts)())

    def end(self):
        """Send what waits, and look at the mails. Returns whether anything was wrong."""
        self.sender.kill()
        early = timezone.now() - datetime.timedelta(hours=1)
        Mail.objects.filter(state=MailState.SENDING).update(claimed_at=early)  # as after a while
        Mail.objects.filter(state=MailState.WAITING).update(next_at=early)
        _portal.manage(self.told, "send_messages")
        wrong, ends = _kill_checks.mails(self.post, self.kills)
        self.wrong += wrong
        if not _kill_checks.lost([("filed", "nothing of the kind")])[0]:
            self.wrong.append("What was never there is not missed.")
        steps = {what[2] for what in self.ledger if what[0] == "step"}
        moves = {what[2] for what in self.ledger if what[0] == "text moved"}
        lists = sum(what[0] == "list written" for what in self.ledger)
        print(f"{connection.vendor}: {self.kills} kills, {sentence(self.counts)}", flush=True)
        print(f"  {len(steps)} steps, {len(moves)} moves of texts, {lists} lists taken in; mails: {sentence(ends)}")
        print("".join(f"  {sentence}\n" for sentence in wrong), end="")
        print("  nothing lost, nothing half" if not self.wrong else f"  {len(self.wrong)} WRONG", flush=True)
        return bool(self.wrong)

    def stop(self):
        """Stop what runs."""
        for writer in self.writers:
            writer.over.set()
            writer.may.set()
        for process in filter(None, (self.sender, self.web, self.redis)):
            process.running.terminate()
            process.running.wait(PATIENCE)
        self.post.stop()


def cookies_of(user):
    """The cookie of a session of this person."""
    name = settings.SESSION_COOKIE_NAME
    return {name: signed_in(user).cookies[name].value}
