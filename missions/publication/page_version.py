"""The page version: which tables move it, and how it is read.

A kept page is current as long as the version is the one under which the page was made. Triggers of the database move
the version with every change of what the public reads in a table below, whoever makes the change, and in the same
transaction: a column that is not public, or a row that is not published, moves nothing. A table that public pages begin
to read needs a migration with its triggers. On SQLite, a migration that alters a table must make its triggers again:
``make_again`` of ``missions/migrations/_public_words.py``. ``tests/publication/test_page_version.py``
says which table lacks them. The same triggers move the public stamps, ``reworded_at``.
"""

from django.db import Error, connections, router

from missions.models import (
    AgendaItem,
    Agreement,
    Attendance,
    Body,
    BodyStep,
    CaseActor,
    ClosedMonth,
    Commitment,
    ContactPoint,
    Country,
    Coverage,
    DifficultyType,
    Discrepancy,
    District,
    EarlierCase,
    LegalProvision,
    LocalInformation,
    Meeting,
    Membership,
    Ministry,
    Mission,
    Organisation,
    PageVersion,
    Party,
    PublicEntry,
    PublicFile,
    PublicHoliday,
    PublishedCase,
    Region,
    ReportedResult,
    Sector,
    Service,
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
    Coverage,
    District,
    ContactPoint,
    PublicHoliday,
    Body,
    BodyStep,
    Membership,
    Meeting,
    AgendaItem,
    Attendance,
    PublishedCase,
    CaseActor,
    ClosedMonth,
    LocalInformation,
    PublicFile,
    SupportProgramme,
    LegalProvision,
    EarlierCase,
    Service,
    ReportedResult,
    ClosedMonth,
    PublicEntry,
]


def published_tables():
    """The tables that public pages read, with the tables of their many-to-many fields."""
    links = [field.remote_field.through for model in PUBLISHED for field in model._meta.many_to_many]
    return {model._meta.db_table for model in [*PUBLISHED, *links]}


def current():
    """The version as a text; None where it cannot be known. Raises ``Error`` where the database does not answer.

    It cannot be known inside a transaction. On PostgreSQL a transaction reads its own changes before its commit moves
    a number.
    """
    connection = connections[router.db_for_read(PageVersion)]  # a page is as old as the database that it is read from
    if connection.in_atomic_block:
        return None
    was_open = connection.connection is not None
    # Whether the connection still works shows when the query runs. Asking first would cost a second query.
    connection.health_check_done = True
    try:
        return numbers(connection)
    except Error:
        connection.close()
        if not was_open:
            raise
    return numbers(connection)


def numbers(connection):
    """All the numbers, as a text. Their sum could be the same after one of two changes and after the other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT published FROM missions_pageversion ORDER BY id")
        return " ".join(str(number) for (number,) in cursor.fetchall())
