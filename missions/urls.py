"""Public addresses: ``pages`` in each language, ``root`` without one, ``api`` for programs."""

from django.contrib.sitemaps import views as sitemaps
from django.urls import path
from django.views.generic import TemplateView

from missions import views
from missions.api import views as of_api
from missions.feeds.atom import CaseFeed, EarlierCaseFeed, InformationFeed, MeetingFeed
from missions.feeds.search import SearchFeed
from missions.feeds.sitemaps import sections
from missions.views import data as of_data
from missions.views import files as of_files
from missions.views import root as of_root

UNLISTED = {"status"}  # pages that search engines are not led to
PAGES = [
    path("", views.Home.as_view(), name="home"),
    path("countries/", views.CountryList.as_view(), name="countries"),
    path("countries/<slug:code>/", views.CountryDetail.as_view(), name="country"),
    path("missions.csv", views.MissionExport.as_view(), name="missions_csv"),
    path("missions/", views.MissionList.as_view(), name="missions"),
    path("missions/<slug:slug>/", views.MissionDetail.as_view(), name="mission"),
    path("bodies.csv", views.BodyExport.as_view(), name="bodies_csv"),
    path("bodies/", views.BodyList.as_view(), name="bodies"),
    path("bodies/<slug:code>/", views.BodyDetail.as_view(), name="body"),
    path("meetings.csv", views.MeetingExport.as_view(), name="meetings_csv"),
    path("meetings/", views.MeetingList.as_view(), name="meetings"),
    path("meetings/<slug:key>/", views.MeetingDetail.as_view(), name="meeting"),
    path("calendar.ics", views.CalendarOfAll.as_view(), name="calendar"),
    path("bodies/<slug:code>/calendar.ics", views.CalendarOfBody.as_view(), name="body_calendar"),
    path("meetings/<slug:key>.ics", views.CalendarOfMeeting.as_view(), name="meeting_calendar"),
    path("cases.csv", views.CaseExport.as_view(), name="cases_csv"),
    path("cases/", views.CaseList.as_view(), name="cases"),
    path("cases/<slug:reference>/", views.CaseDetail.as_view(), name="case"),
    path("earlier-cases.csv", views.EarlierCaseExport.as_view(), name="earlier_cases_csv"),
    path("earlier-cases/", views.EarlierCaseList.as_view(), name="earlier_cases"),
    path("earlier-cases/<slug:key>/", views.EarlierCaseDetail.as_view(), name="earlier_case"),
    path("help/", views.HelpTypes.as_view(), name="help_types"),
    path("help/<slug:code>/", views.HelpType.as_view(), name="help_type"),
    path("information.csv", views.InformationExport.as_view(), name="information_csv"),
    path("information/", views.InformationList.as_view(), name="information"),
    path("information/<slug:key>/", views.InformationDetail.as_view(), name="information_item"),
    path("feeds/meetings.atom", MeetingFeed(), name="meetings_feed"),
    path("feeds/cases.atom", CaseFeed(), name="cases_feed"),
    path("feeds/earlier-cases.atom", EarlierCaseFeed(), name="earlier_cases_feed"),
    path("feeds/information.atom", InformationFeed(), name="information_feed"),
    path("feeds/search.atom", SearchFeed(), name="search_feed"),
    path("search/", views.Search.as_view(), name="search"),
    path("organisations.csv", views.OrganisationExport.as_view(), name="organisations_csv"),
    path("organisations/", views.OrganisationList.as_view(), name="organisations"),
    path("organisations/<slug:slug>/", views.OrganisationDetail.as_view(), name="organisation"),
    path("programme/", views.Programme.as_view(), name="programme"),
    path("statistics/", views.Statistics.as_view(), name="statistics"),
    path("statistics/<slug:name>.csv", views.StatisticsTable.as_view(), name="statistics_csv"),
    path("sources/", views.SourceList.as_view(), name="sources"),
    path("data/", of_data.OpenData.as_view(), name="data"),
    path("data/dictionary/", of_data.Dictionary.as_view(), name="dictionary"),
    path("report/", views.Report.as_view(), name="report"),
    path("status/", views.Status.as_view(), name="status"),
    path("accessibility/", TemplateView.as_view(template_name="missions/accessibility.html"), name="accessibility"),
    path("privacy/", TemplateView.as_view(template_name="missions/privacy.html"), name="privacy"),
]


def _single():
    """Names of the pages that are there once. Their addresses name no record and no file."""
    routes = {page.name: str(page.pattern) for page in PAGES}
    listed = {name: route for name, route in routes.items() if name not in UNLISTED}
    return [name for name, route in listed.items() if "<" not in route and (not route or route.endswith("/"))]


SECTIONS = {"sitemaps": sections(_single())}
ROOT = [
    path("", of_root.start, name="start"),
    path("favicon.ico", of_root.icon, name="icon"),
    path("robots.txt", of_root.robots, name="robots"),
    path(".well-known/security.txt", of_root.security, name="security"),
    path("data/all.zip", of_data.archive, name="archive"),
    path("data/datapackage.json", of_data.package, name="package"),
    path("data/dcat.jsonld", of_data.catalogue, name="catalogue"),
    path("data/<slug:name>.csv", of_data.data_file, name="data_file"),
    path("files/<slug:key>/", of_files.public_file, name="file"),
    path("sitemap.xml", sitemaps.index, SECTIONS | {"sitemap_url_name": "root:section"}, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemaps.sitemap, SECTIONS, name="section"),
]

API = [
    path("api/v1/openapi.json", of_api.Description.as_view(), name="description"),
    *of_api.patterns(),
    path("api/<path:rest>", of_api.Elsewhere.as_view(), name="elsewhere"),
]

pages = (PAGES, "missions")
root = (ROOT, "root")
api = (API, "api")
