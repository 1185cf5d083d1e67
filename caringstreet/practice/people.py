"""The people and shops of the practice street; all invented, telephones cannot be dialled."""

import random
from datetime import date, time, timedelta

from caringstreet.rules.households import ContactWay, PrintLanguage
from caringstreet.rules.offers import Funding, OfferKind, OfferTerms, Validity
from caringstreet.rules.shops import CollectingWay, Kindness, SettlementWay
from caringstreet.services.households import CheckForm, HouseholdForm, MemberForm
from caringstreet.services.shops import ContactForm, ShopForm

STREETS = ("東大街", "金華街", "筲箕灣道", "望隆街", "工廠街", "南安街")

_WHATSAPP, _SLIPS = CollectingWay.WHATSAPP, CollectingWay.SLIPS

#: code, Chinese and English name, kind, street, landmark, collecting, settlement, kindness
_SHOPS = (
    ("S01", "滿記粥麵", "Moon Kee Congee", "粉麵店", "東大街", "天后廟旁", _WHATSAPP, SettlementWay.FPS, Kindness.SOFT_FOOD),
    ("S02", "新光茶餐廳", "Sun Kwong Cafe", "茶餐廳", "東大街", "巴士站", _WHATSAPP, SettlementWay.FPS, Kindness.SEAT),
    ("S03", "德興燒臘", "Tak Hing Roast Meat", "燒臘飯店", "金華街", "藥房隔籬", _WHATSAPP, SettlementWay.CHEQUE, Kindness.SOFT_FOOD),
    ("S04", "美味餅店", "Mei Mei Bakery", "餅店", "金華街", "街市入口", _WHATSAPP, SettlementWay.FPS, Kindness.EXCHANGE),
    ("S05", "大光生果", "Tai Kwong Fruits", "生果檔", "金華街", "第三檔", _SLIPS, SettlementWay.CASH, Kindness.EXCHANGE),
    ("S06", "菜根香", "Choi Kan Vegetables", "菜檔(濕貨)", "金華街", "電車總站對面", _SLIPS, SettlementWay.CASH, Kindness.DELIVERY),
    ("S07", "福海魚檔", "Fuk Hoi Fish", "魚檔(濕貨)", "金華街", "街市 A12 檔", _SLIPS, SettlementWay.NONE, Kindness.OTHER),
    ("S08", "恒豐米行", "Hang Fung Rice", "糧油雜貨", "筲箕灣道", "銀行側", _WHATSAPP, SettlementWay.CHEQUE, Kindness.DELIVERY),
    ("S09", "安康藥房", "On Hong Dispensary", "藥房", "筲箕灣道", "診所樓下", _WHATSAPP, SettlementWay.NONE, Kindness.LANGUAGES),
    ("S10", "清心涼茶", "Ching Sum Herbal Tea", "涼茶舖", "東大街", "鐵路站出口", _WHATSAPP, SettlementWay.NONE, Kindness.WATER),
    ("S11", "麗姿髮廊", "Lai Chi Salon", "理髮", "望隆街", "二樓，有𨋢", _WHATSAPP, SettlementWay.NONE, Kindness.SEAT),
    ("S12", "強記五金", "Keung Kee Hardware", "五金電器", "工廠街", "停車場對面", _WHATSAPP, SettlementWay.FPS, Kindness.DELIVERY),
    ("S13", "朗文書局", "Long Man Stationery", "文具", "筲箕灣道", "學校旁", _WHATSAPP, SettlementWay.FPS, Kindness.EXCHANGE),
    ("S14", "甜心糖水", "Tim Sum Desserts", "糖水", "東大街", "戲院舊址", _WHATSAPP, SettlementWay.NONE, Kindness.SEAT),
)

_ELDERS = ("E60", "E65", "ELIV", "OALA")


def SHOPS(today: date) -> list[ShopForm]:  # noqa: N802 (reads as the table it is)
    """The shops as forms; two agreements end within a month of `today`."""
    forms = []
    for number, (code, zh, en, kind, street, landmark, collecting, settlement, kindness) in enumerate(_SHOPS):
        until = today + timedelta(days=24 + number) if number < 2 else today + timedelta(days=120 + 15 * number)
        forms.append(
            ShopForm(
                code=code,
                name_zh=zh,
                name_en=en,
                kind=kind,
                street=street,
                address=f"{street}{10 + 7 * number}號地下",
                landmark=landmark,
                collecting=collecting,
                settlement=settlement,
                joined_on=today - timedelta(days=230),
                agreement_from=today - timedelta(days=230),
                agreement_until=until,
                contacts=(ContactForm(zh[0] + "姐", f"255500{number + 10}", "" if collecting is _SLIPS else f"955500{number + 10}"),),
                kindnesses=((kindness, ""),),
            )
        )
    return forms


def _terms(zh: str, en: str, kind: OfferKind, dollars: tuple[int, int, int], quota: int, **more: object) -> OfferTerms:
    household, shop, fund = (100 * part for part in dollars)
    return OfferTerms(
        title_zh=zh,
        title_en=en,
        kind=kind,
        list_cents=household + shop + fund,
        household_cents=household,
        shop_cents=shop,
        fund_cents=fund,
        funding=Funding.FUND if fund else Funding.SHOP,
        monthly_quota=quota,
        per_household_month=1,
        **more,  # type: ignore[arg-type]
    )


#: By the code of their shop.
OFFERS = {
    "S01": _terms("艇仔粥 $18", "Congee for $18", OfferKind.SPECIAL_PRICE, (18, 14, 0), 60, time_from=time(14, 0), time_to=time(17, 30)),
    "S02": _terms("下午茶餐 $20", "Tea set for $20", OfferKind.SPECIAL_PRICE, (20, 8, 10), 60, validity=Validity.DAYS, validity_days=14),
    "S03": _terms("燒味飯", "Roast meat rice", OfferKind.SPECIAL_PRICE, (5, 7, 30), 50),
    "S04": _terms("$10 麵包券", "$10 of bread", OfferKind.VALUE_NOTE, (0, 2, 8), 60),
    "S05": _terms("$20 生果券", "$20 of fruit", OfferKind.VALUE_NOTE, (0, 2, 18), 60),
    "S06": _terms("$20 蔬菜券", "$20 of vegetables", OfferKind.VALUE_NOTE, (0, 2, 18), 60),
    "S07": _terms("買滿 $40 減 $10", "$10 off $40", OfferKind.AMOUNT_OFF, (0, 10, 0), 40, min_spend_cents=4000),
    "S08": _terms("米 5 公斤換領", "5 kg of rice", OfferKind.FREE_ITEM, (0, 12, 50), 40),
    "S09": _terms("長者護理用品減 $15", "$15 off care items for elders", OfferKind.AMOUNT_OFF, (0, 15, 0), 30, categories=_ELDERS),
    "S10": _terms("涼茶一碗換領", "A bowl of herbal tea", OfferKind.FREE_ITEM, (0, 14, 0), 40),
    "S11": _terms(
        "長者剪髮 $30", "Haircut for elders $30", OfferKind.SPECIAL_PRICE, (30, 30, 0), 24, categories=_ELDERS, weekdays=0b0000110
    ),
    "S12": _terms("LED 燈膽 $5", "LED bulb for $5", OfferKind.SPECIAL_PRICE, (5, 8, 12), 20),
    "S13": _terms("學童文具減 $20", "$20 off stationery for pupils", OfferKind.AMOUNT_OFF, (0, 10, 10), 30, categories=("SFO",)),
    "S14": _terms("糖水 $12", "Sweet soup for $12", OfferKind.SPECIAL_PRICE, (12, 12, 0), 40),
}

#: display name, language, category, birth years before the present year with relations
FAMILIES = (
    ("陳婆婆", PrintLanguage.ZH_HK, "E65", ((78, ""), (14, "孫女"))),
    ("余太", PrintLanguage.ZH_HK, "SDU", ((50, ""), (47, "配偶"), (13, "仔"))),
    ("محمد اکرم", PrintLanguage.UR, "WFA", ((45, ""), (41, "妻"), (16, "女"), (12, "子"), (9, "女"))),
    ("葉伯", PrintLanguage.ZH_HK, "ELIV", ((73, ""),)),
    ("गुरुङ परिवार", PrintLanguage.NE, "WFA", ((39, ""), (36, "妻"), (11, "子"), (6, "女"))),
    ("梁伯伯", PrintLanguage.ZH_HK, "ELIV", ((86, ""), (85, "太太"))),
    ("Mr Desmond Hartigan", PrintLanguage.EN, "E65", ((77, ""),)),
    ("潘太", PrintLanguage.ZH_HK, "SFO", ((38, ""), (44, "配偶"), (14, "仔"), (13, "女"))),
    ("李婆婆", PrintLanguage.ZH_HK, "E65", ((82, ""),)),
    ("Siti Rahayu", PrintLanguage.ID, "NAH", ((34, ""), (8, "女"))),
    ("黃女士", PrintLanguage.ZH_HK, "CSSA", ((48, ""), (8, "女"))),
    ("郭伯伯", PrintLanguage.ZH_HK, "E60", ((61, ""),)),
    ("Maria Cristina de los Santos-Villanueva", PrintLanguage.TL, "WFA", ((42, ""), (15, "仔"), (12, "仔"))),
    ("何太", PrintLanguage.ZH_HK, "SFO", ((44, ""), (12, "女"))),
    ("鄭伯", PrintLanguage.ZH_HK, "OALA", ((80, ""),)),
)

_SURNAMES = "陳李張黃何吳劉林鄭梁謝郭周葉鍾馮曾許蔡鄧蘇盧彭余潘袁杜蕭"
_BUILDINGS = ("海埗閣", "福海樓", "安裏樓", "永康樓", "衞興樓", "南邨大廈", "望隆閣", "工友樓")


def a_household(
    family: tuple[str, PrintLanguage, str, tuple[tuple[int, str], ...]],
    number: int,
    consent_on: date,
    today: date,
    chance: random.Random,
) -> HouseholdForm:
    """One household after the pattern of `family`; every surname differs from its neighbours'."""
    name, language, category, people = family
    if language is PrintLanguage.ZH_HK:
        name = _SURNAMES[number % len(_SURNAMES)] + name[1:]
    elder = people[0][0] >= 60
    members = tuple(MemberForm(relation if relation else name, today.year - age, relation) for age, relation in people)
    valid_until = today + timedelta(days=18) if number == 8 else today + timedelta(days=chance.randint(60, 400))
    street = STREETS[number % len(STREETS)]
    has_phone = number % 17 != 5
    return HouseholdForm(
        display_name=name,
        size=len(members),
        members=members,
        language=language,
        large_print=elder and number % 4 == 0,
        contact_way=ContactWay.NONE if not has_phone else ContactWay.LANDLINE if elder else ContactWay.MOBILE,
        phone="" if not has_phone else f"{'2555' if elder else '9555'}{1000 + number}",
        street=street,
        street_address=f"{street}{10 + number % 40}號",
        building=_BUILDINGS[number % len(_BUILDINGS)],
        floor=f"{1 + number % 18}樓",
        unit="ABCDEF"[number % 6] + "室",
        lift=number % 3 != 0,
        consent_on=consent_on,
        checks=(CheckForm(category, consent_on, valid_until),),
        referral=("社工", "街坊", "自行申請", "商戶")[number % 4],
    )
