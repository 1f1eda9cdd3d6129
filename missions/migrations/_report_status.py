"""The view that a status code opens: stage, turn, since, until, and nothing else of a difficulty.

On PostgreSQL it reads with the rights of its owner, so that the public role needs none on the tables behind it; a
barrier keeps what that role asks from being tried on rows that the view leaves out. On SQLite a later migration that
makes one of the tables below anew takes the view off first and makes it again last: ``take_off``, ``make_again``.
"""

TABLES = ["statuscode", "difficulty", "relay", "difficultyevent"]  # that it reads
CLOSED_FOR = 90  # days, as missions.models.CLOSED_FOR
SINCE = {
    "postgresql": f"now() - interval '{CLOSED_FOR} days'",
    "sqlite": f"strftime('%Y-%m-%d %H:%M:%f', 'now', '-{CLOSED_FOR} days')",
}
BARRIER = {"postgresql": "WITH (security_barrier)", "sqlite": ""}
# As DifficultyEventQuerySet.turns(): which steps change whose turn it is.
TURNS = (
    "('file', 'review', 'accept', 'wait', 'reply', 'relay', 'take_over', 'return_leg', 'answer', 'recall', 'close', "
    "'reopen')"
)
VIEW = """
    CREATE VIEW missions_reportstatus {barrier} AS
    SELECT
        code.digest AS digest,
        difficulty.stage AS stage,
        CASE
            WHEN difficulty.stage = 'closed' OR leg.id IS NOT NULL THEN 'nobody' ELSE difficulty.waiting_on
        END AS waiting_on,
        CASE
            WHEN difficulty.stage <> 'closed' THEN coalesce(leg.receiver_id, difficulty.holder_id)
        END AS body_id,
        turn.at AS since,
        CASE
            WHEN leg.id IS NULL THEN difficulty.due_on
            WHEN leg.acknowledged_at IS NULL THEN leg.acknowledge_by
            ELSE leg.answer_by
        END AS until
    FROM missions_statuscode AS code
    JOIN missions_difficulty AS difficulty ON difficulty.id = code.difficulty_id
    LEFT JOIN missions_relay AS leg ON leg.id = (
        SELECT open.id FROM missions_relay AS open
        WHERE open.difficulty_id = difficulty.id AND open.ended_at IS NULL AND open.kind <> 'information'
        ORDER BY CASE WHEN open.acknowledged_at IS NULL THEN open.acknowledge_by ELSE open.answer_by END, open.id
        LIMIT 1
    )
    LEFT JOIN missions_difficultyevent AS turn ON turn.id = (
        SELECT max(event.id) FROM missions_difficultyevent AS event
        LEFT JOIN missions_relay AS moved ON moved.id = event.relay_id
        WHERE event.difficulty_id = difficulty.id AND coalesce(moved.kind, '') <> 'information' AND (
            event.step IN {turns}
            OR event.step = 'confirm' AND event.from_stage = 'closed' AND event.to_stage <> 'closed'
        )
    )
    WHERE code.ended_at IS NULL AND (difficulty.stage <> 'closed' OR turn.at > {since})
"""


def take_off(schema_editor):
    """Drop the view on SQLite, before a migration makes one of its tables anew."""
    if schema_editor.connection.vendor == "sqlite":
        undo(schema_editor)


def make_again(schema_editor):
    """Make it on SQLite; PostgreSQL keeps its own, with the right of the public role."""
    if schema_editor.connection.vendor == "sqlite":
        make(schema_editor)


def undo(schema_editor):
    schema_editor.execute("DROP VIEW IF EXISTS missions_reportstatus", params=None)


def make(schema_editor):
    vendor = schema_editor.connection.vendor
    view = VIEW.format(barrier=BARRIER[vendor], since=SINCE[vendor], turns=TURNS)
    schema_editor.execute(view, params=None)
