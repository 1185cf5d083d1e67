"""The few phrases of a voucher in the ten languages of paper, each with whether a native reader has seen it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Phrases:
    """Values are printed beside a phrase, never inside it, so that no sentence mixes directions.

    `locale` is the language's name in CLDR, from which the names of weekdays come.
    """

    locale: str
    you_pay: str
    free: str
    use_by: str
    valid_from: str
    if_lost: str
    lunar: str
    reviewed: bool = False


PHRASES = {
    "zh_HK": Phrases("zh_Hant_HK", "你付", "免費", "或之前", "由", "遺失請電", "農曆", reviewed=True),
    "en": Phrases("en_HK", "You pay", "Free", "Use by", "From", "If lost, call", "Lunar day", reviewed=True),
    "id": Phrases("id", "Anda bayar", "Gratis", "Berlaku sampai", "Mulai", "Jika hilang, hubungi", "Tanggal lunar"),
    "tl": Phrases("fil", "Babayaran mo", "Libre", "Gamitin hanggang", "Mula", "Kung nawala, tumawag sa", "Petsang lunar"),
    "vi": Phrases("vi", "Bạn trả", "Miễn phí", "Dùng đến hết", "Từ", "Nếu mất, gọi", "Ngày âm lịch"),
    "th": Phrases("th", "คุณจ่าย", "ฟรี", "ใช้ได้ถึง", "ตั้งแต่", "หากหาย โทร", "วันจันทรคติ"),
    "ne": Phrases("ne", "तपाईंले तिर्ने", "निःशुल्क", "प्रयोग गर्ने अन्तिम दिन", "देखि", "हराएमा फोन", "चन्द्र तिथि"),
    "hi": Phrases("hi", "आप देंगे", "मुफ़्त", "इस तारीख तक", "से", "खो जाए तो फ़ोन", "चंद्र तिथि"),
    "pa": Phrases("pa", "ਤੁਸੀਂ ਦਿਓਗੇ", "ਮੁਫ਼ਤ", "ਇਸ ਤਾਰੀਖ ਤੱਕ", "ਤੋਂ", "ਗੁਆਚ ਜਾਵੇ ਤਾਂ ਫ਼ੋਨ", "ਚੰਦਰ ਤਾਰੀਖ"),
    "ur": Phrases("ur", "آپ ادا کریں گے", "مفت", "استعمال کی آخری تاریخ", "سے", "گم ہو جائے تو فون کریں", "قمری تاریخ"),
}


def unreviewed(languages: set[str]) -> list[str]:
    """Those of the languages whose phrases no native reader has checked yet."""
    return sorted(language for language in languages if not PHRASES[language].reviewed)
