"""What a database must hold after a drill: all that was acknowledged, and nothing half."""

from collections import Counter

from missions.models import (
    Difficulty,
    DifficultyEvent,
    ImportBatch,
    Mail,
    MailState,
    Notice,
    PublicationState,
    PublicEntry,
    PublishedCase,
    SearchEntry,
)
from tests.drills._writers import ROWS

ENDINGS = {"take_over", "return_leg", "answer", "recall"}
TOLD = {*ENDINGS, "relay"}  # the other end of the leg


def lost(ledger):
    """What was acknowledged and is not there, each as a sentence; and how many acknowledgements were looked at."""
    missing, looked = [], 0
    for what, count in Counter(ledger).items():
        looked += count
        if (found := FOUND[what[0]](*what[1:])) < count:
            missing.append(f"{what}: acknowledged {count} times, there {found} times")
    for key, steps in steps_of(ledger).items():
        there = Counter(DifficultyEvent.objects.filter(difficulty=key).values_list("step", flat=True))
        missing += [
            f"{key} {step}: {count} acknowledged, {there[step]} there" for step, count in (steps - there).items()
        ]
    return missing, looked


def steps_of(ledger):
    """How often each step of each difficulty was acknowledged."""
    steps = {}
    for what in ledger:
        if what[0] == "step":
            steps.setdefault(what[1], Counter())[what[2]] += 1
    return steps


def _step(key, name, word):
    events = DifficultyEvent.objects.filter(difficulty=key, step=name)
    return events.filter(note__contains=word).count() if word else events.count()


def _moved(reference, name, remark):
    cases = PublishedCase.objects.filter(reference=reference)
    if name == "revise":
        return cases.count() - 1
    if remark:
        return sum(case.remarks.filter(step=name, text=remark).count() for case in cases)
    return PublishedCase.history.filter(reference=reference, history_change_reason__endswith=f": {name}").count()


def _list(word):
    return ImportBatch.objects.filter(file_name=f"{word}.csv").count()


def _list_written(word):
    return Difficulty.objects.filter(title__startswith=f"{word} 줄 ").count() // ROWS


FOUND = {
    "filed": lambda word: Difficulty.objects.filter(title=word).count(),
    "step": _step,
    "text": lambda key: Difficulty.objects.exclude(case_reference="").filter(pk=key).count(),
    "text moved": _moved,
    "list": _list,
    "list moved": lambda word, do: 10**6 * _list(word),  # where it stands afterwards is what counts: “list written”
    "list written": _list_written,
}


def half(people):
    """What is there in part, each as a sentence: of the work of these people, and of no other."""
    mine = Difficulty.objects.filter(filed_by__in=people)
    entries = set(SearchEntry.objects.filter(kind="difficulty").values_list("record", flat=True))
    for row in mine.prefetch_related("events__relay", "relays", "actions", "further_reports", "codes"):
        yield from (f"{row}: {sentence}" for sentence in _half(row, entries))
    for case in PublishedCase.objects.filter(drafted_by__in=people):
        last = case.history.latest("history_date", "history_id")
        shown = PublicEntry.objects.filter(kind="publishedcase", record=case.pk).count()
        published = int(case.state == PublicationState.PUBLISHED)
        if last.state != case.state:
            yield f"text {case}: {case.state}, and {last.state} in its history"
        if shown != published:
            yield f"text {case}: {published} published, {shown} in the index"
    for batch in ImportBatch.objects.filter(by__in=people):
        brought = batch.rows.exclude(record=None).count()
        there = mine.filter(pk__in=batch.rows.exclude(record=None).values("record")).count()
        whole = {"written": ROWS, "writing": there}.get(batch.state, 0)
        if not brought == there == whole:
            yield f"list {batch.file_name}: {batch.state}, {brought} rows know their record, {there} are there"


def _half(row, entries):
    events, legs, actions = list(row.events.all()), list(row.relays.all()), list(row.actions.all())
    steps = Counter(event.step for event in events)
    last = max(events, key=lambda event: event.pk, default=None)
    if last is None or steps["file"] != 1:
        yield f"filed {steps['file']} times"
        return
    if (last.to_stage, last.to_holder_id) != (row.stage, row.holder_id):
        yield f"{row.stage} at {row.holder_id}, its history ends with {last.to_stage} at {last.to_holder_id}"
    counts = {
        "relays": (steps["relay"], len(legs)),
        "ended relays": (
            sum(steps[name] for name in ENDINGS),
            sum(leg.ended_at is not None for leg in legs),
        ),
        "actions": (steps["act"] + steps["correct"], len(actions)),
        "withdrawn actions": (steps["correct"], sum(each.withdrawn_at is not None for each in actions)),
        "further reports": (steps["again"], len(row.further_reports.all())),
        "status codes": (1 + steps["again"], len(row.codes.all())),
        "search entries": (1, int(row.pk in entries)),
    }
    yield from (f"{told} {name} told, {there} there" for name, (told, there) in counts.items() if told != there)
    told = set(Notice.objects.filter(record=row.pk, model="difficulty").values_list("event", flat=True))
    for event in events:
        if event.relay and event.step in TOLD and f"step:{event.pk}" not in told:
            yield f"nobody was told of step {event.step}"


def mails(post, kills):
    """What is wrong with the mails, each as a sentence, and how many came to which end. None may wait any more."""
    ends = Counter(Mail.objects.values_list("state", flat=True))
    taken = Counter(mail["Message-ID"] for mail in post.taken)
    wrong = []
    if twice := sum(count > 1 for count in taken.values()):
        wrong.append(f"{twice} mails were sent twice")
    if ends[MailState.SENT] > len(taken):
        wrong.append(f"{ends[MailState.SENT]} mails count as sent, {len(taken)} were taken")
    if waiting := ends[MailState.WAITING] + ends[MailState.SENDING]:
        wrong.append(f"{waiting} mails still wait")
    if ends[MailState.UNCERTAIN] > kills:
        wrong.append(f"{ends[MailState.UNCERTAIN]} mails are uncertain after {kills} kills")
    if unpacked := Notice.objects.filter(
        delivery="at_once", mail=None, reader__email__endswith="@drill.example"
    ).count():
        wrong.append(f"{unpacked} notices are in no mail")
    return wrong, {"taken by the server": len(taken), **ends}
