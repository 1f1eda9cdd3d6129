"""Settings of signing in: ``portal.accounts`` joins allauth with the desk. Nobody makes an account of their own."""

import environ

env = environ.Env()
DEBUG = env.bool("DEBUG", default=False)

TRIES = env.int("SIGN_IN_TRIES", default=5)  # wrong passwords, or wrong codes, of one account before it is locked
TRIES_OF_ADDRESS = env.int("SIGN_IN_TRIES_OF_ADDRESS", default=50)  # a ministry may come from one address
LOCKED_MINUTES = env.int("SIGN_IN_LOCKED_MINUTES", default=15)
ACCOUNT_ADAPTER = "portal.accounts.adapter.DeskAccounts"
ACCOUNT_FORMS = {
    "login": "portal.accounts.forms.SignInForm",
    "change_password": "portal.accounts.forms.ChangeForm",
    "reauthenticate": "portal.accounts.forms.PasswordAgainForm",
    "reset_password": "portal.accounts.reset.ResetForm",
    "reset_password_from_key": "portal.accounts.reset.NewPasswordForm",
}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
# ``portal.accounts.lockout`` counts what was wrong; these limit what costs work whether it was right or not.
ACCOUNT_RATE_LIMITS = {
    "login_failed": None,
    "login": "120/m/ip",
    "reset_password": "20/h/ip,3/h/key",
    "reset_password_from_key": "30/m/ip",
}
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
# allauth's own writes rows of the account, also where there is none.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
PASSWORD_RESET_TIMEOUT = 60 * 60
REQUIRE_MFA = env.bool("REQUIRE_MFA", default=not DEBUG)
MFA_KEY = env.str("MFA_KEY", default="")
MFA_ADAPTER = "portal.accounts.second_factor.DeskSecondFactors"
MFA_FORMS = {
    "authenticate": "portal.accounts.factor_forms.CodeForm",
    "reauthenticate": "portal.accounts.factor_forms.CodeAgainForm",
    "activate_totp": "portal.accounts.factor_forms.AppForm",
    "authenticate_webauthn": "portal.accounts.factor_forms.KeyForm",
    "login_webauthn": "portal.accounts.factor_forms.PasskeyForm",
    "add_webauthn": "portal.accounts.factor_forms.NewKeyForm",
    "edit_webauthn": "portal.accounts.factor_forms.NameOfKeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_TOLERANCE = 1  # half a minute: clocks of telephones differ
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG

SOCIALACCOUNT_ADAPTER = "portal.accounts.single_sign_on.DeskSingleSignOn"
SOCIALACCOUNT_AUTO_SIGNUP = SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_LOGIN_ON_GET = True  # a form that leads to another host is what the Content-Security-Policy forbids
OIDC_SERVER_URL = env.str("OIDC_SERVER_URL", default="")
OIDC_NAME = env.str("OIDC_NAME", default="OpenID Connect") if OIDC_SERVER_URL else ""
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "desk",
                "name": OIDC_NAME,
                "client_id": env.str("OIDC_CLIENT_ID", default=""),
                "secret": env.str("OIDC_SECRET", default=""),
                "settings": {"server_url": OIDC_SERVER_URL},
            }
        ]
        if OIDC_SERVER_URL
        else [],
    }
}
