"""Addresses of signing in, all below the desk. What is not listed here of allauth has no address: signing up first."""

from allauth.account import views as account
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as keys
from django.urls import include, path, re_path

from portal.accounts import factor_views, reset, session_end, session_views, single_sign_on, views

own = [
    path("", factor_views.Factors.as_view(), name="mfa_index"),
    path("again/", account.reauthenticate, name="account_reauthenticate"),
    path("again/code/", factors.reauthenticate, name="mfa_reauthenticate"),
    path("again/key/", keys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("app/", factor_views.SetUpApp.as_view(), name="mfa_activate_totp"),
    path("app/remove/", app.deactivate_totp, name="mfa_deactivate_totp"),
    path("code/", factors.authenticate, name="mfa_authenticate"),
    path("keys/", factor_views.Factors.as_view(), name="mfa_list_webauthn"),
    path("keys/add/", factor_views.SetUpKey.as_view(), name="mfa_add_webauthn"),
    path("keys/<int:pk>/", keys.edit_webauthn, name="mfa_edit_webauthn"),
    path("keys/<int:pk>/remove/", factor_views.RemoveKey.as_view(), name="mfa_remove_webauthn"),
    path("language/", views.choose_language, name="account_language"),
    path("passkey/", factor_views.SignInByPasskey.as_view(), name="mfa_login_webauthn"),
    path("recovery-codes/", factor_views.RecoveryCodes.as_view(), name="mfa_view_recovery_codes"),
    path("recovery-codes/new/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("reset/", account.password_reset, name="account_reset_password"),
    path("reset/sent/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^reset/(?P<uidb36>[0-9A-Za-z]{1,12})-(?P<key>[0-9A-Za-z-]{1,80})/$",
        reset.ChooseNew.as_view(),
        name="account_reset_password_from_key",
    ),
    path("sessions/", session_views.sessions, name="usersessions_list"),
    path("stay/", session_end.stay, name="account_stay"),
    path("single/<slug:provider_id>/", single_sign_on.begin, name="openid_connect_login"),
    path("single/<slug:provider_id>/back/", single_sign_on.return_from, name="openid_connect_callback"),
    path("take-away/<int:pk>/", factor_views.take_away, name="account_take_away"),
]
urlpatterns = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("password_change/", account.password_change, name="account_change_password"),
    path("account/", include(own)),
]
