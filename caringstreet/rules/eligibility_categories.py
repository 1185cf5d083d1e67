"""The eligibility categories that a new street begins with; each street keeps its own table."""

from dataclasses import dataclass


@dataclass(frozen=True)
class EligibilityCategory:
    """A ground to take part; `proof` may be shown, never copied. `aliases` are other names in use."""

    code: str
    name_zh: str
    name_en: str
    proof: str
    aliases: tuple[str, ...] = ()


DEFAULT_CATEGORIES = (
    EligibilityCategory("E60", "60 歲或以上", "60 or over", "樂悠咭", ("60歲或以上",)),
    EligibilityCategory("E65", "65 歲或以上", "65 or over", "長者咭", ("65歲或以上",)),
    EligibilityCategory("ELIV", "獨居長者", "Elder living alone or as a pair", "中心或社工", ("雙老住戶", "隱蔽長者", "獨老")),
    EligibilityCategory("CSSA", "綜合社會保障援助", "CSSA", "通知書", ("綜援",)),
    EligibilityCategory("WFA", "在職家庭津貼", "Working Family Allowance", "批准信", ("職津",)),
    EligibilityCategory("OALA", "長者生活津貼", "Old Age Living Allowance", "通知書", ("長生津",)),
    EligibilityCategory("DA", "傷殘津貼", "Disability Allowance", "通知書"),
    EligibilityCategory("PWD", "殘疾人士登記證", "Registration Card for People with Disabilities", "登記證"),
    EligibilityCategory("SFO", "學生資助", "Student finance", "資格證明書", ("書簿津貼",)),
    EligibilityCategory("SDU", "劏房戶", "Subdivided unit", "租單或家訪", ("板間房", "不適切居所")),
    EligibilityCategory("EM", "少數族裔", "Ethnic minority", "自行申報"),
    EligibilityCategory("NAH", "新來港人士", "New arrival", "自行申報"),
    EligibilityCategory("SUD", "突變", "Sudden hardship", "社工"),
    EligibilityCategory("SWA", "社工評估", "Social worker's assessment", "轉介表"),
)
