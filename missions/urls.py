"""Public addresses, in each language."""

from django.urls import path
from django.views.generic import TemplateView

from missions import views

app_name = "missions"
urlpatterns = [
    path("", views.Home.as_view(), name="home"),
    path("missions/", views.MissionList.as_view(), name="missions"),
    path("missions/<slug:slug>/", views.MissionDetail.as_view(), name="mission"),
    path("bodies/", views.BodyList.as_view(), name="bodies"),
    path("bodies/<slug:code>/", views.BodyDetail.as_view(), name="body"),
    path("meetings/", views.MeetingList.as_view(), name="meetings"),
    path("meetings/<int:pk>/", views.MeetingDetail.as_view(), name="meeting"),
    path("cases/", views.CaseList.as_view(), name="cases"),
    path("cases/<slug:reference>/", views.CaseDetail.as_view(), name="case"),
    path("information/", views.InformationList.as_view(), name="information"),
    path("information/<int:pk>/", views.InformationDetail.as_view(), name="information_item"),
    path("organisations/", views.OrganisationList.as_view(), name="organisations"),
    path("organisations/<slug:slug>/", views.OrganisationDetail.as_view(), name="organisation"),
    path("programme/", views.Programme.as_view(), name="programme"),
    path("sources/", views.SourceList.as_view(), name="sources"),
    path("accessibility/", TemplateView.as_view(template_name="missions/accessibility.html"), name="accessibility"),
    path("privacy/", TemplateView.as_view(template_name="missions/privacy.html"), name="privacy"),
]
