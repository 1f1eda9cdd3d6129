"""The page version: which tables move it, and how it is read.

A kept page is current as long as the version is the one under which the page was made. Triggers of the database move
the version with every change of a table below, whoever makes the change, and in the same transaction. A table that
public pages begin to read needs a migration with its triggers. On SQLite, a migration that alters a table must make
its triggers again. ``tests/publication/test_page_version.py`` says which table lacks them.
"""

from django.db import Error, connection

from missions.models import (
    Action,
    AgendaItem,
    Agreement,
    Attendance,
    Body,
    BodyStep,
    CaseActor,
    Commitment,
    Country,
    Difficulty,
    DifficultyEvent,
    DifficultyType,
    Discrepancy,
    Linkage,
    LocalInformation,
    Meeting,
    Membership,
    Ministry,
    Mission,
    Organisation,
    Party,
    PublicEntry,
    PublishedCase,
    Region,
    ReportedResult,
    Sector,
    Source,
    SupportProgramme,
)

# Tables that public pages read.
PUBLISHED = [
    Source,
    Discrepancy,
    Region,
    Country,
    DifficultyType,
    Sector,
    Ministry,
    Agreement,
    Party,
    Commitment,
    Organisation,
    Mission,
    Body,
    BodyStep,
    Membership,
    Meeting,
    AgendaItem,
    Attendance,
    PublishedCase,
    CaseActor,
    LocalInformation,
    SupportProgramme,
    ReportedResult,
    PublicEntry,
]
# Tables whose rows public pages count without showing a word of them: pages that declare ``follows = ("counted",)``.
COUNTED = [Difficulty, DifficultyEvent, Action, Linkage]


def published_tables():
    """The tables that public pages read, with the tables of their many-to-many fields."""
    links = [field.remote_field.through for model in PUBLISHED for field in model._meta.many_to_many]
    return {model._meta.db_table for model in [*PUBLISHED, *links]}


def counted_tables():
    """The tables that public pages count."""
    return {model._meta.db_table for model in COUNTED}


def current():
    """The version as two numbers, of published and of counted tables; None where it cannot be known.

    It cannot be known inside a transaction. On PostgreSQL a transaction reads its own changes before its commit moves
    the numbers.
    """
    if connection.in_atomic_block:
        return None
    # Whether the connection still works shows when the query runs. Asking first would cost a second query.
    connection.health_check_done = True
    for _ in range(2):
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT published, counted FROM missions_pageversion")
                return cursor.fetchone() or (0, 0)
        except Error:
            connection.close()
    return None
