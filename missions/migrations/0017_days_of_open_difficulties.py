import datetime

from django.db import migrations
from django.db.models import Q
from django.utils import timezone

# Working days of the clocks as they were when this was written, by whether the difficulty is urgent.
TAKE_UP, MOVE = {False: 2, True: 1}, {False: 10, True: 3}
BODIES = ["overseas_body", "domestic_body"]


def give_days(apps, schema_editor):
    """Give every open difficulty a day from today on, and take the days of closed ones away.

    Nobody was told of a wait on a body without a relay: it is the holder's turn, and a wait with one is told by it.
    Only Saturdays and Sundays are left out here; ``recompute_clocks`` knows the holidays and moves these days.
    """
    rows = apps.get_model("missions", "Difficulty").objects.all()
    today = timezone.localdate()
    rows.filter(stage="closed").exclude(due_on=None).update(due_on=None)
    rows.filter(waiting_on__in=BODIES).update(waiting_on="nobody")
    without = rows.exclude(stage="closed").filter(due_on=None)
    for filed, days in ((Q(stage="received"), TAKE_UP), (~Q(stage="received"), MOVE)):
        for urgent, count in days.items():
            counted = {"due_on": weekdays_after(today, count), "counted_from": today}
            without.filter(filed, is_urgent=urgent).update(**counted)


def weekdays_after(day, count):
    while count:
        day += datetime.timedelta(days=1)
        count -= day.weekday() < 5
    return day


class Migration(migrations.Migration):
    dependencies = [
        ("missions", "0016_days_counted"),
    ]

    operations = [migrations.RunPython(give_days, migrations.RunPython.noop)]
