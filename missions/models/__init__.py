"""All records of the programme. Other modules import them from here."""

from missions.models.access import Access, AccessRecord, AccessReview, RoleChange
from missions.models.action import Action, ActionKind, DifficultyPartQuerySet
from missions.models.agenda import AgendaItem, AgendaKind, Attendance
from missions.models.attachment import HOLDERS, MEDIA_TYPES, Attachment, FileKind, PublicFile, Scan
from missions.models.base import OfBodiesQuerySet, Record, ReferenceQuerySet, telling_sources
from missions.models.body import AT_WORK, Body, BodyState, BodyStep, Rhythm, Scope
from missions.models.case import CaseActor, PublicationState, PublishedCase
from missions.models.closed_month import ClosedMonth
from missions.models.company import Company, CompanySize
from missions.models.contact_point import ContactKind, ContactPoint
from missions.models.coverage import Coverage, District
from missions.models.difficulty import Difficulty
from missions.models.difficulty_terms import (
    ASKED_BY_RELAY,
    HELPED,
    OUTSIDE,
    SOLVED,
    Confirmation,
    Outcome,
    ReportSource,
    Stage,
    WaitingOn,
)
from missions.models.distribution import Distribution, InformationEvent, Recipient
from missions.models.earlier_case import EarlierCase, EarlierOutcome, FirmSize
from missions.models.event import DifficultyEvent
from missions.models.exporting import ExportFile, ExportState
from missions.models.firm_key import FirmKey, FirmKeyKind
from missions.models.further_report import FurtherReport
from missions.models.handover import HandoverNote
from missions.models.holiday import DayKind, PublicHoliday
from missions.models.importing import GOING_ON, BatchState, ImportBatch, ImportRow, Verdict
from missions.models.information import InformationState, LocalInformation, SupportProgramme
from missions.models.legal import LegalProvision
from missions.models.linkage import ALREADY, Linkage
from missions.models.loading import INVENTED, LoadedRow
from missions.models.local_days import clocks_of, day_there, today_of, zones_of_bodies
from missions.models.meeting import Meeting
from missions.models.meeting_terms import CALLED_OFF, Chaired, MeetingKind, MeetingMode, MeetingStatus
from missions.models.membership import Membership, Post
from missions.models.mention import Mention
from missions.models.ministry import Agreement, Commitment, Ministry, Party
from missions.models.minutes import ActionItem, ActionItemKind, Discussion, FollowUpReview, Minutes, OnlineRoom
from missions.models.mission import Mission, MissionKind, PointOf
from missions.models.notice import (
    AT_ONCE,
    Because,
    Delivery,
    DeliveryChoice,
    Mail,
    MailState,
    Notice,
    NoticeKind,
)
from missions.models.organisation import Organisation, OrganisationKind
from missions.models.page_version import PageVersion
from missions.models.period_report import PeriodReport
from missions.models.posting import Posting
from missions.models.public_entry import POSTGRESQL_INDEX, POSTGRESQL_MAKES, PublicEntry, Sought
from missions.models.relay import Ending, Relay, RelayKind
from missions.models.remark import CaseRemark, Remarked
from missions.models.results import ReportedResult
from missions.models.saved_view import SavedView
from missions.models.search_entry import BESIDE, SearchEntry
from missions.models.service import Service
from missions.models.sign_in import SignIn, SignInMethod, SignInOutcome
from missions.models.source import Certainty, Discrepancy, Reported, Source, Sourced, cite
from missions.models.status_code import CLOSED_FOR, ReportStatus, StatusCode
from missions.models.user import Language, User
from missions.models.vocabulary import Country, DifficultyType, HsChapter, NtmChapter, Region, Sector
from missions.models.working_days import OfficeCalendar, OfficeDay, Why, today_at

__all__ = [name for name in dir() if name[0].isupper()]
