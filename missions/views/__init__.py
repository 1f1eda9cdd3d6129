"""The public pages: read only, published rows only."""

from missions.views.bodies import BodyDetail, BodyList, MissionDetail, MissionList
from missions.views.calendars import CalendarOfAll, CalendarOfBody, CalendarOfMeeting
from missions.views.cases import CaseDetail, CaseList
from missions.views.countries import CountryDetail, CountryList
from missions.views.earlier_cases import EarlierCaseDetail, EarlierCaseList
from missions.views.exports import (
    BodyExport,
    CaseExport,
    EarlierCaseExport,
    InformationExport,
    MeetingExport,
    MissionExport,
    OrganisationExport,
)
from missions.views.help import HelpType, HelpTypes
from missions.views.home import Home
from missions.views.information import InformationDetail, InformationList
from missions.views.meetings import MeetingDetail, MeetingList
from missions.views.organisations import OrganisationDetail, OrganisationList
from missions.views.programme import Programme, SourceList
from missions.views.report import Report
from missions.views.search import Search
from missions.views.statistics import Statistics, StatisticsTable
from missions.views.status import Status
