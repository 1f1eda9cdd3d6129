"""How days and times read in Korean."""

from django.conf.locale.ko import formats as known

from portal.formats import DOTTED

DATE_FORMAT = "Y년 n월 j일"
SHORT_DATE_FORMAT = "Y. n. j."
YEAR_MONTH_FORMAT = "Y년 n월"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "Y년 n월 j일 H:i"
DATE_INPUT_FORMATS = [*known.DATE_INPUT_FORMATS, *DOTTED]
