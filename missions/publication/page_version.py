"""Which records move the page version, and how it is read.

A page is current as long as the version under which it was made stands: triggers of the database move it with every
change of a table below, however the change is made, in the transaction that makes it. A further table that public
pages read gets its triggers by a migration; on SQLite so does one that a migration altered.
``tests/publication/test_page_version.py`` says which table lacks them.
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

# Public pages read these.
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
# Public pages that say so count these, and show no word of them.
COUNTED = [Difficulty, DifficultyEvent, Action, Linkage]


def published_tables():
    """The tables that public pages read, with those that connect them."""
    links = [field.remote_field.through for model in PUBLISHED for field in model._meta.many_to_many]
    return {model._meta.db_table for model in [*PUBLISHED, *links]}


def counted_tables():
    """The tables that public pages count."""
    return {model._meta.db_table for model in COUNTED}


def current():
    """The numbers of published and of counted records; None where they cannot tell.

    In a transaction they cannot: on PostgreSQL they move when it is committed, after its changes can be read in it.
    """
    if connection.in_atomic_block:
        return None
    # The question itself tells whether a connection kept from an earlier request still works: asking that before
    # would cost as much again.
    connection.health_check_done = True
    for _ in range(2):
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT published, counted FROM missions_pageversion")
                return cursor.fetchone() or (0, 0)
        except Error:
            connection.close()
    return None
