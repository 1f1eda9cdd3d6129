"""Names of firms reduced to what they are compared by."""

import re
import unicodedata
from functools import lru_cache

# What a reader does not see, or sees as a dot: some letters of Unicode, and all signs that only control typesetting.
UNSEEN = dict.fromkeys(map(ord, "ㆍᆞ\u115f\u1160\u3164\uffa0\u034f"))
UNSEEN |= {
    code: None
    for codes in (range(0x10000), range(0xE0000, 0xE0080))
    for code in codes
    if unicodedata.category(chr(code)) == "Cf"
}
LEGAL_FORMS = re.compile(
    r"(주식|유한책임|유한|합자|합명)회사|(농업|어업)회사법인|(영농|어업|영어)조합법인|(사단|재단)법인|\(\s*[주유사재株有]\s*\)"
    r"|(株式|有限)(會社|会社|公司)|有限公司"
    r"|\b(ag|bhd|bv|co|company|corp|corporation|gmbh|inc|incorporated|jsc|limited|llc|llp|ltd|plc|pte|pty|pvt|sdn)\b",
    re.IGNORECASE,
)
# Han letters that are usual in names of firms, each with its Korean reading.
HANJA = dict(
    re.findall(
        r"(\S)(\S)",
        "大대 韓한 民민 國국 国국 東동 西서 南남 北북 中중 央앙 新신 三삼 星성 電전 电전 子자 金금 銀은 銅동 "
        "鐵철 鋼강 産산 業업 工공 商상 事사 社사 會회 会회 公공 司사 貿무 易역 物물 食식 品품 農농 林림 水수 "
        "海해 洋양 山산 川천 江강 火화 木목 土토 石석 油유 化화 學학 醫의 藥약 生생 命명 科과 技기 術술 機기 "
        "械계 車차 船선 航항 空공 運운 輸수 建건 設설 開개 發발 通통 信신 情정 報보 光광 明명 天천 地지 人인 "
        "和화 平평 成성 功공 正정 一일 二이 四사 五오 六육 七칠 八팔 九구 十십 百백 千천 萬만 世세 界계 文문 "
        "衣의 服복 紡방 織직 紙지 印인 刷쇄 出출 版판 書서 美미 容용 香향 花화 草초 茶다 酒주 米미 肉육 魚어 "
        "果과 菜채 高고 麗려 松송 竹죽 梅매 龍룡 虎호 鳳봉 永영 昌창 盛성 興흥 豊풍 富부 貴귀 福복 吉길 祥상 "
        "泰태 安안 宇우 宙주 太태 陽양 月월 日일 現현 代대 京경 釜부 仁인 州주 友우 利리 愛애 精정 密밀 半반 "
        "導도 體체 環환 境경 能능 源원 力력 動동 製제 造조 作작 所소 院원 館관 店점 堂당 屋옥 家가 具구",
    )
)
BEFORE_I = {2, 3, 6, 7, 12, 17, 20}  # vowels of the sound i or y, by their place in Unicode: ㅑ ㅒ ㅕ ㅖ ㅛ ㅠ ㅣ
FORM_BEHIND = re.compile(r"(?<=..)(coltd|pteltd|sdnbhd)$")


def core_of_name(name):
    """A firm’s name without its legal form, spaces and stops, by which it is known again."""
    return re.sub(r"[\s.,\0]+", "", LEGAL_FORMS.sub(" ", unicodedata.normalize("NFKC", name)))[:100]


def visible(text):
    """A text in the normal form of Unicode (NFKC), without signs that nobody sees."""
    return text if text.isascii() else unicodedata.normalize("NFKC", text.translate(UNSEEN)).translate(UNSEEN)


def letters_of(text):
    """The letters and digits of a text, without everything else."""
    return "".join(filter(str.isalnum, visible(text).casefold()))


@lru_cache(maxsize=65_536)
def letters_of_name(name):
    """The letters of a firm's name without its legal form; with it where no more than one letter would be left."""
    bare = FORM_BEHIND.sub("", letters_of(core_of_name(visible(name))))
    return bare if len(bare) > 1 else letters_of(name)


def skeletons(name):
    """What firms are compared by: the letters of a name without its legal form; read in Hangul too where it has Han.

    Neither case, width and composition of letters nor spaces, dots and hyphens count.
    """
    letters = letters_of_name(name) if name else ""
    return [each for each in dict.fromkeys((letters, _in_hangul(letters))) if len(each) > 1]


def _in_hangul(letters):
    read = "".join(HANJA.get(letter, letter) for letter in letters)
    return _at_beginning(read[0]) + read[1:] if letters[:1] in HANJA else read


def _at_beginning(syllable):
    """A syllable as it sounds at the beginning of a word (두음법칙): 력 becomes 역, 락 becomes 낙."""
    lead, rest = divmod(ord(syllable) - ord("가"), 588)
    before_i = rest // 28 in BEFORE_I
    if lead == 5 or (lead == 2 and before_i):  # ㄹ, ㄴ
        lead = 11 if before_i else 2  # ㅇ, ㄴ
    return chr(ord("가") + lead * 588 + rest)
