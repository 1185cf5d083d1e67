"""The few phrases of a voucher in the ten languages of paper, each with whether a native reader has seen it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Phrases:
    """Values are printed beside a phrase, never inside it, so that no sentence mixes directions."""

    you_pay: str
    use_by: str
    valid_from: str
    if_lost: str
    reviewed: bool


PHRASES = {
    "zh_HK": Phrases("你付", "或之前", "由", "遺失請電", reviewed=True),
    "en": Phrases("You pay", "Use by", "From", "If lost, call", reviewed=True),
    "id": Phrases("Anda bayar", "Berlaku sampai", "Mulai", "Jika hilang, hubungi", reviewed=False),
    "tl": Phrases("Babayaran mo", "Gamitin hanggang", "Mula", "Kung nawala, tumawag sa", reviewed=False),
    "vi": Phrases("Bạn trả", "Dùng đến hết", "Từ", "Nếu mất, gọi", reviewed=False),
    "th": Phrases("คุณจ่าย", "ใช้ได้ถึง", "ตั้งแต่", "หากหาย โทร", reviewed=False),
    "ne": Phrases("तपाईंले तिर्ने", "प्रयोग गर्ने अन्तिम दिन", "देखि", "हराएमा फोन", reviewed=False),
    "hi": Phrases("आप देंगे", "इस तारीख तक", "से", "खो जाए तो फ़ोन", reviewed=False),
    "pa": Phrases("ਤੁਸੀਂ ਦਿਓਗੇ", "ਇਸ ਤਾਰੀਖ ਤੱਕ", "ਤੋਂ", "ਗੁਆਚ ਜਾਵੇ ਤਾਂ ਫ਼ੋਨ", reviewed=False),
    "ur": Phrases("آپ ادا کریں گے", "استعمال کی آخری تاریخ", "سے", "گم ہو جائے تو فون کریں", reviewed=False),
}


def unreviewed(languages: set[str]) -> list[str]:
    """Those of the languages whose phrases no native reader has checked yet."""
    return sorted(language for language in languages if not PHRASES[language].reviewed)
