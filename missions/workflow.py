"""The one writer of a difficulty's stage and holder."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from missions.models import Body, Difficulty
from missions.references import make_reference


class StepRefused(ValidationError):
    """The move is not allowed. The message is fit to show to staff."""


@transaction.atomic
def file_difficulty(difficulty, *, by):
    """File a filled-in difficulty: it gets its reference, and the body it came through holds it.

    Raises ``StepRefused`` where ``by`` does not work for that body.
    """
    through = difficulty.filed_through
    if not by.has_perm("missions.view_every_body") and through not in Body.objects.staffed_by(by):
        raise StepRefused(_("You are not posted to %(body)s. Choose your own body.") % {"body": through})
    difficulty.reference = make_reference(
        through.code, lambda reference: Difficulty.objects.filter(reference=reference).exists()
    )
    difficulty.filed_by = by
    difficulty.holder = through
    difficulty.save()
    return difficulty
