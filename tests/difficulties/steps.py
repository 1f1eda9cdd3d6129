"""The table of steps as agreed, and a difficulty with everybody around it who may take them or not."""

from missions.difficulties import closing, progress, relays, workflow
from missions.models import Action, Difficulty, Relay, SearchEntry, Stage
from missions.search import staff as staff_search
from tests import make

R, V, P, C = Stage.RECEIVED, Stage.IN_REVIEW, Stage.IN_PROGRESS, Stage.CLOSED
# The table as agreed with both ministries: from which stages, by whom, with which kinds of relay.
AGREED = {
    "review": ({R}, {"holder"}, set()),
    "accept": ({R, V}, {"holder"}, set()),
    "assign": ({R, V, P}, {"holder", "ministry"}, set()),
    "act": ({P}, {"holder", "helper"}, set()),
    "wait": ({P}, {"holder"}, set()),
    "reply": ({P}, {"ministry"}, set()),
    "relay": ({V, P}, {"holder"}, set()),
    "acknowledge": ({R, V, P, C}, {"receiver"}, {"hand_over", "help", "information"}),
    "take_over": ({V, P}, {"receiver"}, {"hand_over"}),
    "return_leg": ({V, P}, {"receiver"}, {"hand_over", "help"}),
    "answer": ({V, P}, {"receiver"}, {"help"}),
    "recall": ({R, V, P, C}, {"sender"}, {"hand_over", "help", "information"}),
    "again": ({R, V, P}, {"involved"}, set()),
    "code": ({R, V, P, C}, {"involved"}, set()),
    "correct": ({R, V, P, C}, {"holder", "ministry"}, set()),
    "note": ({R, V, P, C}, {"involved", "ministry"}, set()),
    "close": ({R, V, P}, {"holder"}, set()),
    "reopen": ({C}, {"holder", "ministry"}, set()),
    "confirm": ({C}, {"holder"}, set()),
}


class Scene:
    """A difficulty in a stage, the bodies around it, an open relay, and one person of each kind."""

    def __init__(self, stage=P, kind="", step=""):
        self.holder, self.receiver, self.asked, outside = make.body(), make.body(), make.body(), make.body()
        self.people = {
            "holder": make.officer(self.holder),
            "receiver": make.officer(self.receiver),
            "helper": make.officer(self.asked),
            "outsider": make.officer(outside),
            "former": make.officer(self.holder),
            "ministry": make.staff("ministry"),
            "auditor": make.staff("auditor", posted_to=self.holder),
            "approver": make.staff("approver"),
        }
        self.people["sender"] = self.people["holder"]
        self.people["former"].postings.update(until_on=make.DAY)
        self.difficulty = make.difficulty(self.holder, self.people["holder"])
        self.leg = None
        workflow.accept(self.difficulty, by=self.people["holder"], owner=self.people["holder"])
        if kind:
            self.leg = self.send(kind, self.receiver)
        else:
            self.send("help", self.asked)
        self.set(stage, step)

    def set(self, stage, step):
        """Have the difficulty in a stage, with what there must be for a step."""
        self.put(stage, "ministry" if step == "reply" else "nobody")
        self.action = make.action(self.difficulty, self.people["holder"]) if step == "correct" else None

    def send(self, kind, to):
        return relays.relay(self.difficulty, by=self.people["holder"], to=to, kind=kind, asked="부탁합니다.")

    def put(self, stage, waiting_on="nobody"):
        """Move the row to a stage past the workflow, as only a test may."""
        values = {"stage": stage, "outcome": "advice" if stage == C else "", "waiting_on": waiting_on}
        values |= {"due_on": None, "counted_from": None} if stage == C else {}
        Difficulty.objects.filter(pk=self.difficulty.pk).update(**values)
        if stage == C:
            Relay.objects.exclude(pk=self.leg and self.leg.pk).update(
                ended_at=make.NOON, ended_by=self.people["holder"], ending="recalled"
            )

    def take(self, name, by, **values):
        """Take a step with everything it needs."""
        needed = {
            "accept": lambda: {"owner": self.people["holder"]},
            "assign": lambda: {"owner": make.officer(self.holder)},
            "wait": lambda: {"waiting_on": "company", "note": "서류를 기다립니다.", "until": make.tomorrow()},
            "correct": lambda: {"record": self.action, "reason": "다른 기관의 일입니다."},
            "note": lambda: {"text": "통화했습니다."},
            "reply": lambda: {"text": "협의했습니다."},
            "again": lambda: {"company": make.firm_of(by), "note": "같은 일을 겪었습니다."},
            "code": lambda: {"ends": False},
            "relay": lambda: {"to": self.receiver, "kind": "information", "asked": "알립니다."},
            "return_leg": lambda: {"reason": "관할이 아닙니다."},
            "answer": lambda: {"text": "확인했습니다."},
            "recall": lambda: {"reason": "해결되었습니다."},
            "close": lambda: {"outcome": "advice", "solution": "안내했습니다."},
            "reopen": lambda: {"reason": "다시 생겼습니다."},
            "confirm": lambda: {"confirmation": "agrees"},
        }
        row = self.leg if AGREED[name][2] else self.difficulty
        return take(name, row, by=by, **needed.get(name, dict)() | values)


def take(name, row, **values):
    """Call the verb of a step."""
    verb = next(getattr(module, name) for module in (workflow, progress, relays, closing) if hasattr(module, name))
    if name == "act":
        values["action"] = Action(organisation=make.organisation(), kind="advice", done_on=make.DAY, what="안내")
    return verb(row, **values)


def is_searched_as_it_stands(record):
    """Whether the staff's search holds of a difficulty what writing its entry anew would put there."""
    entry = SearchEntry.objects.filter(kind="difficulty", record=record.pk).values_list("tokens", flat=True)
    before = entry.get()
    staff_search.keep(record)
    return entry.get() == before
