"""In how many working days a body must move: what is counted by its clocks, and what firms are told of them.

Settings of the same names with ``_WITHIN`` behind them change these for one site.
"""

from django.conf import settings

# Working days, by whether the difficulty is urgent.
ACKNOWLEDGE = {False: 2, True: 1}  # a relay
ANSWER = {False: 10, True: 3}
TAKE_UP = {False: 2, True: 1}  # what was filed
MOVE = {False: 10, True: 3}  # what was taken up, taken over, answered or reopened


def within(urgent):
    """In how many working days a leg must be acknowledged, and answered."""
    return _within("ACKNOWLEDGE_WITHIN", ACKNOWLEDGE, urgent), _within("ANSWER_WITHIN", ANSWER, urgent)


def taken_up_within(urgent):
    """In how many working days of its holder what was filed must be taken up."""
    return _within("TAKE_UP_WITHIN", TAKE_UP, urgent)


def moved_within(urgent):
    """In how many working days its holder must move on what it has taken up."""
    return _within("MOVE_WITHIN", MOVE, urgent)


def _within(setting, default, urgent):
    return getattr(settings, setting, default)[urgent]
