"""How personal data read until somebody asks to see them: enough to tell two apart, too little to use."""

import re


def masked_name(text):
    """Each word by its first letter: 김해양 과장 as 김** 과*."""
    return re.sub(r"(\w)(\w*)", lambda word: word[1] + "*" * len(word[2]), text)


def masked_telephone(text):
    """The last two digits of a number, and words as names are: 김해양 010-1234-5678 as 김** ***-****-**78."""
    digits = len(re.findall(r"\d", text))
    text = re.sub(r"[^\W\d]+", lambda word: masked_name(word[0]), text)
    return re.sub(r"\d", "*", text, count=max(digits - 2, 0))


def masked_email(text):
    """The first letter and the host: kim@bada.kr as k**@bada.kr."""
    user, at, host = text.partition("@")
    return f"{user[:1]}{'*' * len(user[1:])}{at}{host}" if at else "*" * len(text)


MASKED = {"contact": masked_name, "telephone": masked_telephone, "email": masked_email}  # by column of a firm
