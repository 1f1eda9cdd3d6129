"""Which tables the process that readers reach may read on PostgreSQL, and which of their rows.

Every table of every installed application has a verdict here; a table without one fails
``tests/publication/test_rights.py``. ``./run manage grant_public_role`` turns the verdicts into grants and policies.
"""

from django.apps import apps

from missions.models import (
    AccessRecord,
    AccessReview,
    Action,
    ActionItem,
    Attachment,
    CaseRemark,
    Company,
    DeliveryChoice,
    Difficulty,
    DifficultyEvent,
    Discussion,
    Distribution,
    ExportFile,
    FirmKey,
    FollowUpReview,
    FurtherReport,
    HandoverNote,
    HsChapter,
    ImportBatch,
    ImportRow,
    InformationEvent,
    Linkage,
    LoadedRow,
    Mail,
    Mention,
    Minutes,
    Notice,
    NtmChapter,
    OnlineRoom,
    PageVersion,
    PeriodReport,
    Posting,
    Recipient,
    Relay,
    ReportStatus,
    RoleChange,
    SavedView,
    SearchEntry,
    SignIn,
    StatusCode,
    User,
)
from missions.publication.page_version import published_tables

# What public pages read, besides the published tables. The last is a view: of difficulties nothing else is read.
READ = [PageVersion, ReportStatus]
PRIVATE = [
    *(Company, Difficulty, Relay, Action, DifficultyEvent, Linkage, FurtherReport, Mention),  # difficulties and firms
    Attachment,  # also those of what is public: of such files the public gets copies, with rows of their own
    StatusCode,  # from its seeds and a key of the settings the codes would follow
    *(Minutes, OnlineRoom, ActionItem, Discussion, FollowUpReview),  # what only staff read of a meeting
    PeriodReport,  # with the titles of difficulties
    *(Recipient, Distribution, InformationEvent),  # whom local information goes to, and its way there
    *(User, Posting, HandoverNote, CaseRemark, SearchEntry, LoadedRow, SavedView),  # staff and their work
    *(Notice, Mail, DeliveryChoice),  # what staff are told, and how
    *(AccessRecord, AccessReview, RoleChange, SignIn, FirmKey),  # who read what, and what texts are compared with
    *(ImportBatch, ImportRow, ExportFile),  # lists on their way in and out, with firms and contacts
    *(NtmChapter, HsChapter),  # no secrets, but no public page reads them
]
# Applications whose every table is private: accounts, sessions, and what the desk notes.
PRIVATE_APPS = {"account", "admin", "auth", "contenttypes", "mfa", "sessions", "socialaccount", "usersessions"}
# Which rows the public role finds, where not all. A part is found where its whole is.
WHOLE = "EXISTS (SELECT 1 FROM missions_{} AS whole WHERE whole.id = {} AND whole.{})"
OF_MEETING = WHOLE.format("meeting", "meeting_id", "is_published")
OF_EARLIER_CASE = WHOLE.format("earliercase", "earliercase_id", "title_only = false")
ROWS = {
    "missions_meeting": "is_published",
    "missions_meeting_sources": OF_MEETING,
    "missions_agendaitem": OF_MEETING,
    "missions_attendance": OF_MEETING,
    "missions_publishedcase": "state = 'published'",
    "missions_publishedcase_sources": WHOLE.format("publishedcase", "publishedcase_id", "state = 'published'"),
    "missions_caseactor": WHOLE.format("publishedcase", "case_id", "state = 'published'"),
    "missions_earliercase": "title_only = false",
    "missions_earliercase_sources": OF_EARLIER_CASE,
    "missions_earliercase_countries_also": OF_EARLIER_CASE,
    "missions_localinformation": "is_published",
    "missions_publicfile": WHOLE.format("localinformation", "information_id", "is_published"),
    "missions_localinformation_sources": WHOLE.format("localinformation", "localinformation_id", "is_published"),
}

# Columns that the public role reads besides: which migrations were applied, so that its processes know whether they are
# ready. Their names stand in the sources; when each was applied does not.
COLUMNS = {"django_migrations": "app, name"}


def public_tables():
    """Names of the tables that the public role may read."""
    return published_tables() | {model._meta.db_table for model in READ}


def verdict(model):
    """“public” or “private”; an empty text for a model about which nobody has decided."""
    if model._meta.db_table in public_tables():
        return "public"
    owner = model._meta.auto_created or model  # of a many-to-many field
    if owner in PRIVATE or owner._meta.app_label in PRIVATE_APPS:
        return "private"
    return "private" if hasattr(model, "history_id") or hasattr(model, "instance_type") else ""


def tables(asked):
    """Names of the tables with a verdict."""
    models = apps.get_models(include_auto_created=True)
    return sorted({model._meta.db_table for model in models if verdict(model) == asked})
