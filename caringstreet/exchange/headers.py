"""The names under which people keep each field, and how well a header says one of them."""

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache

from caringstreet.rules.texts import clean, fold


class RowKind(StrEnum):
    """What the rows of a sheet are."""

    SHOPS = "shops"
    OFFERS = "offers"
    HOUSEHOLDS = "households"
    MEMBERS = "members"
    FUND = "fund"
    GOODS = "goods"
    BREAD_RUNS = "bread_runs"
    CHOICE_DAY = "choice_day"
    PLAN = "plan"


#: What a person chooses to import; sheets of goods have three shapes, told apart by their headers.
IMPORTED = (RowKind.SHOPS, RowKind.OFFERS, RowKind.HOUSEHOLDS, RowKind.MEMBERS, RowKind.FUND, RowKind.GOODS)
GOODS_SHAPES = (RowKind.GOODS, RowKind.BREAD_RUNS, RowKind.CHOICE_DAY)

_PHONES = (
    "電話", "電話號碼", "聯絡電話", "聯絡號碼", "電話no", "phone", "tel", "telephone", "phone number", "phone no", "tel no", "telephone number",
    "telephone no", "contact number", "contact no", "contact phone", "contact tel", "手提電話", "手提", "手機", "手機號碼", "mobile", "mobile number",
    "mobile phone", "mobile no", "cell", "住宅電話", "電话", "电话", "电话号码", "联系电话", "手机",
)  # fmt: skip
_NOTES = (
    "備註", "note", "remarks", "notes", "remark", "comment", "comments", "附註", "說明", "其他", "補充", "memo", "备注", "其他資料",
)  # fmt: skip
_STATES = ("狀態", "state", "status", "現況", "狀況", "情況", "状态", "current status")
_KINDS = ("類別", "種類", "kind", "type", "類型", "category", "分類", "类别", "类型")
_DAYS = (
    "日期", "date", "day", "捐贈日期", "收到日期", "收貨日期", "入帳日期", "交易日期", "日子", "when", "received on", "date received", "donated on",
    "donation date", "transaction date", "entry date",
)  # fmt: skip

#: Columns that every sheet of goods has, before and after its figures.
_GIFT = {
    "day*": _DAYS,
    "giver*": (
        "捐贈者", "捐贈人", "捐贈商戶", "商戶", "giver", "donor", "from", "捐款人", "捐贈機構", "捐贈單位", "來源", "善長", "贈送者", "given by",
        "donated by", "source", "shop", "store", "店舖", "捐贈來源", "捐贈方", "捐出者", "麵包店", "餅店", "贈送單位", "received from", "bakery", "donated from", "giver name", "who gave",
        ),
    "item*": (
        "物品", "項目", "item", "goods", "物資", "貨品", "品名", "食物", "物品名稱", "物資名稱", "貨物", "description", "product", "what", "things",
        "items", "food", "名稱", "article", "食物種類", "麵包種類", "物品種類", "種類", "捐贈物品", "type of goods", "kind of goods", "what was given",
        ),
}  # fmt: skip
_KEPT = {
    "unit": ("單位", "unit", "units", "量詞", "計算單位", "unit of measure", "uom", "measure", "单位"),
    "storage": ("儲存", "存放", "儲存方式", "storage", "存放方式", "保存方式", "儲存方法", "溫度", "kept", "how kept", "storage type", "keep"),
    "best_before": (
        "最佳食用日期", "此日期前最佳", "到期日", "best before", "食用日期", "有效日期", "有效期", "食用限期", "限期", "保質期", "賞味期限",
        "best before date", "bbd", "bb", "bbe", "expiry", "expiry date", "expires", "exp", "exp date", "use by", "use by date", "到期", "過期日", "最佳食用期", "此日期前食用", "食用期限", "best by", "bb date", "use before", "consume by", "效期", "保存期限", "食用日期至",
        ),
}  # fmt: skip
_NOTE = {"note": _NOTES}
_RECEIVED = (
    "數量",
    "收到",
    "quantity",
    "count",
    "qty",
    "amount",
    "no of items",
    "收到數量",
    "入貨",
    "received",
    "total",
    "件數",
    "数量",
    "how many",
    "number",
    "in",
    "收數",
    "入",
    "入數",
    "入庫",
    "入倉",
    "收",
)
_THROWN = {
    "disposed": (
        "棄置",
        "掉棄",
        "thrown away",
        "disposed",
        "丟棄",
        "棄置數量",
        "報廢",
        "浪費",
        "discarded",
        "binned",
        "wasted",
        "waste",
        "disposal",
        "棄掉",
        "丟掉",
        "扔掉",
        "已棄置",
        "thrown",
        "qty discarded",
        "qty disposed",
        "棄",
        "棄置數",
    ),
    "reason": ("棄置原因", "原因", "reason", "why", "丟棄原因", "disposal reason", "reason for disposal", "why thrown away"),
}


#: By kind and field: the names under which people keep it; the first is ours. Starred fields must be there.
HEADERS: Mapping[RowKind, Mapping[str, tuple[str, ...]]] = {
    RowKind.SHOPS: {
        "code*": (
            "編號", "code", "shop", "商戶編號", "number", "shop code", "店舖編號", "商店編號", "店鋪編號", "店號", "商戶號碼", "商戶代碼", "代碼", "代號", "號碼",
            "shop no", "shop number", "shop id", "store code", "store id", "merchant code", "merchant id", "merchant no", "no", "id", "ref",
            "reference", "编号", "商户编号",
        ),
        "name_zh*": (
            "商戶名稱", "商戶", "名稱", "店名", "name", "chinese name", "name_zh", "中文名稱", "中文名", "店舖名稱", "店鋪名稱", "商店名稱", "商號", "店舖",
            "店鋪", "商店", "店舖名", "招牌", "shop name", "name of shop", "store name", "store", "merchant", "merchant name", "name (chinese)",
            "name in chinese", "display name", "商户名称", "商户", "店铺", "店铺名称", "title", "business name",
        ),
        "name_en": (
            "英文名稱", "英文名", "english name", "name_en", "name (english)", "name in english", "english", "英文店名", "英文", "eng name", "name (en)",
            "name en", "shop name (english)", "english shop name", "name",
        ),
        "kind": (*_KINDS, "行業", "業務", "商戶類別", "店舖類別", "trade", "business", "business type", "shop type", "what it sells", "sells", "line of business", "industry", "業務性質", "業務類別", "business nature", "nature of business", "type of shop", "shop category", "nature"),
        "street": ("街道", "street", "street name", "所在街道", "街名", "road"),
        "address": (
            "地址", "address", "店舖地址", "店鋪地址", "商戶地址", "詳細地址", "舖址", "店址", "location", "shop address", "full address", "street address",
            "地點", "where", "商户地址", "鋪位", "舖位", "門牌", "premises",
        ),
        "landmark": ("地標", "位置", "landmark", "附近", "near", "nearby", "opposite", "大約位置", "where about"),
        "contact": (
            "聯絡人", "contact", "聯絡人姓名", "負責人", "東主", "店主", "老闆", "contact person", "contact name", "owner", "person in charge", "pic", "keeper",
            "联系人", "who to ask", "manager", "店東", "老闆姓名", "proprietor", "boss",
        ),
        "phone": (*_PHONES, "店舖電話", "商戶電話", "shop phone", "shop tel"),
        "whatsapp": (
            "whatsapp", "whatsapp 號碼", "whatsapp號碼", "whatsapp number", "whatsapp no", "wa", "whats app", "whatsapp電話", "whatsapp tel",
            "whatsapp phone", "通訊程式", "wtsapp",
        ),
        "joined_on": (
            "參與日期", "加入日期", "joined", "加入", "開始日期", "開始參與", "參加日期", "joined on", "date joined", "join date", "start date", "since", "start",
            "member since", "from date", "參與日", "加入日", "加盟日期", "簽約日期", "commenced", "commencement", "commencement date", "started", "開始", "協議開始", "合約開始", "協議開始日期", "合約開始日期",
        ),
        "agreement_until": (
            "約定到期", "到期日", "agreement until", "約定有效至", "協議到期", "協議有效至", "合約到期", "有效至", "到期日期", "結束日期", "agreement ends",
            "agreement end", "agreement expires", "agreement expiry", "expiry", "expires", "expiry date", "end date", "until", "valid until",
            "agreement valid until", "agreement to", "到期", "合約到期日", "合約期至", "協議期至", "mou expiry", "contract end date", "contract ends", "contract expiry", "完結", "協議完結", "合約完結", "終止日期", "合約終止",
        ),
        "collecting": (
            "收券方式", "收券", "collecting", "收集方式", "交券方式", "報券方式", "回報方式", "collection", "how collected", "collecting way", "collection method",
            "how vouchers come in", "reports by", "reporting", "報碼方式", "交券方法", "收券方法", "vouchers collected by", "collected by", "how reported", "reporting method",
        ),
        "settlement": (
            "結算方式", "結算", "settlement", "付款方式", "付款", "收款方式", "結帳方式", "payment", "payment method", "paid by", "pay by", "how paid",
            "settlement way", "settlement method", "settled by", "付款方法", "結算方法", "收款方法", "settle by", "how settled",
        ),
        "state": (*_STATES, "參與狀態", "商戶狀態"),
        "opening": ("營業時間", "opening", "開門時間", "營業", "時間", "opening hours", "hours", "business hours", "open", "開放時間", "營業日子"),
        "rest_days": ("休息日", "rest days", "休息", "店休", "休業日", "closed on", "closed", "rest day", "day off", "days off", "closing days", "公休", "公休日", "店休日", "定休日", "定休", "例休", "休店日", "off day", "off days"),
        "note": _NOTES,
    },
    RowKind.OFFERS: {
        "code*": (
            "編號", "優惠編號", "code", "offer", "number", "offer code", "優惠號碼", "優惠代碼", "券編號", "代碼", "代號", "offer no", "offer number", "offer id",
            "voucher code", "no", "id", "ref", "reference", "编号",
            "shop code", "商戶編號", "店舖編號", "店號", "券號", "券碼", "優惠號", "voucher no", "voucher id",
        ),
        "shop": (
            "商戶編號", "商戶", "shop", "店舖編號", "店舖", "店鋪編號", "店鋪", "商店編號", "商店", "店名", "商戶名稱", "店號", "shop code", "shop no", "shop id", "shop number",
            "store", "store code", "merchant", "merchant code", "merchant id", "shop name", "from shop", "which shop", "提供商戶", "参与商户",
        ),
        "title_zh*": (
            "優惠名稱", "優惠", "名稱", "title", "優惠內容", "優惠項目", "內容", "項目", "中文名稱", "券名", "offer title", "offer name", "name", "description",
            "what", "chinese title", "title (chinese)", "voucher", "display name", "what it is", "item", "優惠描述", "优惠名称", "優惠說明", "券面內容", "換領項目", "offer description", "benefit", "offer", "offer details",
        ),
        "title_en": ("英文名稱", "english title", "title_en", "英文", "英文內容", "title (english)", "english name", "english", "name (english)", "title in english", "title", "name", "description"),
        "kind": (*_KINDS, "優惠種類", "優惠類別", "優惠類型", "offer type", "offer kind", "kind of offer", "type of offer"),
        "list_cents": (
            "原價", "list price", "price", "正價", "定價", "市價", "售價", "價錢", "價格", "標價", "面值", "總值", "原本價錢", "original price", "full price",
            "normal price", "usual price", "regular price", "retail price", "value", "worth", "face value", "原价", "价格", "標準價", "全價", "listed price", "list", "list price hk$", "shop price", "standard price",
        ),
        "household_cents": (
            "住戶付", "household pays", "住戶支付", "住戶自付", "自付", "街坊付", "居民付", "優惠價", "特價", "實付", "household", "household price", "resident pays",
            "neighbour pays", "pays", "household share", "you pay", "user pays", "client pays", "family pays", "住户付", "街坊付款", "街坊支付", "住戶價", "住戶支付金額", "住戶付款", "居民支付", "街坊價", "用家付", "resident share", "customer pays", "neighbour share", "household amount", "paid by household", "beneficiary pays",
        ),
        "shop_cents": (
            "商戶承擔", "shop bears", "商戶付", "商戶資助", "店舖承擔", "店舖付", "商戶分擔", "店方承擔", "shop gives", "shop pays", "shop share", "shop gift",
            "borne by shop", "shop contribution", "paid by shop", "shop discount", "merchant bears", "商户承担", "商戶補貼", "店方補貼", "商戶承擔金額", "店舖補貼", "商戶送出", "商戶優惠", "shop subsidy", "shop's share", "shops share", "merchant share", "shop amount", "shop discount amount", "shop", "商戶讓利", "讓利", "商戶減免", "商戶折讓", "店舖讓利",
        ),
        "fund_cents": (
            "計劃承擔", "fund bears", "基金承擔", "計劃付", "計劃資助", "中心承擔", "中心付", "資助", "資助額", "津貼", "基金付", "fund", "fund pays", "fund share",
            "subsidy", "borne by fund", "paid by fund", "centre pays", "centre bears", "scheme bears", "scheme pays", "programme pays", "计划承担", "基金補貼", "計劃補貼", "基金承擔金額", "計劃支付", "基金支付", "中心補貼", "中心資助", "fund subsidy", "fund's share", "funds share", "fund amount", "paid by the fund", "scheme subsidy", "programme subsidy", "charity pays",
        ),
        "percent": ("折扣", "百分比", "percent", "折扣率", "減幅", "折", "discount", "percentage", "% off", "discount %", "%", "percent off", "discount rate"),
        "min_spend_cents": (
            "最低消費", "買滿", "minimum spend", "最少消費", "消費滿", "滿額", "min spend", "minimum", "minimum purchase", "min purchase", "spend at least", "spend over",
        ),
        "monthly_quota": (
            "月額", "每月名額", "quota", "monthly quota", "名額", "每月配額", "配額", "每月上限", "每月張數", "per month", "monthly limit", "a month", "monthly number",
            "vouchers per month", "how many a month", "month quota", "max per month", "每月限額", "月限額", "每月派發上限", "每月數量", "本月名額", "monthly cap", "cap", "max a month", "monthly maximum",
        ),
        "per_household_month": (
            "每戶每月上限", "每戶上限", "per household", "每戶", "每戶張數", "每戶限額", "每戶每月", "limit per household", "per household per month",
            "per household a month", "household limit", "per family", "max per household", "each household", "household monthly limit", "每戶限用", "每戶限領", "每家上限", "每戶每月張數", "cap per household", "limit a household", "per hh", "per household limit", "each family",
        ),
        "categories": (
            "適用對象", "對象", "categories", "for whom", "適用類別", "適用資格", "資格", "資格類別", "受惠對象", "who", "eligibility", "eligible", "who for", "for",
            "target", "target group", "eligible categories", "适用对象", "受惠人", "受惠者", "適用人士", "適合對象", "受惠類別", "beneficiaries", "eligible groups", "beneficiary", "audience", "open to",
        ),
        "window": (
            "適用時間", "時段", "時間", "hours", "when", "適用時段", "使用時間", "適用日子", "時限", "time", "times", "valid hours", "time window", "days and hours",
            "valid times", "usable", "适用时间", "available", "可用時間", "可用時段", "可使用時間", "valid time", "usable hours", "time of use", "usable times",
        ),
        "validity": (
            "有效期", "validity", "valid until", "有效至", "有效日期", "到期日", "到期", "有效期限", "使用期限", "valid for", "expiry", "expires", "expiry date",
            "valid to", "good until", "use by", "last day", "有效期至", "截止日期", "截止", "限期", "使用限期", "valid till", "deadline", "ends", "expires on",
        ),
        "state": (*_STATES, "優惠狀態"),
        "note": (*_NOTES, "條款", "terms", "conditions", "注意事項"),
    },
    RowKind.HOUSEHOLDS: {
        "number*": (
            "編號", "住戶編號", "number", "household", "戶號", "住戶號碼", "家庭編號", "個案編號", "檔案編號", "會員編號", "號碼", "代號", "household no",
            "household number", "household id", "household code", "case no", "case number", "file no", "member no", "no", "id", "code", "ref", "reference",
            "family no", "家庭号", "编号", "住户编号", "家庭號碼", "住戶號", "case id", "hh no", "hh id", "household ref", "family id", "case",
        ),
        "display_name*": (
            "戶主稱呼", "稱呼", "戶主", "姓名", "name", "display name", "戶主姓名", "住戶名稱", "住戶", "街坊", "名字", "稱謂", "聯絡人", "名稱", "申請人", "called",
            "head of household", "head", "household name", "contact person", "how to call", "how called", "known as", "head name", "family", "family name",
            "full name", "applicant", "resident", "neighbour", "shown as", "户主", "称呼", "住戶稱呼", "住戶姓名", "戶主名稱", "household head", "household contact", "salutation", "addressed as", "head of family",
        ),
        "size": (
            "人數", "size", "persons", "家庭人數", "住戶人數", "同住人數", "人口", "家庭成員人數", "household size", "family size", "people", "no of persons",
            "number of persons", "no of people", "number of people", "no of members", "headcount", "how many", "人数", "總人數", "家庭人口", "no in family", "number in family", "hh size", "people in household", "成員人數", "成員數目", "家庭成員數目", "戶內人數", "居住人數", "no of family members", "number of family members", "no of household members", "number of household members", "no of people in household", "no of persons in household",
        ),
        "members": (
            "成員", "members", "家庭成員", "同住成員", "同住家人", "家人", "成員及出生年份", "成員（出生年份）", "household members", "family members",
            "members (year of birth)", "members (born)", "who lives there", "people in household", "家庭成员",
        ),
        "language": ("語言", "language", "母語", "慣用語言", "常用語言", "語文", "券上語言", "preferred language", "languages", "mother tongue", "lang", "speaks", "print language", "language of paper", "语言", "溝通語言", "使用語言", "language spoken", "spoken language", "main language"),
        "categories": (
            "資格類別", "資格", "categories", "eligibility", "資助類別", "受助類別", "類別", "背景", "eligibility category", "eligibility categories", "category",
            "eligible as", "grounds", "reason", "group", "scheme", "资格", "受助身份", "資格類型", "受惠資格", "符合資格", "eligible for", "category of eligibility", "eligibility type", "status of eligibility",
        ),
        "eligible_until": (
            "資格有效至", "有效至", "eligible until", "資格到期", "資格到期日", "到期日", "有效期", "有效期至", "覆核日期", "資格有效期", "eligibility until",
            "eligibility expires", "eligibility expiry", "eligibility ends", "valid until", "until", "expiry", "expires", "expiry date", "review date", "review on",
            "eligible to", "资格有效至", "資格期限", "有效期限", "資格有效期至", "eligible till", "expiry of eligibility", "eligibility end", "eligibility end date", "eligibility valid until", "till",
        ),
        "phone": (*_PHONES, "住戶電話"),
        "contact_way": (
            "聯絡方式", "contact way", "聯絡方法", "通知方式", "聯絡途徑", "how to contact", "contact method", "contact by", "preferred contact", "best contact",
            "how to reach", "reach by", "联系方式", "通訊方式", "聯繫方法", "way to contact", "means of contact", "contact preference", "preferred contact method",
        ),
        "street_address": (
            "街道", "地址", "street", "address", "街道及門牌", "街道門牌", "門牌", "住址", "居住地址", "street address", "home address", "street and number",
            "road", "lives at", "居住街道", "門牌街道", "address line", "address 1", "street name and number",
        ),
        "building": ("大廈", "大廈名稱", "building", "樓宇", "屋苑", "大樓", "大廈／屋邨", "屋邨", "building name", "estate", "block", "house", "大厦", "樓宇名稱", "大廈名", "屋苑名稱", "bldg", "building / estate", "tower"),
        "floor": ("樓層", "樓", "floor", "層數", "層", "樓數", "storey", "level", "flr", "楼层", "fl", "f"),
        "unit": ("單位", "室", "unit", "室號", "房", "房號", "房間", "flat", "room", "flat/room", "flat no", "room no", "unit no", "door", "单位", "單位號碼", "flat or room", "rm", "flat / room"),
        "lift": ("有𨋢", "有升降機", "升降機", "lift", "𨋢", "電梯", "有電梯", "有冇𨋢", "elevator", "has lift", "lift in building", "with lift", "大廈有𨋢", "有無升降機", "有沒有升降機", "lift access", "lift (y/n)"),
        "large_print": ("大字版", "大字", "large print", "大字體", "字體放大", "large type", "big print", "large font", "large text", "bigger print", "large print sheet", "需要大字", "大字需要", "big letters", "needs large print", "large letters"),
        "consent_on": (
            "同意書日期", "同意日期", "consent", "簽署同意書日期", "同意書簽署日期", "簽同意書", "同意書", "簽署日期", "consent date", "consent on", "consent signed",
            "date of consent", "consent given", "signed on", "consented on", "agreed on", "同意书日期", "同意書簽署", "簽署同意日期", "consent form date", "date consent signed",
        ),
        "referral": ("轉介", "轉介機構", "referral", "轉介人", "轉介來源", "來源", "介紹人", "referred by", "referrer", "source", "came through", "introduced by", "转介", "轉介單位", "轉介者", "轉介社工", "referring agency", "referring organisation", "referral source", "referral agency"),
        "state": (*_STATES, "住戶狀態", "個案狀態"),
        "note": (*_NOTES, "特別需要", "special needs"),
    },
    RowKind.MEMBERS: {
        "household*": (
            "住戶編號", "編號", "household", "number", "戶號", "家庭編號", "household no", "household number", "household id", "household code", "no", "id", "code", "住戶號", "家庭號", "hh no", "hh id", "case no", "family no",
        ),
        "name*": ("姓名", "成員", "稱呼", "name", "member", "成員姓名", "家庭成員", "名字", "member name", "display name", "full name", "person", "家人姓名", "called", "given name"),
        "birth_year": (
            "出生年份", "出生年", "年份", "birth year", "born", "生年", "出生", "year of birth", "yob", "born in", "year born", "birth",
        ),
        "relation": ("關係", "relation", "與戶主關係", "relationship", "relation to head", "relationship to head", "is the head's", "关系"),
    },
    RowKind.FUND: {
        "day*": _DAYS,
        "kind": (*_KINDS, "科目", "帳目", "收支類別", "account", "head", "heading", "class", "收支", "source", "性質", "分類", "類型", "nature", "type of entry", "fund type"),
        "text": ("摘要", "項目", "text", "description", "內容", "詳情", "事項", "明細", "details", "detail", "particulars", "what", "for", "item", "說明", "entry", "事由", "用途", "備考", "narration", "purpose", "reference"),
        "in_cents": ("收入", "income", "in", "收", "入帳", "存入", "收款", "進帳", "money in", "received", "credit", "receipts", "deposit", "paid in", "income amount", "收入金額", "收入額", "入", "amount in", "donations", "income hk$", "inflow"),
        "out_cents": ("支出", "spending", "outgo", "out", "expense", "支", "付", "出帳", "付款", "money out", "spent", "debit", "payment", "payments", "expenses", "paid out", "withdrawal", "expenditure", "支出金額", "支出額", "出", "paid", "amount out", "outgoings", "outflow"),
        "amount": ("金額", "銀碼", "款額", "數額", "amount", "amount hk$", "sum", "hk$"),
        "balance": ("結餘", "餘額", "結存", "balance", "running balance", "累計結餘", "累積結餘", "現金結餘", "帳面結餘", "balance hk$"),
        "note": _NOTES,
    },
    RowKind.GOODS: {
        **_GIFT,
        "quantity*": _RECEIVED,
        **_KEPT,
        "given": ("派發", "派出", "given out", "handed out", "out", "已派", "派發數量", "派出數量", "發放", "given", "distributed", "gave out", "issued", "已派出", "已派發", "派發量", "qty given", "handed", "qty given out", "出", "出數", "出庫", "出倉"),
        **_THROWN,
        "on_hand": ("結存", "存貨", "on hand", "left", "剩餘", "餘數", "結餘", "庫存", "balance", "remaining", "in stock", "stock", "left over", "餘額", "現存", "存量", "剩下", "qty left", "remaining qty", "leftover", "存", "存數", "結"),
        **_NOTE,
    },
    RowKind.BREAD_RUNS: {
        **_GIFT,
        "quantity*": ("數量", "收到", "收數", "收集", "實收", "quantity", "collected", "收回", "實收數量", "收包", "qty", "picked up", "received", "total", "件數", "number", "how many"),
        **_KEPT,
        "to_households*": (
            "派住戶", "派街坊", "to households", "住戶", "街坊", "派住戶數量", "派給住戶", "派給街坊", "households", "to neighbours", "to residents", "given to households",
            "given to neighbours", "for households", "neighbours", "派住戶數", "given to residents", "to homes", "residents",
        ),
        "to_group": (
            "派清潔工友", "派工友", "派團體", "to cleaners", "to a group", "清潔工友", "工友", "團體", "派給工友", "派給清潔工友", "cleaners", "to group", "given to cleaners",
            "for cleaners", "street cleaners", "to street cleaners",
        ),
        **_THROWN,
        "estimate": ("預告", "估計", "預計", "estimate", "估計數量", "預告數量", "estimated", "expected", "announced", "forecast"),
        **_NOTE,
    },
    RowKind.CHOICE_DAY: {
        **_GIFT,
        "quantity*": ("收到", "數量", "received", "quantity", "收到數量", "qty", "total", "in", "件數", "collected", "how many", "number"),
        **_KEPT,
        "unfit": ("不合用", "不適用", "not fit", "unfit", "不能用", "不合格", "不宜", "not usable", "unusable", "rejected", "not good"),
        "displayed*": ("陳列", "displayed", "擺出", "展示", "上枱", "陳列數量", "on display", "on the tables", "on tables", "put out", "shown", "display", "laid out", "擺枱"),
        "chosen*": ("選走", "取走", "揀走", "chosen", "taken", "拿走", "揀選", "被取", "取走數量", "picked", "picked up", "taken away", "took", "people took"),
        "kept": ("留存", "保留", "kept", "留起", "保存", "stored", "put back", "kept for next time", "saved"),
        "recycled": ("回收", "recycled", "送回收", "循環再造", "recycling", "sent to recycling", "for recycling"),
        **_NOTE,
    },
    RowKind.PLAN: {
        "day*": (*_DAYS, "製券日期", "派券日期", "issue date", "issue on", "planned for", "plan date", "製券日", "issue day"),
        "household*": (
            "住戶", "住戶編號", "household", "戶號", "編號", "household no", "household number", "household id", "household code", "家庭編號", "family", "to", "住戶號", "hh no", "hh id", "household ref",
        ),
        "offer*": ("優惠", "優惠編號", "offer", "offer code", "offer no", "offer id", "優惠代碼", "券", "券種", "voucher", "voucher type", "what", "優惠號", "offer ref"),
        "count": ("張數", "數量", "count", "number", "how many", "qty", "quantity", "券數", "vouchers", "no of vouchers", "number of vouchers", "sheets", "數目", "no of sheets", "number of copies"),
        "note": _NOTES,
    },
}  # fmt: skip

#: Columns that people keep and that are none of ours, so that their values are never taken for one of ours.
_OTHERS = frozenset(
    fold(one)
    for one in (
        "傳真", "fax", "fax no", "fax number", "電郵", "電郵地址", "email", "e-mail", "email address", "網址", "website", "facebook", "性別", "gender", "sex", "年齡", "age", "歲數",
        "出生日期", "date of birth", "dob", "birthday", "序號", "項次", "序", "#", "s/n", "serial", "serial no", "item no", "line", "row", "簽署", "簽名", "signature", "signed",
        "經手人", "經手", "staff", "handled by", "entered by", "更新日期", "last updated", "updated", "updated on", "銀行", "銀行戶口", "bank", "bank account", "account no",
        "星期", "weekday", "day of week", "圖片", "photo", "緊急聯絡電話", "緊急聯絡人", "emergency contact", "emergency phone", "重量", "weight", "volunteer", "義工",
    )
)  # fmt: skip
_IDENTITY = re.compile(r"身[份分][證证]|\bhkid\b|\bh\.?k\.?i\.?d|\bi\.?d\.? ?card|identity|護照|passport", re.IGNORECASE)
_MONEY = re.compile(r"\bcents?\b|¢|仙|[$]|（分）|\(分\)|[(（]元", re.IGNORECASE)
_CENTS = re.compile(r"\bcents?\b|¢|仙|（分）|\(分\)", re.IGNORECASE)
_BRACKETS = re.compile(r"[(\[【〔〈《].*?[)\]】〕〉》]")
_MARKS = re.compile(r"[*＊※#:：?？!！。.、]+")
_LATIN = re.compile(r"[a-z][a-z0-9' ./&%-]*")
_WIDE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")


def fields_of(kind: RowKind) -> tuple[str, ...]:
    """The fields of a kind, in their order."""
    return tuple(name.removesuffix("*") for name in HEADERS[kind])


def title_of(kind: RowKind, name: str, language: str = "zh_HK") -> str:
    """Our own header for a field; in English the first English one that is understood."""
    known = HEADERS[kind]
    names = known[name + "*" if name + "*" in known else name]
    if language == "zh_HK":
        return names[0]
    english = next((one for one in names if one.isascii()), names[0])
    return english[:1].upper() + english[1:]


def in_cents(header: str) -> bool:
    """Whether a header says that its column holds cents."""
    return _CENTS.search(clean(header)) is not None


def says_identity(header: str) -> bool:
    """Whether a header says that its column holds numbers of identity cards."""
    return _IDENTITY.search(clean(header)) is not None


def is_of_nobody(header: str) -> bool:
    """Whether a header says something that no kind keeps."""
    return any(form in _OTHERS for form, _ in _forms(header))


def known_words(text: str) -> int:
    """How many of the first cells of a text are headers of any kind; one encoding gives them, another does not."""
    words = re.split(r"[,\t;|，\r\n]", text[:4000])
    return sum(any(fold(word.strip('" ')) in _known(kind) for kind in RowKind) for word in words if not word.isascii())


@cache
def name_scores(kind: RowKind, header: str) -> Mapping[str, float]:
    """How well a header says each field, up to 100: our words, parts of it in one language, words with others around them."""
    scores: dict[str, float] = {}
    for form, weight in _forms(header):
        for name, rank in _known(kind).get(form, ()):
            scores[name] = max(scores.get(name, 0), weight - rank * 0.05)
    if not scores and not is_of_nobody(header):
        for form, _ in _forms(header):
            for name, score in _inside(kind, form):
                scores[name] = max(scores.get(name, 0), score)
    if _MONEY.search(header) and any(name.endswith("_cents") for name in scores):
        return {name: score for name, score in scores.items() if name.endswith("_cents")}
    return scores


@cache
def _known(kind: RowKind) -> Mapping[str, list[tuple[str, int]]]:
    """Fields by the folded names, with the rank of the name."""
    found: dict[str, list[tuple[str, int]]] = {}
    for name, names in HEADERS[kind].items():
        for rank, one in enumerate(names):
            found.setdefault(fold(one), []).append((name.removesuffix("*"), rank))
    return found


def _forms(header: str) -> Iterator[tuple[str, float]]:
    """A header as it is, without brackets and marks, and its parts in one language, with how much each tells."""
    plain = clean(header).casefold().strip()
    yield fold(plain), 100
    bare = _MARKS.sub(" ", _BRACKETS.sub(" ", plain)).strip()
    yield fold(bare), 97
    yield fold(_MARKS.sub(" ", plain)), 96
    yield fold("".join(_WIDE.findall(bare))), 92
    yield fold(" ".join(_LATIN.findall(bare))), 90
    for part in re.split(r"[/|\n;]|\s-\s", bare):
        yield fold(part), 85
    for inside in re.findall(r"[(\[【](.*?)[)\]】]", plain):
        yield fold(_MARKS.sub(" ", inside)), 70


def _inside(kind: RowKind, form: str) -> Iterator[tuple[str, float]]:
    """Known words at the end or the beginning of a longer header; the more of it they make up, the better."""
    if len(form) < 3:
        return
    for word, fields in _known(kind).items():
        if len(word) < (4 if word.isascii() else 2) or len(word) >= len(form):
            continue
        place = 40 if form.endswith(word) else 32 if form.startswith(word) else 0
        share = len(word) / len(form)
        if place and share >= 0.3:
            for name, _ in fields:
                yield name, place + 35 * share
