"""How days and times read in Korean."""

from portal.formats import DAYS, MOMENTS

DATE_FORMAT = "Y년 n월 j일"
SHORT_DATE_FORMAT = "Y. n. j."
YEAR_MONTH_FORMAT = "Y년 n월"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "Y년 n월 j일 H:i"
DATE_INPUT_FORMATS = DAYS
DATETIME_INPUT_FORMATS = MOMENTS
