"""The records of the programme, as tables."""

import django.contrib.auth.validators
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import missions.fields.validators
import missions.models.user


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="DifficultyType",
            fields=[
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last changed")),
                ("code", models.SlugField(max_length=40, primary_key=True, serialize=False, verbose_name="code")),
                ("name_ko", models.CharField(max_length=250, verbose_name="name (Korean)")),
                ("name_en", models.CharField(blank=True, max_length=250, verbose_name="name (English)")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                (
                    "ntm_chapters",
                    models.CharField(blank=True, max_length=20, verbose_name="nearest UNCTAD MAST chapters"),
                ),
            ],
            options={
                "verbose_name": "difficulty type",
                "verbose_name_plural": "difficulty types",
                "ordering": ["order", "pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="HsChapter",
            fields=[
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last changed")),
                ("code", models.SlugField(max_length=40, primary_key=True, serialize=False, verbose_name="code")),
                ("name_ko", models.CharField(max_length=250, verbose_name="name (Korean)")),
                ("name_en", models.CharField(blank=True, max_length=250, verbose_name="name (English)")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
            ],
            options={
                "verbose_name": "HS chapter",
                "verbose_name_plural": "HS chapters",
                "ordering": ["order", "pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="LoadedRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("file", models.CharField(max_length=40)),
                ("key", models.CharField(max_length=120)),
                ("record", models.CharField(max_length=40)),
                ("values", models.JSONField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("file", "key"), name="loaded_row_once")],
            },
        ),
        migrations.CreateModel(
            name="NtmChapter",
            fields=[
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last changed")),
                ("code", models.SlugField(max_length=40, primary_key=True, serialize=False, verbose_name="code")),
                ("name_ko", models.CharField(max_length=250, verbose_name="name (Korean)")),
                ("name_en", models.CharField(blank=True, max_length=250, verbose_name="name (English)")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
            ],
            options={
                "verbose_name": "non-tariff measure chapter",
                "verbose_name_plural": "non-tariff measure chapters",
                "ordering": ["order", "pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PageVersion",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("published", models.BigIntegerField(default=0)),
                ("counted", models.BigIntegerField(default=0)),
            ],
            options={
                "default_permissions": (),
                "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="page_version_one_row")],
            },
        ),
        migrations.CreateModel(
            name="PublicEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40)),
                ("record", models.BigIntegerField()),
                ("day", models.DateField(null=True)),
                ("title", models.TextField()),
                ("tokens", models.TextField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("kind", "record"), name="public_entry_once")],
            },
        ),
        migrations.CreateModel(
            name="Region",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last changed")),
                ("key", models.SlugField(unique=True, verbose_name="key")),
                ("name_ko", models.CharField(max_length=200, verbose_name="name (Korean)")),
                ("name_en", models.CharField(blank=True, max_length=200, verbose_name="name (English)")),
                ("article", models.CharField(blank=True, max_length=40, verbose_name="article of the statute")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
            ],
            options={
                "verbose_name": "region",
                "verbose_name_plural": "regions",
                "ordering": ["order", "pk"],
            },
        ),
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40)),
                ("record", models.BigIntegerField()),
                ("tokens", models.TextField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("kind", "record"), name="search_entry_once")],
            },
        ),
        migrations.CreateModel(
            name="Sector",
            fields=[
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last changed")),
                ("code", models.SlugField(max_length=40, primary_key=True, serialize=False, verbose_name="code")),
                ("name_ko", models.CharField(max_length=250, verbose_name="name (Korean)")),
                ("name_en", models.CharField(blank=True, max_length=250, verbose_name="name (English)")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
            ],
            options={
                "verbose_name": "sector",
                "verbose_name_plural": "sectors",
                "ordering": ["order", "pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Source",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last changed")),
                (
                    "key",
                    models.SlugField(
                        help_text="Short name used to cite this source, e.g. pr-0419.", unique=True, verbose_name="key"
                    ),
                ),
                ("publisher", models.CharField(max_length=200, verbose_name="publisher")),
                (
                    "title",
                    models.CharField(
                        help_text="In brackets where the title itself is not known.",
                        max_length=300,
                        verbose_name="title",
                    ),
                ),
                (
                    "dated_on",
                    models.DateField(
                        blank=True,
                        help_text="Leave empty when no source gives a date.",
                        null=True,
                        validators=[missions.fields.validators.validate_day],
                        verbose_name="published on",
                    ),
                ),
                (
                    "dated_precision",
                    models.CharField(
                        choices=[
                            ("day", "on that day"),
                            ("by", "by that day"),
                            ("month", "within that month"),
                            ("unknown", "unknown"),
                        ],
                        default="unknown",
                        max_length=7,
                        verbose_name="published on: precision",
                    ),
                ),
                ("url", models.URLField(blank=True, max_length=500, verbose_name="address")),
                (
                    "quote",
                    models.CharField(
                        blank=True, help_text="One sentence at most.", max_length=400, verbose_name="quotation"
                    ),
                ),
                ("note_ko", models.TextField(blank=True, max_length=1000, verbose_name="note (Korean)")),
                ("note_en", models.TextField(blank=True, max_length=1000, verbose_name="note (English)")),
            ],
            options={
                "verbose_name": "source",
                "verbose_name_plural": "sources",
                "ordering": [models.OrderBy(models.F("dated_on"), descending=True, nulls_last=True), "key"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("dated_on", None), ("dated_precision", "unknown")),
                            models.Q(("dated_on__isnull", False), ("dated_precision__in", ["day", "by", "month"])),
                            _connector="OR",
                        ),
                        name="source_dated_date_with_precision",
                        violation_error_message="A date needs a known precision; without a date the precision is “unknown”.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "username",
                    models.CharField(
                        error_messages={"unique": "A user with that username already exists."},
                        help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.",
                        max_length=150,
                        unique=True,
                        validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                        verbose_name="username",
                    ),
                ),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="email address")),
                (
                    "is_staff",
                    models.BooleanField(
                        default=False,
                        help_text="Designates whether the user can log into this admin site.",
                        verbose_name="staff status",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                        verbose_name="active",
                    ),
                ),
                ("date_joined", models.DateTimeField(default=django.utils.timezone.now, verbose_name="date joined")),
                ("name", models.CharField(blank=True, max_length=80, verbose_name="name")),
                (
                    "language",
                    models.CharField(
                        choices=[("ko", "한국어"), ("en", "English")],
                        default="ko",
                        max_length=2,
                        verbose_name="language of the admin",
                    ),
                ),
                (
                    "is_institution",
                    models.BooleanField(
                        default=False,
                        editable=False,
                        help_text="Author or approver of what the ministries published themselves. Nobody signs in with it.",
                        verbose_name="stands for an institution",
                    ),
                ),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "verbose_name": "user",
                "verbose_name_plural": "users",
                "ordering": ["username"],
            },
            managers=[
                ("objects", missions.models.user.StaffManager()),
            ],
        ),
        migrations.CreateModel(
            name="Agreement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last changed")),
                (
                    "certainty",
                    models.CharField(
                        choices=[
                            ("verified", "verified"),
                            ("inferred", "inferred"),
                            ("conflict", "sources disagree"),
                            ("unverified", "unverified"),
                        ],
                        default="unverified",
                        max_length=10,
                        verbose_name="certainty",
                    ),
                ),
                ("note_ko", models.TextField(blank=True, max_length=2000, verbose_name="note (Korean)")),
                ("note_en", models.TextField(blank=True, max_length=2000, verbose_name="note (English)")),
                ("key", models.SlugField(unique=True, verbose_name="key")),
                ("name_ko", models.CharField(max_length=300, verbose_name="title (Korean)")),
                ("name_en", models.CharField(blank=True, max_length=300, verbose_name="title (English)")),
                (
                    "signed_on",
                    models.DateField(
                        blank=True,
                        help_text="Leave empty when no source gives a date.",
                        null=True,
                        validators=[missions.fields.validators.validate_day],
                        verbose_name="signed on",
                    ),
                ),
                (
                    "signed_precision",
                    models.CharField(
                        choices=[
                            ("day", "on that day"),
                            ("by", "by that day"),
                            ("month", "within that month"),
                            ("unknown", "unknown"),
                        ],
                        default="unknown",
                        max_length=7,
                        verbose_name="signed on: precision",
                    ),
                ),
                ("place_ko", models.CharField(blank=True, max_length=200, verbose_name="place (Korean)")),
                ("place_en", models.CharField(blank=True, max_length=200, verbose_name="place (English)")),
                (
                    "sources",
                    models.ManyToManyField(blank=True, related_name="+", to="missions.source", verbose_name="sources"),
                ),
            ],
            options={
                "verbose_name": "agreement",
                "verbose_name_plural": "agreements",
                "ordering": ["signed_on", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("signed_on", None), ("signed_precision", "unknown")),
                            models.Q(("signed_on__isnull", False), ("signed_precision__in", ["day", "by", "month"])),
                            _connector="OR",
                        ),
                        name="agreement_signed_date_with_precision",
                        violation_error_message="A date needs a known precision; without a date the precision is “unknown”.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Country",
            fields=[
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last changed")),
                ("code", models.CharField(max_length=2, primary_key=True, serialize=False, verbose_name="code")),
                ("name_ko", models.CharField(max_length=100, verbose_name="name (Korean)")),
                ("name_en", models.CharField(blank=True, max_length=100, verbose_name="name (English)")),
                (
                    "other_names",
                    models.CharField(
                        blank=True,
                        help_text="What people call it, separated by commas. Readers find it by them.",
                        max_length=120,
                        verbose_name="other names",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="countries",
                        to="missions.region",
                        verbose_name="region",
                    ),
                ),
            ],
            options={
                "verbose_name": "country",
                "verbose_name_plural": "countries",
                "ordering": ["name_ko", "pk"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalAgreement",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("updated_at", models.DateTimeField(blank=True, editable=False, verbose_name="last changed")),
                (
                    "certainty",
                    models.CharField(
                        choices=[
                            ("verified", "verified"),
                            ("inferred", "inferred"),
                            ("conflict", "sources disagree"),
                            ("unverified", "unverified"),
                        ],
                        default="unverified",
                        max_length=10,
                        verbose_name="certainty",
                    ),
                ),
                ("note_ko", models.TextField(blank=True, max_length=2000, verbose_name="note (Korean)")),
                ("note_en", models.TextField(blank=True, max_length=2000, verbose_name="note (English)")),
                ("key", models.SlugField(verbose_name="key")),
                ("name_ko", models.CharField(max_length=300, verbose_name="title (Korean)")),
                ("name_en", models.CharField(blank=True, max_length=300, verbose_name="title (English)")),
                (
                    "signed_on",
                    models.DateField(
                        blank=True,
                        help_text="Leave empty when no source gives a date.",
                        null=True,
                        validators=[missions.fields.validators.validate_day],
                        verbose_name="signed on",
                    ),
                ),
                (
                    "signed_precision",
                    models.CharField(
                        choices=[
                            ("day", "on that day"),
                            ("by", "by that day"),
                            ("month", "within that month"),
                            ("unknown", "unknown"),
                        ],
                        default="unknown",
                        max_length=7,
                        verbose_name="signed on: precision",
                    ),
                ),
                ("place_ko", models.CharField(blank=True, max_length=200, verbose_name="place (Korean)")),
                ("place_en", models.CharField(blank=True, max_length=200, verbose_name="place (English)")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical agreement",
                "verbose_name_plural": "historical agreements",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalCountry",
            fields=[
                ("updated_at", models.DateTimeField(blank=True, editable=False, verbose_name="last changed")),
                ("code", models.CharField(db_index=True, max_length=2, verbose_name="code")),
                ("name_ko", models.CharField(max_length=100, verbose_name="name (Korean)")),
                ("name_en", models.CharField(blank=True, max_length=100, verbose_name="name (English)")),
                (
                    "other_names",
                    models.CharField(
                        blank=True,
                        help_text="What people call it, separated by commas. Readers find it by them.",
                        max_length=120,
                        verbose_name="other names",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="missions.region",
                        verbose_name="region",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical country",
                "verbose_name_plural": "historical countries",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalDifficultyType",
            fields=[
                ("updated_at", models.DateTimeField(blank=True, editable=False, verbose_name="last changed")),
                ("code", models.SlugField(max_length=40, verbose_name="code")),
                ("name_ko", models.CharField(max_length=250, verbose_name="name (Korean)")),
                ("name_en", models.CharField(blank=True, max_length=250, verbose_name="name (English)")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                (
                    "ntm_chapters",
                    models.CharField(blank=True, max_length=20, verbose_name="nearest UNCTAD MAST chapters"),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical difficulty type",
                "verbose_name_plural": "historical difficulty types",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalDiscrepancy",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("updated_at", models.DateTimeField(blank=True, editable=False, verbose_name="last changed")),
                ("topic_ko", models.CharField(max_length=200, verbose_name="topic (Korean)")),
                ("topic_en", models.CharField(blank=True, max_length=200, verbose_name="topic (English)")),
                ("claims_ko", models.TextField(max_length=2000, verbose_name="what each source says (Korean)")),
                (
                    "claims_en",
                    models.TextField(blank=True, max_length=2000, verbose_name="what each source says (English)"),
                ),
                ("shown_ko", models.TextField(max_length=2000, verbose_name="what is shown here and why (Korean)")),
                (
                    "shown_en",
                    models.TextField(blank=True, max_length=2000, verbose_name="what is shown here and why (English)"),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical disagreement of sources",
                "verbose_name_plural": "historical disagreements of sources",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalHsChapter",
            fields=[
                ("updated_at", models.DateTimeField(blank=True, editable=False, verbose_name="last changed")),
                ("code", models.SlugField(max_length=40, verbose_name="code")),
                ("name_ko", models.CharField(max_length=250, verbose_name="name (Korean)")),
                ("name_en", models.CharField(blank=True, max_length=250, verbose_name="name (English)")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical HS chapter",
                "verbose_name_plural": "historical HS chapters",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalMinistry",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("updated_at", models.DateTimeField(blank=True, editable=False, verbose_name="last changed")),
                (
                    "certainty",
                    models.CharField(
                        choices=[
                            ("verified", "verified"),
                            ("inferred", "inferred"),
                            ("conflict", "sources disagree"),
                            ("unverified", "unverified"),
                        ],
                        default="unverified",
                        max_length=10,
                        verbose_name="certainty",
                    ),
                ),
                ("note_ko", models.TextField(blank=True, max_length=2000, verbose_name="note (Korean)")),
                ("note_en", models.TextField(blank=True, max_length=2000, verbose_name="note (English)")),
                ("key", models.SlugField(verbose_name="key")),
                ("name_ko", models.CharField(max_length=200, verbose_name="name (Korean)")),
                ("name_en", models.CharField(blank=True, max_length=200, verbose_name="name (English)")),
                ("short_ko", models.CharField(max_length=40, verbose_name="short name (Korean)")),
                ("short_en", models.CharField(blank=True, max_length=40, verbose_name="short name (English)")),
                ("url", models.URLField(blank=True, verbose_name="web site")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical ministry",
                "verbose_name_plural": "historical ministries",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalNtmChapter",
            fields=[
                ("updated_at", models.DateTimeField(blank=True, editable=False, verbose_name="last changed")),
                ("code", models.SlugField(max_length=40, verbose_name="code")),
                ("name_ko", models.CharField(max_length=250, verbose_name="name (Korean)")),
                ("name_en", models.CharField(blank=True, max_length=250, verbose_name="name (English)")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical non-tariff measure chapter",
                "verbose_name_plural": "historical non-tariff measure chapters",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalRegion",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("updated_at", models.DateTimeField(blank=True, editable=False, verbose_name="last changed")),
                ("key", models.SlugField(verbose_name="key")),
                ("name_ko", models.CharField(max_length=200, verbose_name="name (Korean)")),
                ("name_en", models.CharField(blank=True, max_length=200, verbose_name="name (English)")),
                ("article", models.CharField(blank=True, max_length=40, verbose_name="article of the statute")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical region",
                "verbose_name_plural": "historical regions",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalReportedResult",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("updated_at", models.DateTimeField(blank=True, editable=False, verbose_name="last changed")),
                (
                    "certainty",
                    models.CharField(
                        choices=[
                            ("verified", "verified"),
                            ("inferred", "inferred"),
                            ("conflict", "sources disagree"),
                            ("unverified", "unverified"),
                        ],
                        default="unverified",
                        max_length=10,
                        verbose_name="certainty",
                    ),
                ),
                ("note_ko", models.TextField(blank=True, max_length=2000, verbose_name="note (Korean)")),
                ("note_en", models.TextField(blank=True, max_length=2000, verbose_name="note (English)")),
                ("key", models.SlugField(verbose_name="key")),
                (
                    "as_of_on",
                    models.DateField(validators=[missions.fields.validators.validate_day], verbose_name="as of"),
                ),
                ("scope_ko", models.CharField(max_length=200, verbose_name="scope (Korean)")),
                ("scope_en", models.CharField(blank=True, max_length=200, verbose_name="scope (English)")),
                ("missions", models.PositiveIntegerField(blank=True, null=True, verbose_name="missions")),
                ("countries", models.PositiveIntegerField(blank=True, null=True, verbose_name="countries")),
                (
                    "meetings",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="meetings chaired by heads of mission"
                    ),
                ),
                (
                    "difficulties",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="difficulties supported"),
                ),
                (
                    "information",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="items of local information"),
                ),
                ("linkages", models.PositiveIntegerField(blank=True, null=True, verbose_name="linkages to support")),
                ("counted_at", models.DateTimeField(editable=False, null=True, verbose_name="counted at")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "counted_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="counted by",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical reported result",
                "verbose_name_plural": "historical reported results",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalSector",
            fields=[
                ("updated_at", models.DateTimeField(blank=True, editable=False, verbose_name="last changed")),
                ("code", models.SlugField(max_length=40, verbose_name="code")),
                ("name_ko", models.CharField(max_length=250, verbose_name="name (Korean)")),
                ("name_en", models.CharField(blank=True, max_length=250, verbose_name="name (English)")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical sector",
                "verbose_name_plural": "historical sectors",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalSource",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("updated_at", models.DateTimeField(blank=True, editable=False, verbose_name="last changed")),
                (
                    "key",
                    models.SlugField(
                        help_text="Short name used to cite this source, e.g. pr-0419.", verbose_name="key"
                    ),
                ),
                ("publisher", models.CharField(max_length=200, verbose_name="publisher")),
                (
                    "title",
                    models.CharField(
                        help_text="In brackets where the title itself is not known.",
                        max_length=300,
                        verbose_name="title",
                    ),
                ),
                (
                    "dated_on",
                    models.DateField(
                        blank=True,
                        help_text="Leave empty when no source gives a date.",
                        null=True,
                        validators=[missions.fields.validators.validate_day],
                        verbose_name="published on",
                    ),
                ),
                (
                    "dated_precision",
                    models.CharField(
                        choices=[
                            ("day", "on that day"),
                            ("by", "by that day"),
                            ("month", "within that month"),
                            ("unknown", "unknown"),
                        ],
                        default="unknown",
                        max_length=7,
                        verbose_name="published on: precision",
                    ),
                ),
                ("url", models.URLField(blank=True, max_length=500, verbose_name="address")),
                (
                    "quote",
                    models.CharField(
                        blank=True, help_text="One sentence at most.", max_length=400, verbose_name="quotation"
                    ),
                ),
                ("note_ko", models.TextField(blank=True, max_length=1000, verbose_name="note (Korean)")),
                ("note_en", models.TextField(blank=True, max_length=1000, verbose_name="note (English)")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical source",
                "verbose_name_plural": "historical sources",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalSupportProgramme",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("updated_at", models.DateTimeField(blank=True, editable=False, verbose_name="last changed")),
                (
                    "certainty",
                    models.CharField(
                        choices=[
                            ("verified", "verified"),
                            ("inferred", "inferred"),
                            ("conflict", "sources disagree"),
                            ("unverified", "unverified"),
                        ],
                        default="unverified",
                        max_length=10,
                        verbose_name="certainty",
                    ),
                ),
                ("note_ko", models.TextField(blank=True, max_length=2000, verbose_name="note (Korean)")),
                ("note_en", models.TextField(blank=True, max_length=2000, verbose_name="note (English)")),
                ("key", models.SlugField(verbose_name="key")),
                ("name_ko", models.CharField(max_length=200, verbose_name="name (Korean)")),
                ("name_en", models.CharField(blank=True, max_length=200, verbose_name="name (English)")),
                ("year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="year")),
                ("summary_ko", models.TextField(blank=True, max_length=2000, verbose_name="summary (Korean)")),
                ("summary_en", models.TextField(blank=True, max_length=2000, verbose_name="summary (English)")),
                ("url", models.URLField(blank=True, max_length=300, verbose_name="web site")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical support programme",
                "verbose_name_plural": "historical support programmes",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalUser",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "username",
                    models.CharField(
                        db_index=True,
                        error_messages={"unique": "A user with that username already exists."},
                        help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.",
                        max_length=150,
                        validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                        verbose_name="username",
                    ),
                ),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="email address")),
                (
                    "is_staff",
                    models.BooleanField(
                        default=False,
                        help_text="Designates whether the user can log into this admin site.",
                        verbose_name="staff status",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                        verbose_name="active",
                    ),
                ),
                ("date_joined", models.DateTimeField(default=django.utils.timezone.now, verbose_name="date joined")),
                ("name", models.CharField(blank=True, max_length=80, verbose_name="name")),
                (
                    "language",
                    models.CharField(
                        choices=[("ko", "한국어"), ("en", "English")],
                        default="ko",
                        max_length=2,
                        verbose_name="language of the admin",
                    ),
                ),
                (
                    "is_institution",
                    models.BooleanField(
                        default=False,
                        editable=False,
                        help_text="Author or approver of what the ministries published themselves. Nobody signs in with it.",
                        verbose_name="stands for an institution",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical user",
                "verbose_name_plural": "historical users",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Ministry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last changed")),
                (
                    "certainty",
                    models.CharField(
                        choices=[
                            ("verified", "verified"),
                            ("inferred", "inferred"),
                            ("conflict", "sources disagree"),
                            ("unverified", "unverified"),
                        ],
                        default="unverified",
                        max_length=10,
                        verbose_name="certainty",
                    ),
                ),
                ("note_ko", models.TextField(blank=True, max_length=2000, verbose_name="note (Korean)")),
                ("note_en", models.TextField(blank=True, max_length=2000, verbose_name="note (English)")),
                ("key", models.SlugField(unique=True, verbose_name="key")),
                ("name_ko", models.CharField(max_length=200, verbose_name="name (Korean)")),
                ("name_en", models.CharField(blank=True, max_length=200, verbose_name="name (English)")),
                ("short_ko", models.CharField(max_length=40, verbose_name="short name (Korean)")),
                ("short_en", models.CharField(blank=True, max_length=40, verbose_name="short name (English)")),
                ("url", models.URLField(blank=True, verbose_name="web site")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                (
                    "sources",
                    models.ManyToManyField(blank=True, related_name="+", to="missions.source", verbose_name="sources"),
                ),
            ],
            options={
                "verbose_name": "ministry",
                "verbose_name_plural": "ministries",
                "ordering": ["order", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ReportedResult",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last changed")),
                (
                    "certainty",
                    models.CharField(
                        choices=[
                            ("verified", "verified"),
                            ("inferred", "inferred"),
                            ("conflict", "sources disagree"),
                            ("unverified", "unverified"),
                        ],
                        default="unverified",
                        max_length=10,
                        verbose_name="certainty",
                    ),
                ),
                ("note_ko", models.TextField(blank=True, max_length=2000, verbose_name="note (Korean)")),
                ("note_en", models.TextField(blank=True, max_length=2000, verbose_name="note (English)")),
                ("key", models.SlugField(unique=True, verbose_name="key")),
                (
                    "as_of_on",
                    models.DateField(validators=[missions.fields.validators.validate_day], verbose_name="as of"),
                ),
                ("scope_ko", models.CharField(max_length=200, verbose_name="scope (Korean)")),
                ("scope_en", models.CharField(blank=True, max_length=200, verbose_name="scope (English)")),
                ("missions", models.PositiveIntegerField(blank=True, null=True, verbose_name="missions")),
                ("countries", models.PositiveIntegerField(blank=True, null=True, verbose_name="countries")),
                (
                    "meetings",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="meetings chaired by heads of mission"
                    ),
                ),
                (
                    "difficulties",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="difficulties supported"),
                ),
                (
                    "information",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="items of local information"),
                ),
                ("linkages", models.PositiveIntegerField(blank=True, null=True, verbose_name="linkages to support")),
                ("counted_at", models.DateTimeField(editable=False, null=True, verbose_name="counted at")),
                (
                    "counted_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="counted by",
                    ),
                ),
                (
                    "sources",
                    models.ManyToManyField(blank=True, related_name="+", to="missions.source", verbose_name="sources"),
                ),
            ],
            options={
                "verbose_name": "reported result",
                "verbose_name_plural": "reported results",
                "ordering": ["-as_of_on", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("counted_at", None), ("counted_by", None)),
                            models.Q(("counted_at__isnull", False), ("counted_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="result_counted_at_with_by",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Commitment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last changed")),
                ("order", models.PositiveSmallIntegerField(verbose_name="order")),
                ("text_ko", models.TextField(max_length=500, verbose_name="commitment (Korean)")),
                ("text_en", models.TextField(blank=True, max_length=500, verbose_name="commitment (English)")),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="commitments",
                        to="missions.agreement",
                        verbose_name="agreement",
                    ),
                ),
            ],
            options={
                "verbose_name": "commitment",
                "verbose_name_plural": "commitments",
                "ordering": ["order", "pk"],
                "constraints": [models.UniqueConstraint(fields=("agreement", "order"), name="commitment_order_once")],
            },
        ),
        migrations.CreateModel(
            name="HistoricalCommitment",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("updated_at", models.DateTimeField(blank=True, editable=False, verbose_name="last changed")),
                ("order", models.PositiveSmallIntegerField(verbose_name="order")),
                ("text_ko", models.TextField(max_length=500, verbose_name="commitment (Korean)")),
                ("text_en", models.TextField(blank=True, max_length=500, verbose_name="commitment (English)")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="missions.agreement",
                        verbose_name="agreement",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical commitment",
                "verbose_name_plural": "historical commitments",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalPublicHoliday",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("updated_at", models.DateTimeField(blank=True, editable=False, verbose_name="last changed")),
                ("on", models.DateField(validators=[missions.fields.validators.validate_day], verbose_name="day")),
                ("name_ko", models.CharField(max_length=100, verbose_name="name (Korean)")),
                ("name_en", models.CharField(blank=True, max_length=100, verbose_name="name (English)")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "country",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="missions.country",
                        verbose_name="country",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical further public holiday",
                "verbose_name_plural": "historical further public holidays",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last changed")),
                (
                    "certainty",
                    models.CharField(
                        choices=[
                            ("verified", "verified"),
                            ("inferred", "inferred"),
                            ("conflict", "sources disagree"),
                            ("unverified", "unverified"),
                        ],
                        default="unverified",
                        max_length=10,
                        verbose_name="certainty",
                    ),
                ),
                ("note_ko", models.TextField(blank=True, max_length=2000, verbose_name="note (Korean)")),
                ("note_en", models.TextField(blank=True, max_length=2000, verbose_name="note (English)")),
                (
                    "slug",
                    models.SlugField(
                        help_text="Part of the page’s address. It should not change.", unique=True, verbose_name="slug"
                    ),
                ),
                ("name_ko", models.CharField(max_length=200, verbose_name="name (Korean)")),
                ("name_en", models.CharField(blank=True, max_length=200, verbose_name="name (English)")),
                (
                    "other_names",
                    models.CharField(
                        blank=True,
                        help_text="What people call it, separated by commas. Readers find it by them.",
                        max_length=120,
                        verbose_name="other names",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("ministry", "ministry"),
                            ("mission", "mission abroad"),
                            ("public_agency", "public agency"),
                            ("agency_office", "public agency’s overseas office"),
                            ("local_government", "local government"),
                            ("association", "association"),
                            ("startup_group", "start-up group"),
                            ("large_firm", "large firm"),
                            ("small_firm", "small firm"),
                            ("bank", "bank"),
                            ("law_firm", "law firm"),
                            ("accounting_firm", "accounting firm"),
                            ("research_institute", "research institute"),
                            ("expert", "expert"),
                            ("other", "other"),
                        ],
                        default="other",
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("url", models.URLField(blank=True, max_length=300, verbose_name="web site")),
                (
                    "named",
                    models.BooleanField(
                        default=True,
                        help_text="No for a group that a source counts without naming.",
                        verbose_name="known by name",
                    ),
                ),
                (
                    "counts_for",
                    models.PositiveSmallIntegerField(
                        default=1,
                        help_text="How many organisations this row stands for; 0 when not known.",
                        verbose_name="counts for",
                    ),
                ),
                (
                    "country",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="organisations",
                        to="missions.country",
                        verbose_name="country",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="missions.organisation",
                        verbose_name="part of",
                    ),
                ),
                (
                    "sources",
                    models.ManyToManyField(blank=True, related_name="+", to="missions.source", verbose_name="sources"),
                ),
            ],
            options={
                "verbose_name": "organisation",
                "verbose_name_plural": "organisations",
                "ordering": ["name_ko", "pk"],
            },
        ),
        migrations.CreateModel(
            name="PublicHoliday",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last changed")),
                ("on", models.DateField(validators=[missions.fields.validators.validate_day], verbose_name="day")),
                ("name_ko", models.CharField(max_length=100, verbose_name="name (Korean)")),
                ("name_en", models.CharField(blank=True, max_length=100, verbose_name="name (English)")),
                (
                    "country",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="public_holidays",
                        to="missions.country",
                        verbose_name="country",
                    ),
                ),
            ],
            options={
                "verbose_name": "further public holiday",
                "verbose_name_plural": "further public holidays",
                "ordering": ["-on", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("country", "on"),
                        name="holiday_once",
                        violation_error_message="This day is already a holiday there.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalMission",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("updated_at", models.DateTimeField(blank=True, editable=False, verbose_name="last changed")),
                (
                    "certainty",
                    models.CharField(
                        choices=[
                            ("verified", "verified"),
                            ("inferred", "inferred"),
                            ("conflict", "sources disagree"),
                            ("unverified", "unverified"),
                        ],
                        default="unverified",
                        max_length=10,
                        verbose_name="certainty",
                    ),
                ),
                ("note_ko", models.TextField(blank=True, max_length=2000, verbose_name="note (Korean)")),
                ("note_en", models.TextField(blank=True, max_length=2000, verbose_name="note (English)")),
                (
                    "slug",
                    models.SlugField(
                        help_text="Part of the page’s address. It should not change.", verbose_name="slug"
                    ),
                ),
                ("name_ko", models.CharField(max_length=200, verbose_name="name (Korean)")),
                ("name_en", models.CharField(blank=True, max_length=200, verbose_name="name (English)")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("embassy", "embassy"),
                            ("consulate_general", "consulate general"),
                            ("permanent_mission", "permanent mission"),
                            ("branch", "branch office"),
                            ("field_office", "field office"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("city_ko", models.CharField(max_length=100, verbose_name="city (Korean)")),
                ("city_en", models.CharField(blank=True, max_length=100, verbose_name="city (English)")),
                (
                    "other_names",
                    models.CharField(
                        blank=True,
                        help_text="What people call it, separated by commas. Readers find it by them.",
                        max_length=120,
                        verbose_name="other names",
                    ),
                ),
                (
                    "latitude",
                    models.DecimalField(
                        decimal_places=5,
                        max_digits=8,
                        validators=[
                            django.core.validators.MinValueValidator(-90),
                            django.core.validators.MaxValueValidator(90),
                        ],
                        verbose_name="latitude",
                    ),
                ),
                (
                    "longitude",
                    models.DecimalField(
                        decimal_places=5,
                        max_digits=8,
                        validators=[
                            django.core.validators.MinValueValidator(-180),
                            django.core.validators.MaxValueValidator(180),
                        ],
                        verbose_name="longitude",
                    ),
                ),
                (
                    "point_of",
                    models.CharField(
                        choices=[("building", "the building"), ("city", "the city")],
                        default="city",
                        max_length=8,
                        verbose_name="the coordinates are of",
                    ),
                ),
                (
                    "point_source",
                    models.CharField(blank=True, max_length=100, verbose_name="source of the coordinates"),
                ),
                (
                    "time_zone",
                    models.CharField(
                        help_text="Name in the IANA time zone database, e.g. Asia/Singapore.",
                        max_length=40,
                        validators=[missions.fields.validators.validate_time_zone],
                        verbose_name="time zone",
                    ),
                ),
                ("address_ko", models.TextField(blank=True, max_length=500, verbose_name="address (Korean)")),
                ("address_en", models.TextField(blank=True, max_length=500, verbose_name="address (English)")),
                ("telephone", models.CharField(blank=True, max_length=40, verbose_name="telephone")),
                ("url", models.URLField(blank=True, max_length=300, verbose_name="web site")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "country",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="missions.country",
                        verbose_name="country",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="The entry that stands for this mission where it sits on a body or acts on a case.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="missions.organisation",
                        verbose_name="as an organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical mission",
                "verbose_name_plural": "historical missions",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalOrganisation",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("updated_at", models.DateTimeField(blank=True, editable=False, verbose_name="last changed")),
                (
                    "certainty",
                    models.CharField(
                        choices=[
                            ("verified", "verified"),
                            ("inferred", "inferred"),
                            ("conflict", "sources disagree"),
                            ("unverified", "unverified"),
                        ],
                        default="unverified",
                        max_length=10,
                        verbose_name="certainty",
                    ),
                ),
                ("note_ko", models.TextField(blank=True, max_length=2000, verbose_name="note (Korean)")),
                ("note_en", models.TextField(blank=True, max_length=2000, verbose_name="note (English)")),
                (
                    "slug",
                    models.SlugField(
                        help_text="Part of the page’s address. It should not change.", verbose_name="slug"
                    ),
                ),
                ("name_ko", models.CharField(max_length=200, verbose_name="name (Korean)")),
                ("name_en", models.CharField(blank=True, max_length=200, verbose_name="name (English)")),
                (
                    "other_names",
                    models.CharField(
                        blank=True,
                        help_text="What people call it, separated by commas. Readers find it by them.",
                        max_length=120,
                        verbose_name="other names",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("ministry", "ministry"),
                            ("mission", "mission abroad"),
                            ("public_agency", "public agency"),
                            ("agency_office", "public agency’s overseas office"),
                            ("local_government", "local government"),
                            ("association", "association"),
                            ("startup_group", "start-up group"),
                            ("large_firm", "large firm"),
                            ("small_firm", "small firm"),
                            ("bank", "bank"),
                            ("law_firm", "law firm"),
                            ("accounting_firm", "accounting firm"),
                            ("research_institute", "research institute"),
                            ("expert", "expert"),
                            ("other", "other"),
                        ],
                        default="other",
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("url", models.URLField(blank=True, max_length=300, verbose_name="web site")),
                (
                    "named",
                    models.BooleanField(
                        default=True,
                        help_text="No for a group that a source counts without naming.",
                        verbose_name="known by name",
                    ),
                ),
                (
                    "counts_for",
                    models.PositiveSmallIntegerField(
                        default=1,
                        help_text="How many organisations this row stands for; 0 when not known.",
                        verbose_name="counts for",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "country",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="missions.country",
                        verbose_name="country",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="missions.organisation",
                        verbose_name="part of",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical organisation",
                "verbose_name_plural": "historical organisations",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalParty",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("updated_at", models.DateTimeField(blank=True, editable=False, verbose_name="last changed")),
                ("person_ko", models.CharField(blank=True, max_length=80, verbose_name="signed by (Korean)")),
                ("person_en", models.CharField(blank=True, max_length=80, verbose_name="signed by (English)")),
                ("title_ko", models.CharField(blank=True, max_length=80, verbose_name="office (Korean)")),
                ("title_en", models.CharField(blank=True, max_length=80, verbose_name="office (English)")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="missions.agreement",
                        verbose_name="agreement",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "ministry",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="missions.ministry",
                        verbose_name="ministry",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="missions.organisation",
                        verbose_name="organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical party",
                "verbose_name_plural": "historical parties",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Mission",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last changed")),
                (
                    "certainty",
                    models.CharField(
                        choices=[
                            ("verified", "verified"),
                            ("inferred", "inferred"),
                            ("conflict", "sources disagree"),
                            ("unverified", "unverified"),
                        ],
                        default="unverified",
                        max_length=10,
                        verbose_name="certainty",
                    ),
                ),
                ("note_ko", models.TextField(blank=True, max_length=2000, verbose_name="note (Korean)")),
                ("note_en", models.TextField(blank=True, max_length=2000, verbose_name="note (English)")),
                (
                    "slug",
                    models.SlugField(
                        help_text="Part of the page’s address. It should not change.", unique=True, verbose_name="slug"
                    ),
                ),
                ("name_ko", models.CharField(max_length=200, verbose_name="name (Korean)")),
                ("name_en", models.CharField(blank=True, max_length=200, verbose_name="name (English)")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("embassy", "embassy"),
                            ("consulate_general", "consulate general"),
                            ("permanent_mission", "permanent mission"),
                            ("branch", "branch office"),
                            ("field_office", "field office"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("city_ko", models.CharField(max_length=100, verbose_name="city (Korean)")),
                ("city_en", models.CharField(blank=True, max_length=100, verbose_name="city (English)")),
                (
                    "other_names",
                    models.CharField(
                        blank=True,
                        help_text="What people call it, separated by commas. Readers find it by them.",
                        max_length=120,
                        verbose_name="other names",
                    ),
                ),
                (
                    "latitude",
                    models.DecimalField(
                        decimal_places=5,
                        max_digits=8,
                        validators=[
                            django.core.validators.MinValueValidator(-90),
                            django.core.validators.MaxValueValidator(90),
                        ],
                        verbose_name="latitude",
                    ),
                ),
                (
                    "longitude",
                    models.DecimalField(
                        decimal_places=5,
                        max_digits=8,
                        validators=[
                            django.core.validators.MinValueValidator(-180),
                            django.core.validators.MaxValueValidator(180),
                        ],
                        verbose_name="longitude",
                    ),
                ),
                (
                    "point_of",
                    models.CharField(
                        choices=[("building", "the building"), ("city", "the city")],
                        default="city",
                        max_length=8,
                        verbose_name="the coordinates are of",
                    ),
                ),
                (
                    "point_source",
                    models.CharField(blank=True, max_length=100, verbose_name="source of the coordinates"),
                ),
                (
                    "time_zone",
                    models.CharField(
                        help_text="Name in the IANA time zone database, e.g. Asia/Singapore.",
                        max_length=40,
                        validators=[missions.fields.validators.validate_time_zone],
                        verbose_name="time zone",
                    ),
                ),
                ("address_ko", models.TextField(blank=True, max_length=500, verbose_name="address (Korean)")),
                ("address_en", models.TextField(blank=True, max_length=500, verbose_name="address (English)")),
                ("telephone", models.CharField(blank=True, max_length=40, verbose_name="telephone")),
                ("url", models.URLField(blank=True, max_length=300, verbose_name="web site")),
                (
                    "country",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="missions",
                        to="missions.country",
                        verbose_name="country",
                    ),
                ),
                (
                    "covers",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Besides its own country. Leave empty when not known.",
                        related_name="covering_missions",
                        to="missions.country",
                        verbose_name="countries covered",
                    ),
                ),
                (
                    "organisation",
                    models.OneToOneField(
                        blank=True,
                        help_text="The entry that stands for this mission where it sits on a body or acts on a case.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mission",
                        to="missions.organisation",
                        verbose_name="as an organisation",
                    ),
                ),
                (
                    "sources",
                    models.ManyToManyField(blank=True, related_name="+", to="missions.source", verbose_name="sources"),
                ),
            ],
            options={
                "verbose_name": "mission",
                "verbose_name_plural": "missions",
                "ordering": ["name_ko", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("latitude__range", (-90, 90)), ("longitude__range", (-180, 180))),
                        name="mission_coordinates_on_earth",
                        violation_error_message="Latitude runs from -90 to 90, longitude from -180 to 180.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Party",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last changed")),
                ("person_ko", models.CharField(blank=True, max_length=80, verbose_name="signed by (Korean)")),
                ("person_en", models.CharField(blank=True, max_length=80, verbose_name="signed by (English)")),
                ("title_ko", models.CharField(blank=True, max_length=80, verbose_name="office (Korean)")),
                ("title_en", models.CharField(blank=True, max_length=80, verbose_name="office (English)")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parties",
                        to="missions.agreement",
                        verbose_name="agreement",
                    ),
                ),
                (
                    "ministry",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="missions.ministry",
                        verbose_name="ministry",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="missions.organisation",
                        verbose_name="organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "party",
                "verbose_name_plural": "parties",
                "ordering": ["order", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ministry", None), ("organisation__isnull", False)),
                            models.Q(("ministry__isnull", False), ("organisation", None)),
                            _connector="OR",
                        ),
                        name="party_is_a_ministry_or_an_organisation",
                        violation_error_message="Choose either a ministry or an organisation.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SupportProgramme",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last changed")),
                (
                    "certainty",
                    models.CharField(
                        choices=[
                            ("verified", "verified"),
                            ("inferred", "inferred"),
                            ("conflict", "sources disagree"),
                            ("unverified", "unverified"),
                        ],
                        default="unverified",
                        max_length=10,
                        verbose_name="certainty",
                    ),
                ),
                ("note_ko", models.TextField(blank=True, max_length=2000, verbose_name="note (Korean)")),
                ("note_en", models.TextField(blank=True, max_length=2000, verbose_name="note (English)")),
                ("key", models.SlugField(unique=True, verbose_name="key")),
                ("name_ko", models.CharField(max_length=200, verbose_name="name (Korean)")),
                ("name_en", models.CharField(blank=True, max_length=200, verbose_name="name (English)")),
                ("year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="year")),
                ("summary_ko", models.TextField(blank=True, max_length=2000, verbose_name="summary (Korean)")),
                ("summary_en", models.TextField(blank=True, max_length=2000, verbose_name="summary (English)")),
                ("url", models.URLField(blank=True, max_length=300, verbose_name="web site")),
                (
                    "organisations",
                    models.ManyToManyField(
                        blank=True, related_name="programmes", to="missions.organisation", verbose_name="run by"
                    ),
                ),
                (
                    "sources",
                    models.ManyToManyField(blank=True, related_name="+", to="missions.source", verbose_name="sources"),
                ),
            ],
            options={
                "verbose_name": "support programme",
                "verbose_name_plural": "support programmes",
                "ordering": [models.OrderBy(models.F("year"), descending=True, nulls_last=True), "pk"],
            },
        ),
        migrations.CreateModel(
            name="Body",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last changed")),
                (
                    "certainty",
                    models.CharField(
                        choices=[
                            ("verified", "verified"),
                            ("inferred", "inferred"),
                            ("conflict", "sources disagree"),
                            ("unverified", "unverified"),
                        ],
                        default="unverified",
                        max_length=10,
                        verbose_name="certainty",
                    ),
                ),
                ("note_ko", models.TextField(blank=True, max_length=2000, verbose_name="note (Korean)")),
                ("note_en", models.TextField(blank=True, max_length=2000, verbose_name="note (English)")),
                (
                    "code",
                    models.CharField(
                        help_text="Two to four capital letters. References begin with it; it should not change.",
                        max_length=4,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator("^[A-Z]{2,4}$", "Write two to four capital letters.")
                        ],
                        verbose_name="code",
                    ),
                ),
                (
                    "scope",
                    models.CharField(
                        choices=[("overseas", "overseas"), ("domestic", "domestic")],
                        default="overseas",
                        max_length=8,
                        verbose_name="scope",
                    ),
                ),
                ("name_ko", models.CharField(max_length=200, verbose_name="name (Korean)")),
                ("name_en", models.CharField(blank=True, max_length=200, verbose_name="name (English)")),
                (
                    "former_name_ko",
                    models.CharField(blank=True, max_length=200, verbose_name="former or other name (Korean)"),
                ),
                (
                    "former_name_en",
                    models.CharField(blank=True, max_length=200, verbose_name="former or other name (English)"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "planned"),
                            ("forming", "forming"),
                            ("launched", "launched"),
                            ("ended", "ended"),
                        ],
                        default="planned",
                        help_text="Follows from the latest row under “steps of its state”.",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                (
                    "launched_on",
                    models.DateField(
                        blank=True,
                        help_text="Leave empty when no source gives a date.",
                        null=True,
                        validators=[missions.fields.validators.validate_day],
                        verbose_name="launched on",
                    ),
                ),
                (
                    "launched_precision",
                    models.CharField(
                        choices=[
                            ("day", "on that day"),
                            ("by", "by that day"),
                            ("month", "within that month"),
                            ("unknown", "unknown"),
                        ],
                        default="unknown",
                        max_length=7,
                        verbose_name="launched on: precision",
                    ),
                ),
                (
                    "rhythm",
                    models.CharField(
                        choices=[
                            ("unknown", "unknown"),
                            ("monthly", "monthly"),
                            ("quarterly", "quarterly"),
                            ("half_yearly", "twice a year"),
                            ("yearly", "yearly"),
                            ("as_needed", "as needed"),
                        ],
                        default="unknown",
                        max_length=12,
                        verbose_name="meeting rhythm",
                    ),
                ),
                ("purpose_ko", models.TextField(blank=True, max_length=2000, verbose_name="purpose (Korean)")),
                ("purpose_en", models.TextField(blank=True, max_length=2000, verbose_name="purpose (English)")),
                (
                    "contact_ko",
                    models.TextField(
                        blank=True,
                        help_text="How a firm reaches the body: office, telephone, e-mail. Public.",
                        max_length=500,
                        verbose_name="public contact (Korean)",
                    ),
                ),
                ("contact_en", models.TextField(blank=True, max_length=500, verbose_name="public contact (English)")),
                (
                    "mission",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="body",
                        to="missions.mission",
                        verbose_name="mission",
                    ),
                ),
                (
                    "sources",
                    models.ManyToManyField(blank=True, related_name="+", to="missions.source", verbose_name="sources"),
                ),
            ],
            options={
                "verbose_name": "body",
                "verbose_name_plural": "bodies",
                "ordering": ["-scope", "code"],
                "permissions": [("view_every_body", "Can see the rows of every body")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("mission__isnull", False), ("scope", "overseas")),
                            models.Q(("mission", None), ("scope", "domestic")),
                            _connector="OR",
                        ),
                        name="body_overseas_has_a_mission",
                        violation_error_message="An overseas body has a mission, the domestic body has none.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("scope", "domestic")),
                        fields=("scope",),
                        name="body_one_domestic",
                        violation_error_message="There is one domestic body only.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("launched_on", None), ("launched_precision", "unknown")),
                            models.Q(
                                ("launched_on__isnull", False), ("launched_precision__in", ["day", "by", "month"])
                            ),
                            _connector="OR",
                        ),
                        name="body_launched_date_with_precision",
                        violation_error_message="A date needs a known precision; without a date the precision is “unknown”.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalBody",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("updated_at", models.DateTimeField(blank=True, editable=False, verbose_name="last changed")),
                (
                    "certainty",
                    models.CharField(
                        choices=[
                            ("verified", "verified"),
                            ("inferred", "inferred"),
                            ("conflict", "sources disagree"),
                            ("unverified", "unverified"),
                        ],
                        default="unverified",
                        max_length=10,
                        verbose_name="certainty",
                    ),
                ),
                ("note_ko", models.TextField(blank=True, max_length=2000, verbose_name="note (Korean)")),
                ("note_en", models.TextField(blank=True, max_length=2000, verbose_name="note (English)")),
                (
                    "code",
                    models.CharField(
                        db_index=True,
                        help_text="Two to four capital letters. References begin with it; it should not change.",
                        max_length=4,
                        validators=[
                            django.core.validators.RegexValidator("^[A-Z]{2,4}$", "Write two to four capital letters.")
                        ],
                        verbose_name="code",
                    ),
                ),
                (
                    "scope",
                    models.CharField(
                        choices=[("overseas", "overseas"), ("domestic", "domestic")],
                        default="overseas",
                        max_length=8,
                        verbose_name="scope",
                    ),
                ),
                ("name_ko", models.CharField(max_length=200, verbose_name="name (Korean)")),
                ("name_en", models.CharField(blank=True, max_length=200, verbose_name="name (English)")),
                (
                    "former_name_ko",
                    models.CharField(blank=True, max_length=200, verbose_name="former or other name (Korean)"),
                ),
                (
                    "former_name_en",
                    models.CharField(blank=True, max_length=200, verbose_name="former or other name (English)"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "planned"),
                            ("forming", "forming"),
                            ("launched", "launched"),
                            ("ended", "ended"),
                        ],
                        default="planned",
                        help_text="Follows from the latest row under “steps of its state”.",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                (
                    "launched_on",
                    models.DateField(
                        blank=True,
                        help_text="Leave empty when no source gives a date.",
                        null=True,
                        validators=[missions.fields.validators.validate_day],
                        verbose_name="launched on",
                    ),
                ),
                (
                    "launched_precision",
                    models.CharField(
                        choices=[
                            ("day", "on that day"),
                            ("by", "by that day"),
                            ("month", "within that month"),
                            ("unknown", "unknown"),
                        ],
                        default="unknown",
                        max_length=7,
                        verbose_name="launched on: precision",
                    ),
                ),
                (
                    "rhythm",
                    models.CharField(
                        choices=[
                            ("unknown", "unknown"),
                            ("monthly", "monthly"),
                            ("quarterly", "quarterly"),
                            ("half_yearly", "twice a year"),
                            ("yearly", "yearly"),
                            ("as_needed", "as needed"),
                        ],
                        default="unknown",
                        max_length=12,
                        verbose_name="meeting rhythm",
                    ),
                ),
                ("purpose_ko", models.TextField(blank=True, max_length=2000, verbose_name="purpose (Korean)")),
                ("purpose_en", models.TextField(blank=True, max_length=2000, verbose_name="purpose (English)")),
                (
                    "contact_ko",
                    models.TextField(
                        blank=True,
                        help_text="How a firm reaches the body: office, telephone, e-mail. Public.",
                        max_length=500,
                        verbose_name="public contact (Korean)",
                    ),
                ),
                ("contact_en", models.TextField(blank=True, max_length=500, verbose_name="public contact (English)")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "mission",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="missions.mission",
                        verbose_name="mission",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical body",
                "verbose_name_plural": "historical bodies",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="BodyStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last changed")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "planned"),
                            ("forming", "forming"),
                            ("launched", "launched"),
                            ("ended", "ended"),
                        ],
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                (
                    "as_of_on",
                    models.DateField(
                        blank=True,
                        help_text="Leave empty when no source gives a date.",
                        null=True,
                        validators=[missions.fields.validators.validate_day],
                        verbose_name="as of",
                    ),
                ),
                (
                    "as_of_precision",
                    models.CharField(
                        choices=[
                            ("day", "on that day"),
                            ("by", "by that day"),
                            ("month", "within that month"),
                            ("unknown", "unknown"),
                        ],
                        default="unknown",
                        max_length=7,
                        verbose_name="as of: precision",
                    ),
                ),
                ("detail_ko", models.TextField(blank=True, max_length=500, verbose_name="detail (Korean)")),
                ("detail_en", models.TextField(blank=True, max_length=500, verbose_name="detail (English)")),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="missions.body",
                        verbose_name="body",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="missions.source",
                        verbose_name="source",
                    ),
                ),
            ],
            options={
                "verbose_name": "step of its state",
                "verbose_name_plural": "steps of its state",
                "ordering": ["body", "as_of_on", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("as_of_on", None), ("as_of_precision", "unknown")),
                            models.Q(("as_of_on__isnull", False), ("as_of_precision__in", ["day", "by", "month"])),
                            _connector="OR",
                        ),
                        name="body_step_as_of_date_with_precision",
                        violation_error_message="A date needs a known precision; without a date the precision is “unknown”.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Company",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last changed")),
                ("name_ko", models.CharField(max_length=200, verbose_name="name (Korean)")),
                ("name_en", models.CharField(blank=True, max_length=200, verbose_name="name (English)")),
                (
                    "registration_number",
                    models.CharField(
                        blank=True,
                        help_text="Ten digits, hyphens may be typed. Leave empty when not known.",
                        max_length=12,
                        validators=[missions.fields.validators.validate_registration_number],
                        verbose_name="business registration number",
                    ),
                ),
                (
                    "size",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("micro", "micro enterprise"),
                            ("small", "small enterprise"),
                            ("medium", "medium enterprise"),
                            ("startup", "start-up or venture"),
                            ("other", "other"),
                        ],
                        max_length=8,
                        verbose_name="size",
                    ),
                ),
                ("region", models.CharField(blank=True, max_length=80, verbose_name="region in Korea")),
                ("contact", models.CharField(blank=True, max_length=80, verbose_name="contact person")),
                ("telephone", models.CharField(blank=True, max_length=40, verbose_name="telephone")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                (
                    "shares_with_mission",
                    models.BooleanField(default=False, verbose_name="agrees to sharing with the mission"),
                ),
                (
                    "shares_with_organisations",
                    models.BooleanField(default=False, verbose_name="agrees to sharing with other organisations"),
                ),
                ("may_be_named", models.BooleanField(default=False, verbose_name="agrees to being named in public")),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="companies",
                        to="missions.body",
                        verbose_name="registered by",
                    ),
                ),
                (
                    "sector",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="missions.sector",
                        verbose_name="sector",
                    ),
                ),
            ],
            options={
                "verbose_name": "company",
                "verbose_name_plural": "companies",
                "ordering": ["name_ko", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("registration_number", ""), _negated=True),
                        fields=("registration_number",),
                        name="company_registration_number_once",
                        violation_error_message="This registration number cannot be used again. Choose the firm from the list, or ask the domestic secretariat to share it with your body.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Discrepancy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last changed")),
                ("topic_ko", models.CharField(max_length=200, verbose_name="topic (Korean)")),
                ("topic_en", models.CharField(blank=True, max_length=200, verbose_name="topic (English)")),
                ("claims_ko", models.TextField(max_length=2000, verbose_name="what each source says (Korean)")),
                (
                    "claims_en",
                    models.TextField(blank=True, max_length=2000, verbose_name="what each source says (English)"),
                ),
                ("shown_ko", models.TextField(max_length=2000, verbose_name="what is shown here and why (Korean)")),
                (
                    "shown_en",
                    models.TextField(blank=True, max_length=2000, verbose_name="what is shown here and why (English)"),
                ),
                (
                    "bodies",
                    models.ManyToManyField(
                        blank=True, related_name="discrepancies", to="missions.body", verbose_name="bodies"
                    ),
                ),
                (
                    "sources",
                    models.ManyToManyField(
                        blank=True, related_name="discrepancies", to="missions.source", verbose_name="sources"
                    ),
                ),
            ],
            options={
                "verbose_name": "disagreement of sources",
                "verbose_name_plural": "disagreements of sources",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="HandoverNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last changed")),
                (
                    "until_on",
                    models.DateField(validators=[missions.fields.validators.validate_day], verbose_name="last day"),
                ),
                ("written_at", models.DateTimeField(verbose_name="written at")),
                ("facts", models.TextField(verbose_name="open at the handover")),
                ("words", models.TextField(blank=True, max_length=5000, verbose_name="in their own words")),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handover_notes",
                        to="missions.body",
                        verbose_name="body",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handover_notes",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="handed over by",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="written by",
                    ),
                ),
            ],
            options={
                "verbose_name": "handover note",
                "verbose_name_plural": "handover notes",
                "ordering": ["-written_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalBodyStep",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("updated_at", models.DateTimeField(blank=True, editable=False, verbose_name="last changed")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "planned"),
                            ("forming", "forming"),
                            ("launched", "launched"),
                            ("ended", "ended"),
                        ],
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                (
                    "as_of_on",
                    models.DateField(
                        blank=True,
                        help_text="Leave empty when no source gives a date.",
                        null=True,
                        validators=[missions.fields.validators.validate_day],
                        verbose_name="as of",
                    ),
                ),
                (
                    "as_of_precision",
                    models.CharField(
                        choices=[
                            ("day", "on that day"),
                            ("by", "by that day"),
                            ("month", "within that month"),
                            ("unknown", "unknown"),
                        ],
                        default="unknown",
                        max_length=7,
                        verbose_name="as of: precision",
                    ),
                ),
                ("detail_ko", models.TextField(blank=True, max_length=500, verbose_name="detail (Korean)")),
                ("detail_en", models.TextField(blank=True, max_length=500, verbose_name="detail (English)")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "body",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="missions.body",
                        verbose_name="body",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="missions.source",
                        verbose_name="source",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical step of its state",
                "verbose_name_plural": "historical steps of its state",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalCompany",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("updated_at", models.DateTimeField(blank=True, editable=False, verbose_name="last changed")),
                ("name_ko", models.CharField(max_length=200, verbose_name="name (Korean)")),
                ("name_en", models.CharField(blank=True, max_length=200, verbose_name="name (English)")),
                (
                    "registration_number",
                    models.CharField(
                        blank=True,
                        help_text="Ten digits, hyphens may be typed. Leave empty when not known.",
                        max_length=12,
                        validators=[missions.fields.validators.validate_registration_number],
                        verbose_name="business registration number",
                    ),
                ),
                (
                    "size",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("micro", "micro enterprise"),
                            ("small", "small enterprise"),
                            ("medium", "medium enterprise"),
                            ("startup", "start-up or venture"),
                            ("other", "other"),
                        ],
                        max_length=8,
                        verbose_name="size",
                    ),
                ),
                ("region", models.CharField(blank=True, max_length=80, verbose_name="region in Korea")),
                ("contact", models.CharField(blank=True, max_length=80, verbose_name="contact person")),
                ("telephone", models.CharField(blank=True, max_length=40, verbose_name="telephone")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                (
                    "shares_with_mission",
                    models.BooleanField(default=False, verbose_name="agrees to sharing with the mission"),
                ),
                (
                    "shares_with_organisations",
                    models.BooleanField(default=False, verbose_name="agrees to sharing with other organisations"),
                ),
                ("may_be_named", models.BooleanField(default=False, verbose_name="agrees to being named in public")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "body",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="missions.body",
                        verbose_name="registered by",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "sector",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="missions.sector",
                        verbose_name="sector",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical company",
                "verbose_name_plural": "historical companies",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalHandoverNote",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("updated_at", models.DateTimeField(blank=True, editable=False, verbose_name="last changed")),
                (
                    "until_on",
                    models.DateField(validators=[missions.fields.validators.validate_day], verbose_name="last day"),
                ),
                ("written_at", models.DateTimeField(verbose_name="written at")),
                ("facts", models.TextField(verbose_name="open at the handover")),
                ("words", models.TextField(blank=True, max_length=5000, verbose_name="in their own words")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "body",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="missions.body",
                        verbose_name="body",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="handed over by",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="written by",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical handover note",
                "verbose_name_plural": "historical handover notes",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalLocalInformation",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("updated_at", models.DateTimeField(blank=True, editable=False, verbose_name="last changed")),
                (
                    "certainty",
                    models.CharField(
                        choices=[
                            ("verified", "verified"),
                            ("inferred", "inferred"),
                            ("conflict", "sources disagree"),
                            ("unverified", "unverified"),
                        ],
                        default="unverified",
                        max_length=10,
                        verbose_name="certainty",
                    ),
                ),
                ("note_ko", models.TextField(blank=True, max_length=2000, verbose_name="note (Korean)")),
                ("note_en", models.TextField(blank=True, max_length=2000, verbose_name="note (English)")),
                ("title_ko", models.CharField(max_length=200, verbose_name="title (Korean)")),
                ("title_en", models.CharField(blank=True, max_length=200, verbose_name="title (English)")),
                ("text_ko", models.TextField(max_length=10000, verbose_name="text (Korean)")),
                ("text_en", models.TextField(blank=True, max_length=10000, verbose_name="text (English)")),
                (
                    "issued_on",
                    models.DateField(validators=[missions.fields.validators.validate_day], verbose_name="issued on"),
                ),
                (
                    "valid_until",
                    models.DateField(
                        blank=True,
                        null=True,
                        validators=[missions.fields.validators.validate_day],
                        verbose_name="valid until",
                    ),
                ),
                (
                    "distributed_on",
                    models.DateField(
                        blank=True,
                        help_text="When it was sent to firms or organisations at home.",
                        null=True,
                        validators=[missions.fields.validators.validate_day],
                        verbose_name="distributed on",
                    ),
                ),
                ("is_published", models.BooleanField(default=False, verbose_name="published")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "body",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="missions.body",
                        verbose_name="body",
                    ),
                ),
                (
                    "country",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="missions.country",
                        verbose_name="country",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="missions.difficultytype",
                        verbose_name="topic",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical local information",
                "verbose_name_plural": "historical local information",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalMeeting",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("updated_at", models.DateTimeField(blank=True, editable=False, verbose_name="last changed")),
                (
                    "certainty",
                    models.CharField(
                        choices=[
                            ("verified", "verified"),
                            ("inferred", "inferred"),
                            ("conflict", "sources disagree"),
                            ("unverified", "unverified"),
                        ],
                        default="unverified",
                        max_length=10,
                        verbose_name="certainty",
                    ),
                ),
                ("note_ko", models.TextField(blank=True, max_length=2000, verbose_name="note (Korean)")),
                ("note_en", models.TextField(blank=True, max_length=2000, verbose_name="note (English)")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("regular", "regular meeting"),
                            ("launch", "launch ceremony"),
                            ("round_table", "round table"),
                            ("policy_council", "policy council"),
                            ("strategy_meeting", "strategy meeting"),
                            ("heads_of_mission", "meeting with heads of mission"),
                            ("other", "other"),
                        ],
                        default="regular",
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "number",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="The n in “제n차 회의”. Empty when not known.",
                        null=True,
                        verbose_name="number",
                    ),
                ),
                ("label_ko", models.CharField(blank=True, max_length=200, verbose_name="label (Korean)")),
                ("label_en", models.CharField(blank=True, max_length=200, verbose_name="label (English)")),
                (
                    "held_on",
                    models.DateField(
                        blank=True,
                        help_text="Leave empty when no source gives a date.",
                        null=True,
                        validators=[missions.fields.validators.validate_day],
                        verbose_name="date",
                    ),
                ),
                (
                    "held_precision",
                    models.CharField(
                        choices=[
                            ("day", "on that day"),
                            ("by", "by that day"),
                            ("month", "within that month"),
                            ("unknown", "unknown"),
                        ],
                        default="unknown",
                        max_length=7,
                        verbose_name="date: precision",
                    ),
                ),
                (
                    "starts_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="In Korean time. Readers see the local time as well.",
                        null=True,
                        validators=[missions.fields.validators.validate_day],
                        verbose_name="starts at",
                    ),
                ),
                (
                    "ends_at",
                    models.DateTimeField(
                        blank=True,
                        null=True,
                        validators=[missions.fields.validators.validate_day],
                        verbose_name="ends at",
                    ),
                ),
                ("venue_ko", models.CharField(blank=True, max_length=300, verbose_name="venue (Korean)")),
                ("venue_en", models.CharField(blank=True, max_length=300, verbose_name="venue (English)")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("planned", "planned"),
                            ("held", "held"),
                            ("postponed", "postponed"),
                            ("cancelled", "cancelled"),
                        ],
                        default="planned",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "chaired",
                    models.CharField(
                        choices=[("yes", "yes"), ("no", "no"), ("unknown", "unknown")],
                        default="unknown",
                        max_length=7,
                        verbose_name="chaired by head of mission",
                    ),
                ),
                ("headcount", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="headcount")),
                (
                    "participants_ko",
                    models.TextField(
                        blank=True,
                        help_text="Public officials and organisations only. Public.",
                        max_length=1000,
                        verbose_name="participants as published (Korean)",
                    ),
                ),
                (
                    "participants_en",
                    models.TextField(blank=True, max_length=1000, verbose_name="participants as published (English)"),
                ),
                ("summary_ko", models.TextField(blank=True, max_length=5000, verbose_name="public summary (Korean)")),
                ("summary_en", models.TextField(blank=True, max_length=5000, verbose_name="public summary (English)")),
                ("is_published", models.BooleanField(default=False, verbose_name="published")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "body",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Empty for meetings between the ministries.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="missions.body",
                        verbose_name="body",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical meeting",
                "verbose_name_plural": "historical meetings",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalMembership",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("updated_at", models.DateTimeField(blank=True, editable=False, verbose_name="last changed")),
                (
                    "certainty",
                    models.CharField(
                        choices=[
                            ("verified", "verified"),
                            ("inferred", "inferred"),
                            ("conflict", "sources disagree"),
                            ("unverified", "unverified"),
                        ],
                        default="unverified",
                        max_length=10,
                        verbose_name="certainty",
                    ),
                ),
                ("note_ko", models.TextField(blank=True, max_length=2000, verbose_name="note (Korean)")),
                ("note_en", models.TextField(blank=True, max_length=2000, verbose_name="note (English)")),
                (
                    "post",
                    models.CharField(
                        choices=[
                            ("chair", "chair"),
                            ("secretariat", "secretariat"),
                            ("member", "member"),
                            ("observer", "observer"),
                        ],
                        default="member",
                        max_length=12,
                        verbose_name="post",
                    ),
                ),
                ("person_ko", models.CharField(blank=True, max_length=80, verbose_name="person (Korean)")),
                ("person_en", models.CharField(blank=True, max_length=80, verbose_name="person (English)")),
                ("title_ko", models.CharField(blank=True, max_length=80, verbose_name="office (Korean)")),
                ("title_en", models.CharField(blank=True, max_length=80, verbose_name="office (English)")),
                (
                    "helps_ko",
                    models.CharField(blank=True, max_length=300, verbose_name="what it can help with (Korean)"),
                ),
                (
                    "helps_en",
                    models.CharField(blank=True, max_length=300, verbose_name="what it can help with (English)"),
                ),
                (
                    "since_on",
                    models.DateField(
                        blank=True,
                        help_text="Leave empty when not known.",
                        null=True,
                        validators=[missions.fields.validators.validate_day],
                        verbose_name="from",
                    ),
                ),
                (
                    "until_on",
                    models.DateField(
                        blank=True,
                        help_text="Empty while the seat is held.",
                        null=True,
                        validators=[missions.fields.validators.validate_day],
                        verbose_name="until",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "body",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="missions.body",
                        verbose_name="body",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="missions.organisation",
                        verbose_name="organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical membership",
                "verbose_name_plural": "historical memberships",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalPosting",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("updated_at", models.DateTimeField(blank=True, editable=False, verbose_name="last changed")),
                (
                    "since_on",
                    models.DateField(validators=[missions.fields.validators.validate_day], verbose_name="from"),
                ),
                (
                    "until_on",
                    models.DateField(
                        blank=True,
                        help_text="The last day. Empty while it lasts.",
                        null=True,
                        validators=[missions.fields.validators.validate_day],
                        verbose_name="until",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "body",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="missions.body",
                        verbose_name="body",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical posting",
                "verbose_name_plural": "historical postings",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalPublishedCase",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("updated_at", models.DateTimeField(blank=True, editable=False, verbose_name="last changed")),
                (
                    "certainty",
                    models.CharField(
                        choices=[
                            ("verified", "verified"),
                            ("inferred", "inferred"),
                            ("conflict", "sources disagree"),
                            ("unverified", "unverified"),
                        ],
                        default="unverified",
                        max_length=10,
                        verbose_name="certainty",
                    ),
                ),
                ("note_ko", models.TextField(blank=True, max_length=2000, verbose_name="note (Korean)")),
                ("note_en", models.TextField(blank=True, max_length=2000, verbose_name="note (English)")),
                ("reference", models.SlugField(editable=False, max_length=60, verbose_name="case reference")),
                ("version", models.PositiveSmallIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("resolved", "resolved in full"),
                            ("resolved_in_part", "resolved in part"),
                            ("workaround", "work-around found"),
                            ("advice", "advice given"),
                            ("referred", "referred"),
                            ("not_resolvable", "not resolvable"),
                            ("withdrawn", "withdrawn by the firm"),
                            ("duplicate", "duplicate"),
                            ("not_a_difficulty", "not a difficulty"),
                        ],
                        max_length=20,
                        verbose_name="outcome",
                    ),
                ),
                ("title_ko", models.CharField(max_length=200, verbose_name="title (Korean)")),
                ("title_en", models.CharField(blank=True, max_length=200, verbose_name="title (English)")),
                ("happened_ko", models.TextField(blank=True, max_length=10000, verbose_name="what happened (Korean)")),
                ("happened_en", models.TextField(blank=True, max_length=10000, verbose_name="what happened (English)")),
                ("done_ko", models.TextField(blank=True, max_length=10000, verbose_name="what was done (Korean)")),
                ("done_en", models.TextField(blank=True, max_length=10000, verbose_name="what was done (English)")),
                ("lesson_ko", models.TextField(blank=True, max_length=10000, verbose_name="what to learn (Korean)")),
                ("lesson_en", models.TextField(blank=True, max_length=10000, verbose_name="what to learn (English)")),
                (
                    "reported_month",
                    models.DateField(
                        blank=True,
                        help_text="The day is dropped when saved.",
                        null=True,
                        validators=[missions.fields.validators.validate_day],
                        verbose_name="month of the report",
                    ),
                ),
                (
                    "closed_month",
                    models.DateField(
                        blank=True,
                        help_text="The day is dropped when saved.",
                        null=True,
                        validators=[missions.fields.validators.validate_day],
                        verbose_name="month of the outcome",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("awaiting", "awaiting approval"),
                            ("published", "published"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("drafted_at", models.DateTimeField(blank=True, editable=False, verbose_name="drafted at")),
                ("approved_at", models.DateTimeField(editable=False, null=True, verbose_name="approved at")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="approved by",
                    ),
                ),
                (
                    "body",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="missions.body",
                        verbose_name="body",
                    ),
                ),
                (
                    "country",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="missions.country",
                        verbose_name="country",
                    ),
                ),
                (
                    "drafted_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="drafted by",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "type",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="missions.difficultytype",
                        verbose_name="type",
                    ),
                ),
                (
                    "sector",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="missions.sector",
                        verbose_name="sector",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical published case",
                "verbose_name_plural": "historical published cases",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="LocalInformation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last changed")),
                (
                    "certainty",
                    models.CharField(
                        choices=[
                            ("verified", "verified"),
                            ("inferred", "inferred"),
                            ("conflict", "sources disagree"),
                            ("unverified", "unverified"),
                        ],
                        default="unverified",
                        max_length=10,
                        verbose_name="certainty",
                    ),
                ),
                ("note_ko", models.TextField(blank=True, max_length=2000, verbose_name="note (Korean)")),
                ("note_en", models.TextField(blank=True, max_length=2000, verbose_name="note (English)")),
                ("title_ko", models.CharField(max_length=200, verbose_name="title (Korean)")),
                ("title_en", models.CharField(blank=True, max_length=200, verbose_name="title (English)")),
                ("text_ko", models.TextField(max_length=10000, verbose_name="text (Korean)")),
                ("text_en", models.TextField(blank=True, max_length=10000, verbose_name="text (English)")),
                (
                    "issued_on",
                    models.DateField(validators=[missions.fields.validators.validate_day], verbose_name="issued on"),
                ),
                (
                    "valid_until",
                    models.DateField(
                        blank=True,
                        null=True,
                        validators=[missions.fields.validators.validate_day],
                        verbose_name="valid until",
                    ),
                ),
                (
                    "distributed_on",
                    models.DateField(
                        blank=True,
                        help_text="When it was sent to firms or organisations at home.",
                        null=True,
                        validators=[missions.fields.validators.validate_day],
                        verbose_name="distributed on",
                    ),
                ),
                ("is_published", models.BooleanField(default=False, verbose_name="published")),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="information",
                        to="missions.body",
                        verbose_name="body",
                    ),
                ),
                (
                    "country",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="missions.country",
                        verbose_name="country",
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="missions.difficultytype",
                        verbose_name="topic",
                    ),
                ),
                (
                    "sources",
                    models.ManyToManyField(blank=True, related_name="+", to="missions.source", verbose_name="sources"),
                ),
            ],
            options={
                "verbose_name": "local information",
                "verbose_name_plural": "local information",
                "ordering": ["-issued_on", "-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("is_published", True)), fields=["-issued_on", "-id"], name="info_published"
                    ),
                    models.Index(
                        condition=models.Q(("is_published", True)),
                        fields=["body", "-issued_on", "-id"],
                        name="info_published_by_body",
                    ),
                    models.Index(
                        condition=models.Q(("is_published", True)),
                        fields=["country", "-issued_on", "-id"],
                        name="info_published_by_country",
                    ),
                    models.Index(
                        condition=models.Q(("is_published", True)),
                        fields=["topic", "-issued_on", "-id"],
                        name="info_published_by_topic",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until", None), ("valid_until__gte", models.F("issued_on")), _connector="OR"
                        ),
                        name="information_valid_after_issue",
                        violation_error_message="It cannot expire before it is issued.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Meeting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last changed")),
                (
                    "certainty",
                    models.CharField(
                        choices=[
                            ("verified", "verified"),
                            ("inferred", "inferred"),
                            ("conflict", "sources disagree"),
                            ("unverified", "unverified"),
                        ],
                        default="unverified",
                        max_length=10,
                        verbose_name="certainty",
                    ),
                ),
                ("note_ko", models.TextField(blank=True, max_length=2000, verbose_name="note (Korean)")),
                ("note_en", models.TextField(blank=True, max_length=2000, verbose_name="note (English)")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("regular", "regular meeting"),
                            ("launch", "launch ceremony"),
                            ("round_table", "round table"),
                            ("policy_council", "policy council"),
                            ("strategy_meeting", "strategy meeting"),
                            ("heads_of_mission", "meeting with heads of mission"),
                            ("other", "other"),
                        ],
                        default="regular",
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "number",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="The n in “제n차 회의”. Empty when not known.",
                        null=True,
                        verbose_name="number",
                    ),
                ),
                ("label_ko", models.CharField(blank=True, max_length=200, verbose_name="label (Korean)")),
                ("label_en", models.CharField(blank=True, max_length=200, verbose_name="label (English)")),
                (
                    "held_on",
                    models.DateField(
                        blank=True,
                        help_text="Leave empty when no source gives a date.",
                        null=True,
                        validators=[missions.fields.validators.validate_day],
                        verbose_name="date",
                    ),
                ),
                (
                    "held_precision",
                    models.CharField(
                        choices=[
                            ("day", "on that day"),
                            ("by", "by that day"),
                            ("month", "within that month"),
                            ("unknown", "unknown"),
                        ],
                        default="unknown",
                        max_length=7,
                        verbose_name="date: precision",
                    ),
                ),
                (
                    "starts_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="In Korean time. Readers see the local time as well.",
                        null=True,
                        validators=[missions.fields.validators.validate_day],
                        verbose_name="starts at",
                    ),
                ),
                (
                    "ends_at",
                    models.DateTimeField(
                        blank=True,
                        null=True,
                        validators=[missions.fields.validators.validate_day],
                        verbose_name="ends at",
                    ),
                ),
                ("venue_ko", models.CharField(blank=True, max_length=300, verbose_name="venue (Korean)")),
                ("venue_en", models.CharField(blank=True, max_length=300, verbose_name="venue (English)")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("planned", "planned"),
                            ("held", "held"),
                            ("postponed", "postponed"),
                            ("cancelled", "cancelled"),
                        ],
                        default="planned",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "chaired",
                    models.CharField(
                        choices=[("yes", "yes"), ("no", "no"), ("unknown", "unknown")],
                        default="unknown",
                        max_length=7,
                        verbose_name="chaired by head of mission",
                    ),
                ),
                ("headcount", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="headcount")),
                (
                    "participants_ko",
                    models.TextField(
                        blank=True,
                        help_text="Public officials and organisations only. Public.",
                        max_length=1000,
                        verbose_name="participants as published (Korean)",
                    ),
                ),
                (
                    "participants_en",
                    models.TextField(blank=True, max_length=1000, verbose_name="participants as published (English)"),
                ),
                ("summary_ko", models.TextField(blank=True, max_length=5000, verbose_name="public summary (Korean)")),
                ("summary_en", models.TextField(blank=True, max_length=5000, verbose_name="public summary (English)")),
                ("is_published", models.BooleanField(default=False, verbose_name="published")),
                (
                    "body",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty for meetings between the ministries.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meetings",
                        to="missions.body",
                        verbose_name="body",
                    ),
                ),
                (
                    "sources",
                    models.ManyToManyField(blank=True, related_name="+", to="missions.source", verbose_name="sources"),
                ),
            ],
            options={
                "verbose_name": "meeting",
                "verbose_name_plural": "meetings",
                "ordering": [models.OrderBy(models.F("held_on"), descending=True, nulls_last=True), "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("body", "number"),
                        name="meeting_number_once_a_body",
                        violation_error_message="This body already has a meeting with this number.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("body", None)),
                        fields=("kind", "number"),
                        name="meeting_number_once_a_kind_between_ministries",
                        violation_error_message="There is already a meeting of this kind with this number.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_at", None),
                            models.Q(("ends_at__gt", models.F("starts_at")), ("starts_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="meeting_ends_after_start",
                        violation_error_message="A meeting with an end needs a start, and ends after it.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("held_on", None), ("held_precision", "unknown")),
                            models.Q(("held_on__isnull", False), ("held_precision__in", ["day", "by", "month"])),
                            _connector="OR",
                        ),
                        name="meeting_held_date_with_precision",
                        violation_error_message="A date needs a known precision; without a date the precision is “unknown”.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last changed")),
                (
                    "certainty",
                    models.CharField(
                        choices=[
                            ("verified", "verified"),
                            ("inferred", "inferred"),
                            ("conflict", "sources disagree"),
                            ("unverified", "unverified"),
                        ],
                        default="unverified",
                        max_length=10,
                        verbose_name="certainty",
                    ),
                ),
                ("note_ko", models.TextField(blank=True, max_length=2000, verbose_name="note (Korean)")),
                ("note_en", models.TextField(blank=True, max_length=2000, verbose_name="note (English)")),
                (
                    "post",
                    models.CharField(
                        choices=[
                            ("chair", "chair"),
                            ("secretariat", "secretariat"),
                            ("member", "member"),
                            ("observer", "observer"),
                        ],
                        default="member",
                        max_length=12,
                        verbose_name="post",
                    ),
                ),
                ("person_ko", models.CharField(blank=True, max_length=80, verbose_name="person (Korean)")),
                ("person_en", models.CharField(blank=True, max_length=80, verbose_name="person (English)")),
                ("title_ko", models.CharField(blank=True, max_length=80, verbose_name="office (Korean)")),
                ("title_en", models.CharField(blank=True, max_length=80, verbose_name="office (English)")),
                (
                    "helps_ko",
                    models.CharField(blank=True, max_length=300, verbose_name="what it can help with (Korean)"),
                ),
                (
                    "helps_en",
                    models.CharField(blank=True, max_length=300, verbose_name="what it can help with (English)"),
                ),
                (
                    "since_on",
                    models.DateField(
                        blank=True,
                        help_text="Leave empty when not known.",
                        null=True,
                        validators=[missions.fields.validators.validate_day],
                        verbose_name="from",
                    ),
                ),
                (
                    "until_on",
                    models.DateField(
                        blank=True,
                        help_text="Empty while the seat is held.",
                        null=True,
                        validators=[missions.fields.validators.validate_day],
                        verbose_name="until",
                    ),
                ),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="missions.body",
                        verbose_name="body",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="missions.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "sources",
                    models.ManyToManyField(blank=True, related_name="+", to="missions.source", verbose_name="sources"),
                ),
            ],
            options={
                "verbose_name": "membership",
                "verbose_name_plural": "memberships",
                "ordering": ["body", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until_on", None)),
                        fields=("body", "organisation", "post"),
                        name="membership_one_open_seat",
                        violation_error_message="This organisation already holds this post on the body. End that seat first.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("since_on", None),
                            ("until_on", None),
                            ("until_on__gte", models.F("since_on")),
                            _connector="OR",
                        ),
                        name="membership_until_not_before_since",
                        violation_error_message="The seat cannot end before it begins.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Posting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last changed")),
                (
                    "since_on",
                    models.DateField(validators=[missions.fields.validators.validate_day], verbose_name="from"),
                ),
                (
                    "until_on",
                    models.DateField(
                        blank=True,
                        help_text="The last day. Empty while it lasts.",
                        null=True,
                        validators=[missions.fields.validators.validate_day],
                        verbose_name="until",
                    ),
                ),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="postings",
                        to="missions.body",
                        verbose_name="body",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="postings",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
            ],
            options={
                "verbose_name": "posting",
                "verbose_name_plural": "postings",
                "ordering": ["-since_on", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until_on", None)),
                        fields=("user", "body"),
                        name="posting_one_open",
                        violation_error_message="This person is already posted to this body.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_on", None), ("until_on__gte", models.F("since_on")), _connector="OR"
                        ),
                        name="posting_until_not_before_since",
                        violation_error_message="A posting cannot end before it begins.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PublishedCase",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last changed")),
                (
                    "certainty",
                    models.CharField(
                        choices=[
                            ("verified", "verified"),
                            ("inferred", "inferred"),
                            ("conflict", "sources disagree"),
                            ("unverified", "unverified"),
                        ],
                        default="unverified",
                        max_length=10,
                        verbose_name="certainty",
                    ),
                ),
                ("note_ko", models.TextField(blank=True, max_length=2000, verbose_name="note (Korean)")),
                ("note_en", models.TextField(blank=True, max_length=2000, verbose_name="note (English)")),
                ("reference", models.SlugField(editable=False, max_length=60, verbose_name="case reference")),
                ("version", models.PositiveSmallIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("resolved", "resolved in full"),
                            ("resolved_in_part", "resolved in part"),
                            ("workaround", "work-around found"),
                            ("advice", "advice given"),
                            ("referred", "referred"),
                            ("not_resolvable", "not resolvable"),
                            ("withdrawn", "withdrawn by the firm"),
                            ("duplicate", "duplicate"),
                            ("not_a_difficulty", "not a difficulty"),
                        ],
                        max_length=20,
                        verbose_name="outcome",
                    ),
                ),
                ("title_ko", models.CharField(max_length=200, verbose_name="title (Korean)")),
                ("title_en", models.CharField(blank=True, max_length=200, verbose_name="title (English)")),
                ("happened_ko", models.TextField(blank=True, max_length=10000, verbose_name="what happened (Korean)")),
                ("happened_en", models.TextField(blank=True, max_length=10000, verbose_name="what happened (English)")),
                ("done_ko", models.TextField(blank=True, max_length=10000, verbose_name="what was done (Korean)")),
                ("done_en", models.TextField(blank=True, max_length=10000, verbose_name="what was done (English)")),
                ("lesson_ko", models.TextField(blank=True, max_length=10000, verbose_name="what to learn (Korean)")),
                ("lesson_en", models.TextField(blank=True, max_length=10000, verbose_name="what to learn (English)")),
                (
                    "reported_month",
                    models.DateField(
                        blank=True,
                        help_text="The day is dropped when saved.",
                        null=True,
                        validators=[missions.fields.validators.validate_day],
                        verbose_name="month of the report",
                    ),
                ),
                (
                    "closed_month",
                    models.DateField(
                        blank=True,
                        help_text="The day is dropped when saved.",
                        null=True,
                        validators=[missions.fields.validators.validate_day],
                        verbose_name="month of the outcome",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("awaiting", "awaiting approval"),
                            ("published", "published"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("drafted_at", models.DateTimeField(auto_now_add=True, verbose_name="drafted at")),
                ("approved_at", models.DateTimeField(editable=False, null=True, verbose_name="approved at")),
                (
                    "approved_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="approved by",
                    ),
                ),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="missions.body",
                        verbose_name="body",
                    ),
                ),
                (
                    "country",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="missions.country",
                        verbose_name="country",
                    ),
                ),
                (
                    "drafted_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="drafted by",
                    ),
                ),
                (
                    "type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="missions.difficultytype",
                        verbose_name="type",
                    ),
                ),
                (
                    "sector",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="missions.sector",
                        verbose_name="sector",
                    ),
                ),
                (
                    "sources",
                    models.ManyToManyField(blank=True, related_name="+", to="missions.source", verbose_name="sources"),
                ),
            ],
            options={
                "verbose_name": "published case",
                "verbose_name_plural": "published cases",
                "ordering": ["-approved_at", "-pk"],
                "permissions": [("approve_publishedcase", "Can approve texts for the public")],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "published")),
                        fields=["-approved_at", "-id"],
                        include=("body", "country", "type", "sector", "outcome"),
                        name="case_published",
                    ),
                    models.Index(
                        condition=models.Q(("state", "published")),
                        fields=["body", "-approved_at", "-id"],
                        include=("country", "type", "sector", "outcome"),
                        name="case_published_by_body",
                    ),
                    models.Index(
                        condition=models.Q(("state", "published")),
                        fields=["country", "-approved_at", "-id"],
                        include=("body", "type", "sector", "outcome"),
                        name="case_published_by_country",
                    ),
                    models.Index(
                        condition=models.Q(("state", "published")),
                        fields=["type", "-approved_at", "-id"],
                        include=("body", "country", "sector", "outcome"),
                        name="case_published_by_type",
                    ),
                    models.Index(
                        condition=models.Q(("state", "published")),
                        fields=["sector", "-approved_at", "-id"],
                        include=("body", "country", "type", "outcome"),
                        name="case_published_by_sector",
                    ),
                    models.Index(
                        condition=models.Q(("state", "published")),
                        fields=["outcome", "-approved_at", "-id"],
                        include=("body", "country", "type", "sector"),
                        name="case_published_by_outcome",
                    ),
                    models.Index(
                        condition=models.Q(("state", "published")),
                        fields=["closed_month", "-approved_at", "-id"],
                        include=("body", "country", "type", "sector", "outcome"),
                        name="case_published_by_closed_month",
                    ),
                    models.Index(
                        condition=models.Q(("closed_month", None), ("state", "published")),
                        fields=["-approved_at", "-id"],
                        include=("body", "country", "type", "sector", "outcome"),
                        name="case_published_month_unknown",
                    ),
                    models.Index(condition=models.Q(("state", "published")), fields=["id"], name="case_published_key"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by", None),
                            models.Q(("approved_by", models.F("drafted_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="case_approved_by_another",
                        violation_error_message="Whoever wrote a text cannot approve it.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("approved_at", None), ("approved_by", None)),
                            models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="case_approved_at_with_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "published"), _negated=True),
                            models.Q(
                                ("approved_by__isnull", False),
                                models.Q(("title_ko", ""), _negated=True),
                                models.Q(("happened_ko", ""), _negated=True),
                                models.Q(("done_ko", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="case_published_with_korean_text_and_approver",
                        violation_error_message="A published text needs its Korean words and an approver.",
                    ),
                    models.UniqueConstraint(fields=("reference", "version"), name="case_version_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "published")),
                        fields=("reference",),
                        name="case_one_published_version",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["draft", "awaiting"])),
                        fields=("reference",),
                        name="case_one_open_draft",
                        violation_error_message="A draft with this reference is already open.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AgendaItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last changed")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                ("topic_ko", models.CharField(max_length=300, verbose_name="topic (Korean)")),
                ("topic_en", models.CharField(blank=True, max_length=300, verbose_name="topic (English)")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("information", "information"),
                            ("difficulty", "difficulties"),
                            ("linkage", "linkage to support"),
                            ("organisation", "running the body"),
                        ],
                        default="organisation",
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="agenda",
                        to="missions.meeting",
                        verbose_name="meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "agenda item",
                "verbose_name_plural": "agenda",
                "ordering": ["meeting", "order", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Attendance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last changed")),
                ("headcount", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="headcount")),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attendances",
                        to="missions.meeting",
                        verbose_name="meeting",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendances",
                        to="missions.organisation",
                        verbose_name="organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "attendance",
                "verbose_name_plural": "attendance",
                "ordering": ["meeting", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("meeting", "organisation"),
                        name="attendance_once",
                        violation_error_message="This organisation is already listed.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CaseActor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last changed")),
                ("what_ko", models.TextField(max_length=1000, verbose_name="what it did (Korean)")),
                ("what_en", models.TextField(blank=True, max_length=1000, verbose_name="what it did (English)")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="acted_on",
                        to="missions.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="actors",
                        to="missions.publishedcase",
                        verbose_name="published case",
                    ),
                ),
            ],
            options={
                "verbose_name": "acting organisation",
                "verbose_name_plural": "acting organisations",
                "ordering": ["case", "order", "pk"],
            },
        ),
        migrations.CreateModel(
            name="CaseRemark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="at")),
                (
                    "step",
                    models.CharField(
                        choices=[("take_back", "Taken back"), ("send_back", "Sent back"), ("withdraw", "Withdrawn")],
                        default="send_back",
                        max_length=10,
                        verbose_name="step",
                    ),
                ),
                ("text", models.TextField(max_length=2000, verbose_name="remark")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="remarks",
                        to="missions.publishedcase",
                        verbose_name="published case",
                    ),
                ),
            ],
            options={
                "verbose_name": "remark",
                "verbose_name_plural": "remarks",
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Difficulty",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last changed")),
                ("reference", models.CharField(editable=False, max_length=16, unique=True, verbose_name="reference")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                (
                    "account",
                    models.TextField(
                        help_text="In the firm’s own words. Never public.",
                        max_length=10000,
                        verbose_name="what happened",
                    ),
                ),
                (
                    "steps_taken",
                    models.TextField(blank=True, max_length=5000, verbose_name="steps the firm already took"),
                ),
                (
                    "report_source",
                    models.CharField(
                        choices=[
                            ("firm", "small firm"),
                            ("association", "association"),
                            ("export_centre", "regional export centre"),
                            ("mission", "mission abroad"),
                            ("agency", "public agency"),
                            ("meeting", "meeting of a body"),
                            ("hotline", "hotline"),
                        ],
                        default="firm",
                        max_length=14,
                        verbose_name="reported by",
                    ),
                ),
                (
                    "reported_on",
                    models.DateField(
                        default=django.utils.timezone.localdate,
                        validators=[missions.fields.validators.validate_day],
                        verbose_name="reported on",
                    ),
                ),
                (
                    "became_aware_on",
                    models.DateField(
                        blank=True,
                        null=True,
                        validators=[missions.fields.validators.validate_day],
                        verbose_name="firm became aware on",
                    ),
                ),
                ("place", models.CharField(blank=True, max_length=100, verbose_name="place")),
                (
                    "hs_codes",
                    models.CharField(
                        blank=True,
                        help_text="2 to 10 digits each, separated by commas.",
                        max_length=200,
                        validators=[missions.fields.validators.validate_hs_codes],
                        verbose_name="HS codes",
                    ),
                ),
                ("is_urgent", models.BooleanField(default=False, verbose_name="urgent")),
                ("urgent_reason", models.CharField(blank=True, max_length=300, verbose_name="why urgent")),
                (
                    "hurts_on",
                    models.DateField(
                        blank=True,
                        help_text="Shipment, expiry of a permit, …",
                        null=True,
                        validators=[missions.fields.validators.validate_day],
                        verbose_name="deadline that hurts the firm",
                    ),
                ),
                ("hurts_how", models.CharField(blank=True, max_length=200, verbose_name="what happens then")),
                (
                    "value_amount",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=15,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="value at stake",
                    ),
                ),
                (
                    "value_currency",
                    models.CharField(
                        blank=True,
                        max_length=3,
                        validators=[
                            django.core.validators.RegexValidator("^[A-Z]{3}$", "Write a currency code such as USD.")
                        ],
                        verbose_name="currency",
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("received", "received"),
                            ("in_review", "in review"),
                            ("in_progress", "in progress"),
                            ("closed", "closed"),
                        ],
                        default="received",
                        editable=False,
                        max_length=12,
                        verbose_name="stage",
                    ),
                ),
                (
                    "waiting_on",
                    models.CharField(
                        choices=[
                            ("nobody", "nobody"),
                            ("overseas_body", "an overseas body"),
                            ("domestic_body", "the domestic body"),
                            ("ministry", "a ministry"),
                            ("host_authority", "an authority of the host country"),
                            ("company", "the company"),
                            ("organisation", "a member organisation"),
                        ],
                        default="nobody",
                        editable=False,
                        max_length=16,
                        verbose_name="waiting on",
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("resolved", "resolved in full"),
                            ("resolved_in_part", "resolved in part"),
                            ("workaround", "work-around found"),
                            ("advice", "advice given"),
                            ("referred", "referred"),
                            ("not_resolvable", "not resolvable"),
                            ("withdrawn", "withdrawn by the firm"),
                            ("duplicate", "duplicate"),
                            ("not_a_difficulty", "not a difficulty"),
                        ],
                        editable=False,
                        max_length=20,
                        verbose_name="outcome",
                    ),
                ),
                ("outcome_reason", models.TextField(blank=True, max_length=2000, verbose_name="reason of the outcome")),
                (
                    "confirmation",
                    models.CharField(
                        choices=[
                            ("not_asked", "not asked"),
                            ("asked", "asked"),
                            ("agrees", "agrees"),
                            ("disagrees", "disagrees"),
                            ("no_reply", "no reply"),
                        ],
                        default="not_asked",
                        editable=False,
                        max_length=10,
                        verbose_name="company’s confirmation",
                    ),
                ),
                (
                    "due_on",
                    models.DateField(
                        blank=True,
                        null=True,
                        validators=[missions.fields.validators.validate_day],
                        verbose_name="due on",
                    ),
                ),
                ("solution", models.TextField(blank=True, max_length=10000, verbose_name="solution")),
                ("lesson", models.TextField(blank=True, max_length=5000, verbose_name="lesson")),
                (
                    "case_reference",
                    models.CharField(blank=True, editable=False, max_length=60, verbose_name="case reference"),
                ),
                (
                    "company",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="difficulties",
                        to="missions.company",
                        verbose_name="company",
                    ),
                ),
                (
                    "country",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="missions.country",
                        verbose_name="country",
                    ),
                ),
                (
                    "duplicate_of",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="duplicates",
                        to="missions.difficulty",
                        verbose_name="duplicate of",
                    ),
                ),
                (
                    "filed_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="filed by",
                    ),
                ),
                (
                    "filed_through",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="filed_difficulties",
                        to="missions.body",
                        verbose_name="filed through",
                    ),
                ),
                (
                    "holder",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="held_difficulties",
                        to="missions.body",
                        verbose_name="holder",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="owned_difficulties",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="owner",
                    ),
                ),
                (
                    "similar",
                    models.ManyToManyField(blank=True, to="missions.difficulty", verbose_name="similar difficulties"),
                ),
                (
                    "type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="missions.difficultytype",
                        verbose_name="type",
                    ),
                ),
                (
                    "ntm_chapter",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="missions.ntmchapter",
                        verbose_name="UNCTAD MAST chapter",
                    ),
                ),
                (
                    "referred_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="missions.organisation",
                        verbose_name="referred to",
                    ),
                ),
                (
                    "sector",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="missions.sector",
                        verbose_name="sector",
                    ),
                ),
            ],
            options={
                "verbose_name": "difficulty",
                "verbose_name_plural": "difficulties",
                "ordering": ["-reported_on", "-pk"],
                "permissions": [
                    ("handle_difficulty", "Can take steps with difficulties of their body"),
                    ("oversee_difficulty", "Can reopen and reassign the difficulties of any body"),
                ],
                "indexes": [
                    models.Index(fields=["-reported_on", "-id"], name="difficulty_newest"),
                    models.Index(
                        condition=models.Q(("stage", "closed"), _negated=True),
                        fields=["-reported_on", "-id"],
                        name="difficulty_newest_open",
                    ),
                    models.Index(fields=["holder", "-reported_on", "-id"], name="difficulty_newest_of_holder"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("case_reference", ""), _negated=True),
                        fields=("case_reference",),
                        name="difficulty_one_case_each",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("stage__in", ["received", "in_review", "in_progress", "closed"])),
                        name="difficulty_stage_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("stage", "closed"), models.Q(("outcome", ""), _negated=True)),
                            models.Q(models.Q(("stage", "closed"), _negated=True), ("outcome", "")),
                            _connector="OR",
                        ),
                        name="difficulty_outcome_when_closed",
                        violation_error_message="A closed difficulty needs an outcome, an open one has none.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "referred"), _negated=True),
                            ("referred_to__isnull", False),
                            _connector="OR",
                        ),
                        name="difficulty_referred_to_someone",
                        violation_error_message="Say to whom the firm was referred.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(("outcome", "duplicate"), _negated=True),
                                ("duplicate_of__isnull", False),
                                _connector="OR",
                            ),
                            models.Q(
                                ("duplicate_of", None),
                                models.Q(("duplicate_of", models.F("id")), _negated=True),
                                _connector="OR",
                            ),
                        ),
                        name="difficulty_duplicate_of_another",
                        violation_error_message="Name the difficulty that this one repeats.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("is_urgent", True), models.Q(("urgent_reason", ""), _negated=True)),
                            models.Q(("is_urgent", False), ("urgent_reason", "")),
                            _connector="OR",
                        ),
                        name="difficulty_urgent_with_reason",
                        violation_error_message="An urgent difficulty needs the reason why; another has none.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("value_amount", None), ("value_currency", "")),
                            models.Q(
                                ("value_amount__gte", 0),
                                ("value_amount__isnull", False),
                                models.Q(("value_currency", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="difficulty_value_with_currency",
                        violation_error_message="Give the amount together with its currency.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalAgendaItem",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("updated_at", models.DateTimeField(blank=True, editable=False, verbose_name="last changed")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                ("topic_ko", models.CharField(max_length=300, verbose_name="topic (Korean)")),
                ("topic_en", models.CharField(blank=True, max_length=300, verbose_name="topic (English)")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("information", "information"),
                            ("difficulty", "difficulties"),
                            ("linkage", "linkage to support"),
                            ("organisation", "running the body"),
                        ],
                        default="organisation",
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="missions.meeting",
                        verbose_name="meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical agenda item",
                "verbose_name_plural": "historical agenda",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalAttendance",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("updated_at", models.DateTimeField(blank=True, editable=False, verbose_name="last changed")),
                ("headcount", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="headcount")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="missions.meeting",
                        verbose_name="meeting",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="missions.organisation",
                        verbose_name="organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical attendance",
                "verbose_name_plural": "historical attendance",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalCaseActor",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("updated_at", models.DateTimeField(blank=True, editable=False, verbose_name="last changed")),
                ("what_ko", models.TextField(max_length=1000, verbose_name="what it did (Korean)")),
                ("what_en", models.TextField(blank=True, max_length=1000, verbose_name="what it did (English)")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="missions.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="missions.publishedcase",
                        verbose_name="published case",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical acting organisation",
                "verbose_name_plural": "historical acting organisations",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalMinutes",
            fields=[
                ("updated_at", models.DateTimeField(blank=True, editable=False, verbose_name="last changed")),
                ("people", models.TextField(blank=True, max_length=2000, verbose_name="people present")),
                ("text", models.TextField(max_length=50000, verbose_name="text")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="missions.meeting",
                        verbose_name="meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical minutes",
                "verbose_name_plural": "historical minutes",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalOnlineRoom",
            fields=[
                ("updated_at", models.DateTimeField(blank=True, editable=False, verbose_name="last changed")),
                ("link", models.URLField(max_length=500, verbose_name="online link")),
                ("access", models.CharField(blank=True, max_length=200, verbose_name="access note")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="missions.meeting",
                        verbose_name="meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical online room",
                "verbose_name_plural": "historical online room",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Minutes",
            fields=[
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last changed")),
                (
                    "meeting",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="minutes",
                        serialize=False,
                        to="missions.meeting",
                        verbose_name="meeting",
                    ),
                ),
                ("people", models.TextField(blank=True, max_length=2000, verbose_name="people present")),
                ("text", models.TextField(max_length=50000, verbose_name="text")),
            ],
            options={
                "verbose_name": "minutes",
                "verbose_name_plural": "minutes",
            },
        ),
        migrations.CreateModel(
            name="OnlineRoom",
            fields=[
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last changed")),
                (
                    "meeting",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="online_room",
                        serialize=False,
                        to="missions.meeting",
                        verbose_name="meeting",
                    ),
                ),
                ("link", models.URLField(max_length=500, verbose_name="online link")),
                ("access", models.CharField(blank=True, max_length=200, verbose_name="access note")),
            ],
            options={
                "verbose_name": "online room",
                "verbose_name_plural": "online room",
            },
        ),
        migrations.CreateModel(
            name="Action",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last changed")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("host_authority", "met an authority of the host country"),
                            ("official_letter", "official letter"),
                            ("briefing", "briefing"),
                            ("advice", "advice"),
                            ("on_site_support", "on-site support"),
                            ("linkage", "linkage to support"),
                            ("other", "other"),
                        ],
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                (
                    "done_on",
                    models.DateField(
                        default=django.utils.timezone.localdate,
                        validators=[missions.fields.validators.validate_day],
                        verbose_name="done on",
                    ),
                ),
                ("what", models.TextField(max_length=5000, verbose_name="what was done")),
                (
                    "recorded_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recorded by",
                    ),
                ),
                (
                    "difficulty",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="actions",
                        to="missions.difficulty",
                        verbose_name="difficulty",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="actions",
                        to="missions.organisation",
                        verbose_name="organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "action",
                "verbose_name_plural": "actions",
                "ordering": ["done_on", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ActionItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last changed")),
                ("what", models.CharField(max_length=500, verbose_name="what is to be done")),
                (
                    "due_on",
                    models.DateField(
                        blank=True,
                        null=True,
                        validators=[missions.fields.validators.validate_day],
                        verbose_name="due on",
                    ),
                ),
                (
                    "done_on",
                    models.DateField(
                        blank=True,
                        null=True,
                        validators=[missions.fields.validators.validate_day],
                        verbose_name="done on",
                    ),
                ),
                (
                    "difficulty",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="action_items",
                        to="missions.difficulty",
                        verbose_name="difficulty",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="action_items",
                        to="missions.meeting",
                        verbose_name="meeting",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="missions.organisation",
                        verbose_name="responsible",
                    ),
                ),
            ],
            options={
                "verbose_name": "follow-up",
                "verbose_name_plural": "follow-ups",
                "ordering": ["due_on", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Discussion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last changed")),
                (
                    "difficulty",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="discussions",
                        to="missions.difficulty",
                        verbose_name="difficulty",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="discussions",
                        to="missions.meeting",
                        verbose_name="meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "difficulty discussed",
                "verbose_name_plural": "difficulties discussed",
                "ordering": ["meeting", "pk"],
                "constraints": [models.UniqueConstraint(fields=("meeting", "difficulty"), name="discussion_once")],
            },
        ),
        migrations.CreateModel(
            name="HistoricalAction",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("updated_at", models.DateTimeField(blank=True, editable=False, verbose_name="last changed")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("host_authority", "met an authority of the host country"),
                            ("official_letter", "official letter"),
                            ("briefing", "briefing"),
                            ("advice", "advice"),
                            ("on_site_support", "on-site support"),
                            ("linkage", "linkage to support"),
                            ("other", "other"),
                        ],
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                (
                    "done_on",
                    models.DateField(
                        default=django.utils.timezone.localdate,
                        validators=[missions.fields.validators.validate_day],
                        verbose_name="done on",
                    ),
                ),
                ("what", models.TextField(max_length=5000, verbose_name="what was done")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "difficulty",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="missions.difficulty",
                        verbose_name="difficulty",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recorded by",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="missions.organisation",
                        verbose_name="organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical action",
                "verbose_name_plural": "historical actions",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalActionItem",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("updated_at", models.DateTimeField(blank=True, editable=False, verbose_name="last changed")),
                ("what", models.CharField(max_length=500, verbose_name="what is to be done")),
                (
                    "due_on",
                    models.DateField(
                        blank=True,
                        null=True,
                        validators=[missions.fields.validators.validate_day],
                        verbose_name="due on",
                    ),
                ),
                (
                    "done_on",
                    models.DateField(
                        blank=True,
                        null=True,
                        validators=[missions.fields.validators.validate_day],
                        verbose_name="done on",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "difficulty",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="missions.difficulty",
                        verbose_name="difficulty",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="missions.meeting",
                        verbose_name="meeting",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="missions.organisation",
                        verbose_name="responsible",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical follow-up",
                "verbose_name_plural": "historical follow-ups",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalDifficulty",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("updated_at", models.DateTimeField(blank=True, editable=False, verbose_name="last changed")),
                ("reference", models.CharField(db_index=True, editable=False, max_length=16, verbose_name="reference")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                (
                    "account",
                    models.TextField(
                        help_text="In the firm’s own words. Never public.",
                        max_length=10000,
                        verbose_name="what happened",
                    ),
                ),
                (
                    "steps_taken",
                    models.TextField(blank=True, max_length=5000, verbose_name="steps the firm already took"),
                ),
                (
                    "report_source",
                    models.CharField(
                        choices=[
                            ("firm", "small firm"),
                            ("association", "association"),
                            ("export_centre", "regional export centre"),
                            ("mission", "mission abroad"),
                            ("agency", "public agency"),
                            ("meeting", "meeting of a body"),
                            ("hotline", "hotline"),
                        ],
                        default="firm",
                        max_length=14,
                        verbose_name="reported by",
                    ),
                ),
                (
                    "reported_on",
                    models.DateField(
                        default=django.utils.timezone.localdate,
                        validators=[missions.fields.validators.validate_day],
                        verbose_name="reported on",
                    ),
                ),
                (
                    "became_aware_on",
                    models.DateField(
                        blank=True,
                        null=True,
                        validators=[missions.fields.validators.validate_day],
                        verbose_name="firm became aware on",
                    ),
                ),
                ("place", models.CharField(blank=True, max_length=100, verbose_name="place")),
                (
                    "hs_codes",
                    models.CharField(
                        blank=True,
                        help_text="2 to 10 digits each, separated by commas.",
                        max_length=200,
                        validators=[missions.fields.validators.validate_hs_codes],
                        verbose_name="HS codes",
                    ),
                ),
                ("is_urgent", models.BooleanField(default=False, verbose_name="urgent")),
                ("urgent_reason", models.CharField(blank=True, max_length=300, verbose_name="why urgent")),
                (
                    "hurts_on",
                    models.DateField(
                        blank=True,
                        help_text="Shipment, expiry of a permit, …",
                        null=True,
                        validators=[missions.fields.validators.validate_day],
                        verbose_name="deadline that hurts the firm",
                    ),
                ),
                ("hurts_how", models.CharField(blank=True, max_length=200, verbose_name="what happens then")),
                (
                    "value_amount",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=15,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="value at stake",
                    ),
                ),
                (
                    "value_currency",
                    models.CharField(
                        blank=True,
                        max_length=3,
                        validators=[
                            django.core.validators.RegexValidator("^[A-Z]{3}$", "Write a currency code such as USD.")
                        ],
                        verbose_name="currency",
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("received", "received"),
                            ("in_review", "in review"),
                            ("in_progress", "in progress"),
                            ("closed", "closed"),
                        ],
                        default="received",
                        editable=False,
                        max_length=12,
                        verbose_name="stage",
                    ),
                ),
                (
                    "waiting_on",
                    models.CharField(
                        choices=[
                            ("nobody", "nobody"),
                            ("overseas_body", "an overseas body"),
                            ("domestic_body", "the domestic body"),
                            ("ministry", "a ministry"),
                            ("host_authority", "an authority of the host country"),
                            ("company", "the company"),
                            ("organisation", "a member organisation"),
                        ],
                        default="nobody",
                        editable=False,
                        max_length=16,
                        verbose_name="waiting on",
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("resolved", "resolved in full"),
                            ("resolved_in_part", "resolved in part"),
                            ("workaround", "work-around found"),
                            ("advice", "advice given"),
                            ("referred", "referred"),
                            ("not_resolvable", "not resolvable"),
                            ("withdrawn", "withdrawn by the firm"),
                            ("duplicate", "duplicate"),
                            ("not_a_difficulty", "not a difficulty"),
                        ],
                        editable=False,
                        max_length=20,
                        verbose_name="outcome",
                    ),
                ),
                ("outcome_reason", models.TextField(blank=True, max_length=2000, verbose_name="reason of the outcome")),
                (
                    "confirmation",
                    models.CharField(
                        choices=[
                            ("not_asked", "not asked"),
                            ("asked", "asked"),
                            ("agrees", "agrees"),
                            ("disagrees", "disagrees"),
                            ("no_reply", "no reply"),
                        ],
                        default="not_asked",
                        editable=False,
                        max_length=10,
                        verbose_name="company’s confirmation",
                    ),
                ),
                (
                    "due_on",
                    models.DateField(
                        blank=True,
                        null=True,
                        validators=[missions.fields.validators.validate_day],
                        verbose_name="due on",
                    ),
                ),
                ("solution", models.TextField(blank=True, max_length=10000, verbose_name="solution")),
                ("lesson", models.TextField(blank=True, max_length=5000, verbose_name="lesson")),
                (
                    "case_reference",
                    models.CharField(blank=True, editable=False, max_length=60, verbose_name="case reference"),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "company",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="missions.company",
                        verbose_name="company",
                    ),
                ),
                (
                    "country",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="missions.country",
                        verbose_name="country",
                    ),
                ),
                (
                    "duplicate_of",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="missions.difficulty",
                        verbose_name="duplicate of",
                    ),
                ),
                (
                    "filed_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="filed by",
                    ),
                ),
                (
                    "filed_through",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="missions.body",
                        verbose_name="filed through",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "holder",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="missions.body",
                        verbose_name="holder",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="owner",
                    ),
                ),
                (
                    "type",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="missions.difficultytype",
                        verbose_name="type",
                    ),
                ),
                (
                    "ntm_chapter",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="missions.ntmchapter",
                        verbose_name="UNCTAD MAST chapter",
                    ),
                ),
                (
                    "referred_to",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="missions.organisation",
                        verbose_name="referred to",
                    ),
                ),
                (
                    "sector",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="missions.sector",
                        verbose_name="sector",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical difficulty",
                "verbose_name_plural": "historical difficulties",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalDiscussion",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("updated_at", models.DateTimeField(blank=True, editable=False, verbose_name="last changed")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "difficulty",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="missions.difficulty",
                        verbose_name="difficulty",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="missions.meeting",
                        verbose_name="meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical difficulty discussed",
                "verbose_name_plural": "historical difficulties discussed",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalLinkage",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("updated_at", models.DateTimeField(blank=True, editable=False, verbose_name="last changed")),
                (
                    "linked_on",
                    models.DateField(validators=[missions.fields.validators.validate_day], verbose_name="linked on"),
                ),
                ("result", models.CharField(blank=True, max_length=300, verbose_name="result")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "difficulty",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="missions.difficulty",
                        verbose_name="difficulty",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="missions.supportprogramme",
                        verbose_name="support programme",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical linkage",
                "verbose_name_plural": "historical linkages",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalRelay",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("updated_at", models.DateTimeField(blank=True, editable=False, verbose_name="last changed")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("hand_over", "hand over"),
                            ("help", "ask for help"),
                            ("information", "for information"),
                        ],
                        max_length=11,
                        verbose_name="kind",
                    ),
                ),
                ("asked", models.TextField(max_length=5000, verbose_name="what is asked")),
                ("sent_at", models.DateTimeField(verbose_name="sent at")),
                ("acknowledge_by", models.DateField(verbose_name="acknowledge by")),
                ("answer_by", models.DateField(blank=True, null=True, verbose_name="answer by")),
                ("acknowledged_at", models.DateTimeField(blank=True, null=True, verbose_name="acknowledged at")),
                (
                    "ending",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("taken_over", "taken over"),
                            ("returned", "returned"),
                            ("answered", "answered"),
                            ("noted", "noted"),
                            ("recalled", "recalled"),
                        ],
                        max_length=10,
                        verbose_name="ending",
                    ),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended at")),
                ("reply", models.TextField(blank=True, max_length=5000, verbose_name="reply")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "acknowledged_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="acknowledged by",
                    ),
                ),
                (
                    "difficulty",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="missions.difficulty",
                        verbose_name="difficulty",
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="ended by",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "receiver",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="missions.body",
                        verbose_name="receiver",
                    ),
                ),
                (
                    "sender",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="missions.body",
                        verbose_name="sender",
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="sent by",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical relay",
                "verbose_name_plural": "historical relays",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Linkage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last changed")),
                (
                    "linked_on",
                    models.DateField(validators=[missions.fields.validators.validate_day], verbose_name="linked on"),
                ),
                ("result", models.CharField(blank=True, max_length=300, verbose_name="result")),
                (
                    "difficulty",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="linkages",
                        to="missions.difficulty",
                        verbose_name="difficulty",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="linkages",
                        to="missions.supportprogramme",
                        verbose_name="support programme",
                    ),
                ),
            ],
            options={
                "verbose_name": "linkage",
                "verbose_name_plural": "linkages",
                "ordering": ["-linked_on", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("difficulty", "programme"),
                        name="linkage_once",
                        violation_error_message="This firm is already linked to this programme here.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Relay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last changed")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("hand_over", "hand over"),
                            ("help", "ask for help"),
                            ("information", "for information"),
                        ],
                        max_length=11,
                        verbose_name="kind",
                    ),
                ),
                ("asked", models.TextField(max_length=5000, verbose_name="what is asked")),
                ("sent_at", models.DateTimeField(verbose_name="sent at")),
                ("acknowledge_by", models.DateField(verbose_name="acknowledge by")),
                ("answer_by", models.DateField(blank=True, null=True, verbose_name="answer by")),
                ("acknowledged_at", models.DateTimeField(blank=True, null=True, verbose_name="acknowledged at")),
                (
                    "ending",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("taken_over", "taken over"),
                            ("returned", "returned"),
                            ("answered", "answered"),
                            ("noted", "noted"),
                            ("recalled", "recalled"),
                        ],
                        max_length=10,
                        verbose_name="ending",
                    ),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended at")),
                ("reply", models.TextField(blank=True, max_length=5000, verbose_name="reply")),
                (
                    "acknowledged_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="acknowledged by",
                    ),
                ),
                (
                    "difficulty",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="relays",
                        to="missions.difficulty",
                        verbose_name="difficulty",
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="ended by",
                    ),
                ),
                (
                    "receiver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="relays_received",
                        to="missions.body",
                        verbose_name="receiver",
                    ),
                ),
                (
                    "sender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="relays_sent",
                        to="missions.body",
                        verbose_name="sender",
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="sent by",
                    ),
                ),
            ],
            options={
                "verbose_name": "relay",
                "verbose_name_plural": "relays",
                "ordering": ["-sent_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("sender", models.F("receiver")), _negated=True),
                        name="relay_to_another_body",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None), ("kind", "hand_over")),
                        fields=("difficulty",),
                        name="relay_one_open_hand_over",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("acknowledged_at", None), ("acknowledged_by", None)),
                            models.Q(("acknowledged_at__isnull", False), ("acknowledged_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="relay_acknowledged_at_with_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ended_by", None), ("ending", "")),
                            models.Q(
                                ("ended_at__isnull", False),
                                ("ended_by__isnull", False),
                                ("ending__in", ["taken_over", "returned", "answered", "noted", "recalled"]),
                            ),
                            _connector="OR",
                        ),
                        name="relay_ended_at_with_by_and_ending",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer_by", None), ("kind", "information")),
                            models.Q(
                                models.Q(("kind", "information"), _negated=True),
                                ("answer_by__gte", models.F("acknowledge_by")),
                                ("answer_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="relay_answer_day_unless_for_information",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DifficultyEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(verbose_name="at")),
                ("by_name", models.CharField(max_length=150, verbose_name="by (name)")),
                ("step", models.CharField(max_length=16, verbose_name="step")),
                (
                    "from_stage",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("received", "received"),
                            ("in_review", "in review"),
                            ("in_progress", "in progress"),
                            ("closed", "closed"),
                        ],
                        max_length=12,
                        verbose_name="from stage",
                    ),
                ),
                (
                    "to_stage",
                    models.CharField(
                        choices=[
                            ("received", "received"),
                            ("in_review", "in review"),
                            ("in_progress", "in progress"),
                            ("closed", "closed"),
                        ],
                        max_length=12,
                        verbose_name="to stage",
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="note")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "difficulty",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="missions.difficulty",
                        verbose_name="difficulty",
                    ),
                ),
                (
                    "from_holder",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="missions.body",
                        verbose_name="from holder",
                    ),
                ),
                (
                    "to_holder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="missions.body",
                        verbose_name="to holder",
                    ),
                ),
                (
                    "to_owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="owner afterwards",
                    ),
                ),
                (
                    "relay",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="missions.relay",
                        verbose_name="relay",
                    ),
                ),
            ],
            options={
                "verbose_name": "step taken",
                "verbose_name_plural": "steps taken",
                "ordering": ["difficulty", "pk"],
            },
        ),
    ]
