"""Addresses of signing in, all below the desk. What is not listed here of allauth has no address: signing up first."""

from allauth.account import views as account
from django.urls import path

from portal.accounts import views

urlpatterns = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("password_change/", account.password_change, name="account_change_password"),
    path("account/language/", views.choose_language, name="account_language"),
]
