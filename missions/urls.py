"""Public addresses, in each language."""

from django.urls import path, register_converter
from django.urls.converters import IntConverter
from django.views.generic import TemplateView

from missions import feeds, views


class Key(IntConverter):
    """A primary key as it is written in one way only: a page has one address."""

    regex = "[1-9][0-9]{0,17}"


register_converter(Key, "key")
app_name = "missions"
urlpatterns = [
    path("", views.Home.as_view(), name="home"),
    path("missions.csv", views.MissionExport.as_view(), name="missions_csv"),
    path("missions/", views.MissionList.as_view(), name="missions"),
    path("missions/<slug:slug>/", views.MissionDetail.as_view(), name="mission"),
    path("bodies.csv", views.BodyExport.as_view(), name="bodies_csv"),
    path("bodies/", views.BodyList.as_view(), name="bodies"),
    path("bodies/<slug:code>/", views.BodyDetail.as_view(), name="body"),
    path("meetings.csv", views.MeetingExport.as_view(), name="meetings_csv"),
    path("meetings/", views.MeetingList.as_view(), name="meetings"),
    path("meetings/<key:pk>/", views.MeetingDetail.as_view(), name="meeting"),
    path("calendar.ics", views.CalendarOfAll.as_view(), name="calendar"),
    path("bodies/<slug:code>/calendar.ics", views.CalendarOfBody.as_view(), name="body_calendar"),
    path("meetings/<key:pk>.ics", views.CalendarOfMeeting.as_view(), name="meeting_calendar"),
    path("cases.csv", views.CaseExport.as_view(), name="cases_csv"),
    path("cases/", views.CaseList.as_view(), name="cases"),
    path("cases/<slug:reference>/", views.CaseDetail.as_view(), name="case"),
    path("information.csv", views.InformationExport.as_view(), name="information_csv"),
    path("information/", views.InformationList.as_view(), name="information"),
    path("information/<key:pk>/", views.InformationDetail.as_view(), name="information_item"),
    path("feeds/meetings.atom", feeds.MeetingFeed(), name="meetings_feed"),
    path("feeds/cases.atom", feeds.CaseFeed(), name="cases_feed"),
    path("feeds/information.atom", feeds.InformationFeed(), name="information_feed"),
    path("search/", views.Search.as_view(), name="search"),
    path("organisations.csv", views.OrganisationExport.as_view(), name="organisations_csv"),
    path("organisations/", views.OrganisationList.as_view(), name="organisations"),
    path("organisations/<slug:slug>/", views.OrganisationDetail.as_view(), name="organisation"),
    path("programme/", views.Programme.as_view(), name="programme"),
    path("statistics/", views.Statistics.as_view(), name="statistics"),
    path("statistics/<slug:name>.csv", views.StatisticsTable.as_view(), name="statistics_csv"),
    path("sources/", views.SourceList.as_view(), name="sources"),
    path("accessibility/", TemplateView.as_view(template_name="missions/accessibility.html"), name="accessibility"),
    path("privacy/", TemplateView.as_view(template_name="missions/privacy.html"), name="privacy"),
]
