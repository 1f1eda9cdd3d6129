"""The firms behind difficulties. Staff only."""

import re

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Replace
from django.utils.translation import gettext_lazy as _

from missions.fields.bilingual import Bilingual, short_pair
from missions.fields.firm_names import skeletons
from missions.fields.order import InOrder
from missions.fields.validators import registration_digits, telephone, validate_registration_number
from missions.models.base import OfBodiesQuerySet, Record
from missions.models.difficulty import Difficulty
from missions.models.firm_key import FirmKey, FirmKeyKind


class CompanySize(models.TextChoices):
    """Size classes of Korean law on small firms."""

    MICRO = "micro", _("micro enterprise")
    SMALL = "small", _("small enterprise")
    MEDIUM = "medium", _("medium enterprise")
    VENTURE = "startup", _("start-up or venture")
    OTHER = "other", _("other")


class CompanyQuerySet(OfBodiesQuerySet):
    def visible_to(self, user):
        """Firms registered by the user's bodies, and firms behind difficulties the user may open."""
        if user.has_perm("missions.view_every_body"):
            return self
        own = OfBodiesQuerySet(self.model).visible_to(user)
        seen = Difficulty.objects.visible_to(user)
        behind = Q(pk__in=seen.values("company")) | Q(pk__in=seen.values("further_reports__company"))
        return self.filter(Q(pk__in=own.values("pk")) | behind)

    def reachable_by(self, user):
        """Firms of which a user may read whom to contact there, as ``Company.is_reachable_by`` says of one."""
        if user.has_perm("missions.view_every_body"):
            return self
        return self.filter(Q(shares_with_mission=True) | Q(body__in=user.posted_bodies()))

    def with_telephone(self, digits):
        """Firms with a number in their telephone field, however it is spaced there."""
        bare = F("telephone")
        for sign in "-. ()+":
            bare = Replace(bare, Value(sign), Value(""))
        return self.alias(bare_telephone=bare).filter(bare_telephone__contains=digits)

    def matching(self, text):
        """Firms with a text, or all of its words, in their name, or its digits in their registration number."""
        words = text.replace("\0", "").split()
        digits = registration_digits(text)
        wanted = self._named("".join(words))
        every_word = Q()
        for word in words:
            every_word &= Q(name_ko__icontains=word) | Q(name_en__icontains=word)
        wanted |= every_word | _like(text)
        if re.fullmatch(r"[0-9]{3,10}", digits):
            wanted |= Q(registration_number__contains=digits)
        return self._without_spaces().filter(wanted)

    def perhaps(self, firm):
        """Firms that one about to be registered may be: with its number, or with its name in one they have or had."""
        wanted = Q(registration_number=firm.registration_number) & ~Q(registration_number="")
        for name in (firm.name_ko, firm.name_en):
            wanted |= _like(name)
        return self.filter(wanted)

    def _without_spaces(self):
        bare = {f"bare_{name}": Replace(name, Value(" "), Value("")) for name in ("name_ko", "name_en")}
        return self.alias(**bare)

    def _named(self, text):
        return Q(bare_name_ko__icontains=text) | Q(bare_name_en__icontains=text)


def _like(name):
    """The condition that a firm is compared by what a name is compared by."""
    alike = Q(pk=None)
    for letters in skeletons(name):
        keys = FirmKey.objects.filter(kind__in=[FirmKeyKind.NAME, FirmKeyKind.SHORT], value__contains=letters)
        alike |= Q(pk__in=keys.values("firm"))
    return alike


class Company(Record):
    """A firm (기업) that met a difficulty. Never public."""

    body = models.ForeignKey("Body", models.PROTECT, verbose_name=_("registered by"), related_name="companies")
    name_ko, name_en = short_pair(_("name"))
    registration_number = models.CharField(
        _("business registration number"),
        max_length=12,
        blank=True,
        validators=[validate_registration_number],
        help_text=_("Ten digits, hyphens may be typed. Leave empty when not known."),
    )
    size = models.CharField(_("size"), max_length=8, choices=CompanySize, blank=True)
    region = models.CharField(_("region in Korea"), max_length=80, blank=True)
    sector = models.ForeignKey(
        "Sector", models.PROTECT, verbose_name=_("sector"), null=True, blank=True, related_name="+"
    )
    contact = models.CharField(_("contact person"), max_length=80, blank=True)
    telephone = models.CharField(_("telephone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    shares_with_mission = models.BooleanField(_("agrees to sharing with the mission"), default=False)
    shares_with_organisations = models.BooleanField(_("agrees to sharing with other organisations"), default=False)
    may_be_named = models.BooleanField(_("agrees to being named in public"), default=False)

    name = Bilingual()
    objects = CompanyQuerySet.as_manager()

    class Meta:
        verbose_name = _("company")
        verbose_name_plural = _("companies")
        ordering = [InOrder("name_ko"), "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["registration_number"],
                condition=~Q(registration_number=""),
                name="company_registration_number_once",
                violation_error_message=_(
                    "This registration number cannot be used again. Choose the firm from the list, "
                    "or ask the domestic secretariat to share it with your body."
                ),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def written_number(self):
        """The registration number as it is written, with hyphens; empty where there is none."""
        digits = self.registration_number
        return f"{digits[:3]}-{digits[3:5]}-{digits[5:]}" if digits else ""

    @property
    def told_apart(self):
        """The name with what tells it from another firm of that name."""
        return " · ".join(dict.fromkeys(filter(None, [self.name_ko, self.name_en, self.written_number])))

    @property
    def has_contact(self):
        """Whether anything is recorded about whom to contact there."""
        return bool(self.contact or self.telephone or self.email)

    def is_reachable_by(self, user):
        """Whether a member of staff may read whom to contact there: of another body only with the firm’s consent."""
        if self.shares_with_mission or user.has_perm("missions.view_every_body"):
            return True
        return user.posted_bodies().filter(body=self.body_id).exists()

    def clean_fields(self, exclude=None):
        """Keep the registration number as ten bare digits, and the telephone number as it is dialled in Korea."""
        self.registration_number, wrong = registration_digits(self.registration_number), {}
        try:
            self.telephone = self.telephone if "telephone" in (exclude or ()) else telephone(self.telephone)
        except ValidationError as refused:
            wrong["telephone"] = refused.error_list
        try:
            super().clean_fields(exclude=exclude)
        except ValidationError as refused:
            wrong = refused.update_error_dict(wrong)
        if wrong:
            raise ValidationError(wrong)
