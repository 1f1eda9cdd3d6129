"""Fills the database of ``DATABASE_URL`` for the drill of load.

``python -m tests.drills._load_seed CASES DIFFICULTIES STAFF``. Of the difficulties nine in ten are closed, each has its
first and its last step, and some are relayed. Prints a session for each member of staff: officers of all bodies in
turn, every tenth one of a ministry.
"""

import sys

import django

WORK = """
    SET session_replication_role = replica;
    UPDATE missions_difficulty SET stage = 'closed', outcome = (ARRAY['resolved', 'advice', 'workaround'])[1 + id % 3],
        due_on = NULL, counted_from = NULL, waiting_on = 'nobody' WHERE id % 10 > 0 AND id > {first};
    UPDATE missions_difficulty SET due_on = current_date + (id % 200 / 10)::int - 5 WHERE id % 10 = 0 AND id > {first};
    UPDATE missions_difficulty d SET owner_id = p.user_id
        FROM (SELECT body_id, min(user_id) AS user_id FROM missions_posting GROUP BY body_id) p
        WHERE p.body_id = d.holder_id AND d.stage IN ('in_progress', 'closed');
    INSERT INTO missions_difficultyevent
        (difficulty_id, at, by_id, by_name, step, from_stage, to_stage, to_holder_id, note)
        SELECT id, reported_on + interval '9 hours', filed_by_id, 'bench', 'file', '', 'received', holder_id, ''
        FROM missions_difficulty WHERE id > {first} ORDER BY id;
    INSERT INTO missions_difficultyevent
        (difficulty_id, at, by_id, by_name, step, from_stage, to_stage, to_holder_id, note)
        SELECT id, reported_on + interval '33 days', filed_by_id, 'bench', 'close', 'in_progress', 'closed',
            holder_id, '' FROM missions_difficulty WHERE id > {first} AND stage = 'closed' ORDER BY id;
    INSERT INTO missions_relay ({columns}) SELECT {values} FROM missions_relay leg, missions_difficulty d
        WHERE leg.id = {leg} AND d.id % 100 = 0 AND d.stage = 'in_progress' AND d.id > {first}
        AND d.holder_id <> leg.receiver_id;
    SET session_replication_role = origin;
    VACUUM ANALYZE;
"""


def work(staff):
    """Give the copies of the bench a past, and somebody who works with them. Returns the members of staff."""
    from django.db import connection
    from django.utils import timezone

    from missions.models import Body, Difficulty, Relay
    from tests import make

    first = Difficulty.objects.earliest("pk")
    bodies = list(Body.objects.order_by("pk"))
    people = [
        make.staff("ministry") if number % 10 == 9 else make.officer(bodies[number % len(bodies)])
        for number in range(staff)
    ]
    now = timezone.now()
    leg = Relay.objects.create(
        difficulty=first,
        sender=first.holder,
        receiver=bodies[0],
        kind="help",
        asked="의견을 주십시오.",
        sent_at=now,
        sent_by=first.filed_by,
        acknowledge_by=now.date(),
        answer_by=now.date(),
    )
    columns = [field.column for field in Relay._meta.local_concrete_fields if not field.primary_key]
    of_copy = {"difficulty_id": "d.id", "sender_id": "d.holder_id"}
    told = {
        "first": first.pk,
        "leg": leg.pk,
        "columns": ", ".join(columns),
        "values": ", ".join(of_copy.get(column, f"leg.{column}") for column in columns),
    }
    with connection.cursor() as cursor:
        for statement in WORK.format(**told).split(";")[:-1]:
            cursor.execute(statement)
    return people


if __name__ == "__main__":
    django.setup()
    from tests.bench import seed

    cases, difficulties, count = map(int, sys.argv[1:])
    seed.fill(cases, difficulties)
    print(" ".join(seed.session(user) for user in work(count)))
