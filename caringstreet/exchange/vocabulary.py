"""The words under which people keep a choice; each table gives our code by a folded word."""

from collections.abc import Mapping

from caringstreet.rules.fund import FundKind
from caringstreet.rules.goods import DisposalReason, StorageClass
from caringstreet.rules.households import ContactWay, HouseholdState, PrintLanguage
from caringstreet.rules.offers import OfferKind, OfferState
from caringstreet.rules.shops import CollectingWay, SettlementWay, ShopState
from caringstreet.rules.texts import fold


def _folded(words: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Each code is a word for itself."""
    return {fold(name): str(code) for code, names in words.items() for name in (str(code), *names)}


LANGUAGES = _folded(
    {
        PrintLanguage.ZH_HK: (
            "中文",
            "廣東話",
            "粵語",
            "中",
            "本地話",
            "普通話",
            "國語",
            "chinese",
            "zh",
            "cantonese",
            "traditional chinese",
            "mandarin",
            "中文（繁體）",
        ),
        PrintLanguage.EN: ("英文", "英語", "英", "english", "eng"),
        PrintLanguage.ID: ("印尼語", "印尼文", "印尼話", "印尼", "indonesian", "bahasa", "bahasa indonesia"),
        PrintLanguage.NE: ("尼泊爾語", "尼泊爾文", "尼泊爾話", "尼泊爾", "nepali", "nepalese"),
        PrintLanguage.UR: ("烏爾都語", "烏爾都文", "烏都語", "烏都文", "urdu", "巴基斯坦語"),
        PrintLanguage.PA: ("旁遮普語", "旁遮普文", "punjabi", "panjabi"),
        PrintLanguage.TL: ("他加祿語", "他加祿文", "菲律賓語", "菲律賓文", "菲律賓話", "菲律賓", "tagalog", "filipino"),
        PrintLanguage.TH: ("泰語", "泰文", "泰國話", "泰", "thai"),
        PrintLanguage.HI: ("印地語", "印地文", "印度文", "印度語", "hindi"),
        PrintLanguage.VI: ("越南語", "越南文", "越南話", "越南", "vietnamese"),
    }
)
CONTACT_WAYS = _folded(
    {
        ContactWay.LANDLINE: ("固網電話", "固網", "家居電話", "住宅電話", "座機", "室內電話", "home phone", "fixed line", "land line", "phone", "電話", "call"),
        ContactWay.MOBILE: ("手提電話", "手機", "手提", "流動電話", "mobile phone", "cell", "cell phone", "whatsapp", "sms", "短訊"),
        ContactWay.PARTNER: (
            "經社工", "經轉介", "經轉介機構", "經機構", "經中心", "社工", "轉介機構", "through partner", "through a partner", "through the referrer", "referrer", "social worker", "through social worker",
            "via partner", "via referrer", "through referring organisation",
        ),
        ContactWay.VISIT: ("上門", "家訪", "上門探訪", "探訪", "拍門", "home visit", "in person", "door", "visit at home", "親身"),
        ContactWay.NONE: ("沒有電話", "冇電話", "無電話", "無", "沒有", "冇", "no phone", "no telephone", "不適用", "n/a", "-"),
    }
)  # fmt: skip
HOUSEHOLD_STATES = _folded(
    {
        HouseholdState.APPLYING: ("申請中", "待批", "處理中", "新申請", "applied", "pending", "new application", "in application"),
        HouseholdState.ELIGIBLE: (
            "合資格",
            "有效",
            "參與中",
            "已批核",
            "生效",
            "active",
            "approved",
            "current",
            "taking part",
            "participating",
        ),
        HouseholdState.PAUSED: ("暫停", "暫停中", "on hold", "suspended"),
        HouseholdState.REVIEW: ("待覆核", "覆核中", "覆核", "to review", "to be reviewed", "under review", "review due"),
        HouseholdState.CLOSED: ("結案", "已退出", "退出", "完結", "已結案", "left", "ended", "participation ended"),
    }
)
SHOP_STATES = _folded(
    {
        ShopState.CONTACTING: ("接洽中", "洽談中", "聯絡中", "in contact", "in talks", "talking", "prospect", "being asked"),
        ShopState.ACTIVE: (
            "參與中",
            "已參與",
            "有效",
            "生效",
            "營業中",
            "參與",
            "taking part",
            "participating",
            "joined",
            "open",
            "current",
        ),
        ShopState.PAUSED: ("暫停", "暫停中", "on hold", "suspended"),
        ShopState.LEFT: ("已退出", "退出", "已離開", "結業", "完結", "ended", "closed", "participation ended", "withdrawn"),
    }
)
COLLECTING = _folded(
    {
        CollectingWay.WHATSAPP: ("WhatsApp 報碼", "wa", "by whatsapp", "通訊程式"),
        CollectingWay.SLIPS: (
            "收券",
            "紙券",
            "收信封",
            "信封",
            "交券",
            "paper",
            "slip",
            "paper vouchers",
            "vouchers",
            "envelope",
            "paper slips",
            "collect slips",
            "by paper",
        ),
        CollectingWay.PHONE: ("電話", "電話報碼", "致電", "telephone", "call", "by phone"),
        CollectingWay.NONE: ("不適用", "無", "沒有", "n/a", "na", "-", "not applicable", "not needed"),
    }
)
SETTLEMENT = _folded(
    {
        SettlementWay.NONE: (
            "不適用",
            "無",
            "沒有",
            "不需要",
            "不需結算",
            "毋須",
            "n/a",
            "na",
            "-",
            "not applicable",
            "not needed",
            "needs none",
            "no settlement",
        ),
        SettlementWay.FPS: (
            "轉數快",
            "快速支付",
            "faster payment",
            "faster payments",
            "fps transfer",
            "bank transfer",
            "轉帳",
            "銀行轉帳",
            "payme",
        ),
        SettlementWay.CHEQUE: ("支票", "check", "by cheque"),
        SettlementWay.CASH: ("現金", "by cash", "in cash"),
    }
)
OFFER_KINDS = _folded(
    {
        OfferKind.SPECIAL_PRICE: ("特價", "優惠價", "special price", "special", "set price", "fixed price", "price"),
        OfferKind.AMOUNT_OFF: ("減免", "減價", "現金減免", "amount off", "money off", "reduction", "dollars off", "minus"),
        OfferKind.PERCENT: ("折扣", "百分比", "percentage", "discount", "percent off", "% off"),
        OfferKind.FREE_ITEM: ("換領", "免費", "免費換領", "贈品", "free item", "free", "gift", "free gift", "exchange", "swap"),
        OfferKind.VALUE_NOTE: (
            "面值券",
            "現金券",
            "代用券",
            "value note",
            "value voucher",
            "cash voucher",
            "voucher of value",
            "face value",
            "cash coupon",
            "note",
        ),
    }
)
OFFER_STATES = _folded(
    {
        OfferState.DRAFT: ("草稿", "草擬"),
        OfferState.PILOT: ("試行", "試驗", "trial", "test"),
        OfferState.ACTIVE: ("生效", "有效", "進行中", "使用中", "in force", "current", "open", "on", "live", "running"),
        OfferState.PAUSED: ("暫停", "暫停中", "on hold", "suspended"),
        OfferState.ENDED: ("完結", "結束", "已結束", "已完結", "停止", "closed", "finished", "stopped", "over"),
    }
)
FUND_KINDS = _folded(
    {
        FundKind.OPENING: ("承上結存", "承上結餘", "上月結存", "上期結餘", "上月結餘", "承上", "期初", "期初結餘", "opening balance", "brought forward", "balance brought forward", "b/f", "balance b/f", "carried over"),
        FundKind.INDIVIDUAL: ("個人", "街坊", "個人捐款", "街坊捐款", "善長", "individuals", "personal", "neighbours", "neighbour", "person"),
        FundKind.PUBLIC: ("公眾及企業", "公眾", "企業", "公司", "公眾籌款", "public and companies", "companies", "company", "corporate", "business", "public and corporate", "public fundraising"),
        FundKind.CHARITY: ("慈善", "慈善基金", "基金會", "慈善團體", "foundation", "charitable", "trust", "charities", "grant"),
        FundKind.OUTGO: ("支出", "其他支出", "other spending", "開支", "付款", "費用", "outgo", "expense", "expenses", "spending", "spent", "out", "payment", "expenditure", "cost"),
    }
)  # fmt: skip
STORAGES = _folded(
    {
        StorageClass.AMBIENT: ("常溫", "室溫", "乾貨", "乾", "room temperature", "dry", "shelf", "room"),
        StorageClass.CHILLED: ("冷藏", "雪櫃", "凍", "fridge", "cold", "refrigerated", "cool", "chill"),
        StorageClass.FROZEN: ("冷凍", "急凍", "冰格", "freezer", "frozen food"),
        StorageClass.HOT: ("熱", "熱食", "保溫", "hot food", "warm", "kept hot", "heated"),
    }
)
#: Words by which people say why something was thrown away; the first that is found decides.
REASONS = (
    (DisposalReason.OVER_TIME, ("逾時", "過時", "過夜", "over time", "overtime", "overnight", "too late")),
    (DisposalReason.PAST_DATE, ("過期", "past date", "past its date", "expired", "out of date")),
    (DisposalReason.CRUSHED, ("壓爛", "撞爛", "爛咗", "crushed", "squashed", "broken")),
    (DisposalReason.UNFIT, ("不適用", "不合用", "發霉", "變壞", "unfit", "not fit", "mould", "spoilt", "spoiled", "rotten")),
    (DisposalReason.RECYCLED, ("回收", "recycled", "recycling")),
)
_YES = ("是", "有", "要", "需要", "yes", "y", "true", "1", "✓", "✔", "√", "o", "x有", "t", "對", "needed", "with")
_NO = (
    "否",
    "冇",
    "無",
    "沒有",
    "不",
    "唔要",
    "不要",
    "不需要",
    "唔需要",
    "no",
    "n",
    "false",
    "0",
    "✗",
    "✘",
    "×",
    "x",
    "f",
    "-",
    "none",
    "not needed",
    "without",
    "n/a",
)
YES_OR_NO = {fold(name): True for name in _YES} | {fold(name) or name: False for name in _NO}
EVERYONE = {
    fold(name)
    for name in (
        "全部合資格住戶", "全部", "所有住戶", "所有", "所有合資格住戶", "全部住戶", "不限", "任何住戶", "all", "everyone", "all households", "all eligible households", "any",
        "every household", "everybody", "all eligible",
    )
}  # fmt: skip
MONTH_END = {
    fold(name)
    for name in (
        "月底",
        "月尾",
        "當月底",
        "本月底",
        "month end",
        "end of month",
        "end of the month",
        "monthend",
        "last day of month",
        "month-end",
    )
}
#: What people write where there is nothing to write.
NOTHING = frozenset(
    (
        "-",
        "--",
        "---",
        "/",
        "n/a",
        "na",
        "n.a.",
        "nil",
        "none",
        "無",
        "沒有",
        "冇",
        "不適用",
        "沒",
        ".",
        "不詳",
        "未知",
        "未有",
        "未提供",
        "沒有提供",
        "待補",
        "待定",
        "未定",
        "unknown",
        "not known",
        "tbc",
        "tba",
    )
)
TOTALS = {
    fold(name)
    for name in (
        "合計",
        "總計",
        "小計",
        "總數",
        "共計",
        "合共",
        "總和",
        "總額",
        "共",
        "total",
        "totals",
        "grand total",
        "subtotal",
        "sub-total",
        "sum",
        "sum total",
        "total:",
        "合计",
        "总计",
        "小计",
    )
}
