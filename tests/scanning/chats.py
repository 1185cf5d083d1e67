"""Chats as WhatsApp writes them, in more formats than any one team meets: two claim lines, thanks, an answer of the centre."""

from datetime import datetime

from caringstreet.rules.claims import sign

KEY = bytes(range(16))
SENT = datetime(2026, 11, 22, 15, 5)
FIRST = sign("S07", 2, 15, datetime(2026, 11, 22, 15, 4, 5), "3Y1TJ33X2", KEY).line
SECOND = sign("S07", 2, 16, datetime(2026, 11, 22, 15, 4, 40), "7KQ4M2XTK", KEY).line
SHOP, CENTRE = "輝記菜檔", "義工中心"
BODY = f"愛心券 2 張 輝記菜檔\n{FIRST}\n{SECOND}"
_LOCKED = "訊息和通話經端對端加密。只有此對話中的人可以讀取。"
_MARK, _THIN = "\u200e", "\u202f"


def android(first: str, second: str, sender: str = SHOP) -> str:
    return (
        f"{first} - {_LOCKED}\n{first} - {sender}: {BODY}\n{second} - {sender}: <媒體已省略>\n"
        f"{second} - {CENTRE}: 收到：h9tw-b3rd-p 已記錄\n{second} - {sender}: 此訊息已刪除\n"
    )


def ios(first: str, second: str, sender: str = SHOP) -> str:
    body = BODY.replace("\n", "\r\n")
    return (
        f"[{first}] {sender}: {_MARK}{_LOCKED}\r\n[{first}] {sender}: {body} {_MARK}<此訊息已經編輯>\r\n"
        f"{_MARK}[{second}] {sender}: {_MARK}圖片已略去\r\n[{second}] {CENTRE}: 收到：h9tw-b3rd-p 已記錄\r\n"
    )


def web(first: str, second: str, sender: str = SHOP) -> str:
    return f"[{first}] {sender}: {BODY}\n[{second}] {sender}: 多謝\n[{second}] {CENTRE}: 收到：h9tw-b3rd-p 已記錄\n"


#: Every one says that the two lines were sent on 22 November 2026 at 15:05.
FORMATS: dict[str, str] = {
    "android zh-HK": android("22/11/2026 下午3:05", "22/11/2026 下午3:06"),
    "android zh-HK 24 h": android("22/11/2026 15:05", "22/11/2026 15:06"),
    "android zh-HK comma": android("22/11/2026, 下午3:05", "22/11/2026, 下午3:06"),
    "android zh-HK part behind": android("22/11/2026 3:05 下午", "22/11/2026 3:06 下午"),
    "android zh-TW": android("2026/11/22 下午3:05", "2026/11/22 晚上8:31"),
    "android zh-CN": android("2026/11/22 15:05", "2026/11/22 15:06"),
    "android zh-CN part": android("2026/11/22 下午3:05", "2026/11/22 下午3:06"),
    "android yue-HK": android("22/11/2026 下晝3:05", "22/11/2026 下晝3:06"),
    "android years and days in words": android("2026年11月22日 下午3:05", "2026年11月22日 下午3:06"),
    "android weekday": android("2026年11月22日 星期日 下午3:05", "2026年11月22日 星期日 下午3:06"),
    "android hour in words": android("2026年11月22日 下午3時05分", "2026年11月22日 下午3時06分"),
    "android full width": android("２２/１１/２０２６ 下午３：０５", "２２/１１/２０２６ 下午３：０６"),
    "android en-HK": android(f"22/11/2026, 3:05{_THIN}pm", f"22/11/2026, 3:06{_THIN}pm"),
    "android en-GB": android("22/11/2026, 15:05", "22/11/2026, 15:06"),
    "android en-GB short year": android("22/11/26, 15:05", "22/11/26, 15:06"),
    "android en-US": android(f"11/22/26, 3:05{_THIN}PM", f"11/22/26, 3:06{_THIN}PM"),
    "android en-AU dots": android("22/11/2026, 3:05 p.m.", "22/11/2026, 3:06 p.m."),
    "android es": android("22/11/2026, 3:05 p. m.", "22/11/2026, 3:06 p. m."),
    "android id": android("22/11/26 15.05", "22/11/26 15.06"),
    "android nl dashes": android("22-11-2026 15:05", "22-11-2026 15:06"),
    "android iso": android("2026-11-22 15:05", "2026-11-22 15:06"),
    "android th": android("22/11/2569 15:05", "22/11/2569 15:06"),
    "android number not kept": android("22/11/2026 下午3:05", "22/11/2026 下午3:06", "\u202a+852 9123 4567\u202c"),
    "ios zh-HK": ios("22/11/2026 下午3:05:06", "22/11/2026 下午3:06:10"),
    "ios zh-HK comma": ios("22/11/2026, 下午3:05:06", "22/11/2026, 下午3:06:10"),
    "ios zh-TW": ios("2026/11/22 下午3:05:06", "2026/11/22 晚上8:06:10"),
    "ios zh-TW of the Republic": ios("115/11/22 下午3:05:06", "115/11/22 晚上8:06:10"),
    "ios en-HK": ios(f"22/11/2026, 3:05:06{_THIN}pm", f"22/11/2026, 3:06:10{_THIN}pm"),
    "ios en-GB": ios("22/11/2026, 15:05:06", "22/11/2026, 15:06:10"),
    "ios en-US": ios(f"11/22/26, 3:05:06{_THIN}PM", f"11/22/26, 3:06:10{_THIN}PM"),
    "ios de": ios("22.11.26, 15:05:06", "22.11.26, 15:06:10"),
    "ios name chosen by its owner": ios("22/11/2026 下午3:05:06", "22/11/2026 下午3:06:10", f"~{_THIN}陳生"),
    "web zh": web("下午3:05, 22/11/2026", "下午3:06, 22/11/2026"),
    "web zh year first": web("下午3:05, 2026年11月22日", "下午3:06, 2026年11月22日"),
    "web en": web("3:05 pm, 22/11/2026", "3:06 pm, 22/11/2026"),
    "web en 24 h": web("15:05, 22/11/2026", "15:06, 22/11/2026"),
    "web en-US": web("3:05 PM, 11/22/2026", "3:06 PM, 11/22/2026"),
}
#: Nothing tells when these were sent; the lines are found all the same.
WITHOUT_TIME: dict[str, str] = {
    "only the message": BODY,
    "a language not known": f"๒๒/๑๑/๒๕๖๙ xx 3:05 - {SHOP}: {BODY}\n",
    "a mail": f"From: shop@example.org\nDate: Sun, 22 Nov 2026 15:05:00 +0800\n\n> {BODY}".replace("\n", "\n> "),
    "a table": "line,shop\n" + "".join(f'"{line}",S07\n' for line in (FIRST, SECOND)),
    "one line in small letters": f"{FIRST} {SECOND}".lower(),
}
