"""An invented year of work, for trying the portal and for screenshots. Every title in it says that it is invented.

Difficulties move by the verbs of their workflow and texts by those of theirs, on days spread over the year. Nothing of
it is public until ``publish`` makes it so. Each row is noted in ``LoadedRow``, so that ``remove`` takes away exactly
what was made.
"""

import datetime
import random
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.models import CASCADE, Q
from django.utils import timezone

from missions import models
from missions.demo import records, relayed, story, texts
from missions.migrations import _append_only
from missions.search import staff as staff_search
from missions.statistics import months

__all__ = ["publish", "remove", "seed"]
DIFFICULTY_PARTS = (models.Relay, models.Action)  # deleted by themselves: a leg keeps its difficulty from going


def seed(count=300, *, seed_number=1):
    """Make a year of invented work at every body, ``count`` difficulties among it. Returns how many rows."""
    chance = random.Random(seed_number)  # noqa: S311 - invented data, the same every time
    with transaction.atomic():
        bodies = list(models.Body.objects.select_related("mission__country"))
        officers = {body: records.officer(body) for body in bodies}
        approver = records.approver()
        records.secretary()
        relayed.recipients()
        firms = [records.firm(number, chance.choice(bodies)) for number in range(max(count // 5, 1))]
        for place, body in enumerate(bodies):
            records.meetings(body, place)
            relayed.information(body, chance, officers[body])
    for number in range(count):
        with transaction.atomic():
            story.difficulty(number, chance, bodies, officers, firms)
    with transaction.atomic():
        texts.leave_for_approval(officers, approver)
        _read_what_is_old()
        _close_months_again()
    return models.LoadedRow.objects.filter(file=models.INVENTED).count()


@transaction.atomic
def publish():
    """Show the meetings and the information that ``seed`` made, and texts on its closed difficulties, to the public.

    Returns how many became public.
    """
    made = _made(models.Meeting)
    for row in made:
        row.is_published = True
        row.save()
    staff_search.keep(*made)
    people = {user.username: user for user in _made(models.User)}
    officers = {body: people[records.username(body)] for body in models.Body.objects.all()}
    told = relayed.publish(_made(models.LocalInformation), people[records.SECRETARIAT])
    return len(made) + told + texts.publish(officers, people[records.APPROVER])


def remove():
    """Take away all that was made, the history of its difficulties included. Returns how many rows."""
    rows = models.LoadedRow.objects.filter(file=models.INVENTED)
    count = rows.count()
    difficulties, people = [_keys(model) for model in (models.Difficulty, models.User)]
    with transaction.atomic(), _history_open():
        references = models.Difficulty.objects.filter(pk__in=difficulties).values("case_reference")
        cases = models.PublishedCase.objects.filter(reference__in=references.exclude(case_reference=""))
        _delete(models.PublishedCase, list(cases.values_list("pk", flat=True)))
        models.DifficultyEvent.objects.filter(difficulty__in=difficulties).delete()
        for part in DIFFICULTY_PARTS:
            _delete(part, list(part.objects.filter(difficulty__in=difficulties).values_list("pk", flat=True)))
        for notes in (models.HandoverNote.objects, models.HandoverNote.history):
            notes.filter(Q(user__in=people) | Q(written_by__in=people)).delete()
        models.FirmKey.objects.filter(firm__in=_keys(models.Company)).delete()
        for name in ("Difficulty", "Company", "Meeting", "LocalInformation", "Recipient", "Posting", "User"):
            _delete(getattr(models, name), _keys(getattr(models, name)))
        rows.delete()
        _close_months_again()
    return count


def _read_what_is_old():
    """Leave unread what happened of late, as somebody would who opens the desk every other week."""
    before = timezone.now() - datetime.timedelta(days=14)
    models.Notice.objects.unread().filter(at__lt=before).update(read_at=before)


def _close_months_again():
    """Count the invented year among the closed months, or no longer: nobody was told their figures."""
    models.ClosedMonth.objects.all().delete()
    months.close()


def _keys(model):
    """Keys of the rows of a model that were made."""
    made = models.LoadedRow.objects.filter(file=models.INVENTED, key__startswith=f"{model.__name__}:")
    return list(made.values_list("record", flat=True))


def _made(model):
    return list(model.objects.filter(pk__in=_keys(model)).order_by("pk"))


def _delete(model, keys):
    """Delete rows with what both searches, notices and the histories say of them and of their parts."""
    staff_search.forget(model, keys)
    models.Notice.objects.filter(model=model._meta.model_name, record__in=keys).delete()
    model.objects.filter(pk__in=keys).delete()
    model.history.filter(id__in=keys).delete()
    for relation in model._meta.related_objects:
        part = relation.related_model
        if relation.on_delete is CASCADE and hasattr(part, "history"):
            part.history.filter(**{f"{relation.field.attname}__in": keys}).delete()


@contextmanager
def _history_open():
    """Lift the triggers that keep rows of the history, and put them back."""
    vendor, kept = connection.vendor, ("difficultyevent", "informationevent")
    with connection.cursor() as cursor:
        for statement in [each for name in kept for each in _append_only.undone(vendor, name)]:
            cursor.execute(statement)
        yield
        if vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for statement in [each for name in kept for each in _append_only.made(vendor, name)]:
            cursor.execute(statement)
