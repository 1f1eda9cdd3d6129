"""Pages of the second factor that allauth has in another way, or not at all."""

from allauth.mfa.base.views import IndexView
from allauth.mfa.recovery_codes.views import ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, LoginWebAuthnView, RemoveWebAuthnView
from django.contrib import messages
from django.contrib.admin.views.decorators import staff_member_required
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils.translation import gettext as _

from missions.models import User
from portal.accounts import second_factor
from portal.accounts.middleware import WANTED


class Factors(IndexView):
    """What one signs in with, and where to change it."""

    def get_context_data(self, **kwargs):
        user = self.request.user
        lacking = second_factor.is_required(user) and not second_factor.has_one(user)
        codes = (found := super().get_context_data(**kwargs))["authenticators"].get("recovery_codes")
        return found | {"is_lacking": lacking, "left": len(codes.get_unused_codes()) if codes else 0}


class SetUpApp(ActivateTOTPView):
    """An authenticator app is set up."""

    def form_valid(self, form):
        response = super().form_valid(form)
        app = self.request.user.authenticator_set.get(type="totp")
        second_factor.is_used(app, form.cleaned_data["code"])
        second_factor.set_up(self.request)
        return response


class SetUpKey(AddWebAuthnView):
    """A security key or passkey is set up."""

    def form_valid(self, form):
        response = super().form_valid(form)
        second_factor.set_up(self.request)
        return response


class RecoveryCodes(ViewRecoveryCodesView):
    """Recovery codes, shown once."""

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"wanted": self.request.session.pop(WANTED, "")}


class RemoveKey(RemoveWebAuthnView):
    """A key is taken away, unless it is the last factor of somebody who needs one."""

    success_url = reverse_lazy("mfa_index")

    def form_valid(self, form):
        adapter = second_factor.DeskSecondFactors()
        if not adapter.can_delete_authenticator(self.get_object()):
            messages.error(self.request, str(adapter.error_messages["cannot_delete_authenticator"]))
            return redirect("mfa_index")
        return super().form_valid(form)


class SignInByPasskey(LoginWebAuthnView):
    """Sign in by a passkey alone. Its script asks for a challenge, whatever it says that it accepts."""

    def get(self, request, *args, **kwargs):
        response = super().get(request, *args, **kwargs)
        if isinstance(response, JsonResponse):
            response["Cache-Control"] = "no-store"
        return response


@staff_member_required(login_url="account_login")
def take_away(request, pk):
    """Take away the second factors of somebody who lost them. Only a superuser may, and not their own."""
    person = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    if not request.user.is_superuser or person == request.user:
        raise PermissionDenied
    if request.method != "POST":
        return render(request, "account/take_away.html", {"person": person})
    second_factor.take_away(person, by=request.user)
    messages.success(request, _("The second factor of %(person)s is taken away.") % {"person": person})
    return redirect("admin:missions_user_change", person.pk)
