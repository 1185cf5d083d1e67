"""Any chat in any format: the same lines, the right sender, never half a day wrong."""

import io
import zipfile
from datetime import date, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from caringstreet.progress import Cancelled
from caringstreet.rules.codes import code_of, serial_of
from caringstreet.rules.evidence import Outcome
from caringstreet.rules.messages import Told, sender_name
from caringstreet.rules.tokens import KIND_VOUCHER, VoucherToken
from caringstreet.scanning.chat_dates import DateOrder, hour_of
from caringstreet.scanning.chat_files import MOST_TEXT, ChatTrouble, UnreadableChat, read_texts
from caringstreet.scanning.messages import told
from caringstreet.scanning.signing import Signer, Verifier, new_private_key, public_key_of
from caringstreet.scanning.whatsapp import read_chat
from tests.scanning.chats import CENTRE, FIRST, FORMATS, SECOND, SENT, SHOP, WITHOUT_TIME

NOBODY = Verifier({})


def tell(text: str, **options: object) -> list[Told]:
    return told(read_chat(text, **options), NOBODY, practice=False)  # type: ignore[arg-type]


def codes(text: str) -> list[str]:
    return [code_of(one.attempt.serial) for one in tell(text) if one.attempt and one.attempt.serial is not None]


def mistyped(text: str) -> list[str]:
    return [one.text for one in tell(text) if one.sure and one.attempt and one.attempt.problem is Outcome.MISTYPED]


def said_at(head: str) -> datetime | None:
    (message,) = read_chat(f"{head} - 甲: 好\n").messages
    return message.sent_at


def test_there_are_more_than_twenty_formats() -> None:
    assert len(FORMATS) >= 20


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_tells_the_same_lines_at_the_same_minute(name: str) -> None:
    found = tell(FORMATS[name])
    lines = [one for one in found if one.claim is not None]
    assert [one.claim.line for one in lines if one.claim] == [FIRST, SECOND]
    assert [one.sent_at.replace(second=0) if one.sent_at else None for one in lines] == [SENT, SENT]
    assert {one.sender for one in lines} <= {SHOP, "+852 9123 4567", "~ 陳生"}
    (answer,) = [one for one in found if one.attempt is not None]
    assert (answer.sender, answer.attempt and answer.attempt.serial) == (CENTRE, serial_of("H9TWB3RDP"))


@pytest.mark.parametrize("name", WITHOUT_TIME)
def test_lines_are_found_where_nothing_tells_the_time(name: str) -> None:
    found = tell(WITHOUT_TIME[name])
    assert [one.claim.line for one in found if one.claim] == [FIRST, SECOND]
    assert {one.sent_at for one in found} == {None}


@pytest.mark.parametrize(
    ("written", "hour"),
    [
        ("上午12:30", 0), ("凌晨12:30", 0), ("凌晨3:05", 3), ("清晨5:10", 5), ("早上7:00", 7), ("上午11:00", 11),
        ("中午12:04", 12), ("中午11:50", 11), ("中午1:10", 13), ("下午12:04", 12), ("下午3:05", 15), ("傍晚6:20", 18),
        ("晚上7:00", 19), ("晚上11:59", 23), ("晚上12:30", 0), ("午夜12:30", 0), ("半夜1:00", 1), ("夜晚9:00", 21),
        ("上晝9:00", 9), ("下晝2:00", 14), ("晏晝1:00", 13), ("朝早8:00", 8), ("下午15:05", 15), ("15:05", 15), ("0:05", 0),
        ("12:30 am", 0), ("12:04 p.m.", 12), ("3:05 pm", 15), ("3:05 a. m.", 3), ("3:05PM", 15),
        ("3:05 ص", 3), ("3:05 م", 15), ("٣:٠٥ م", 15), ("12:30 ص", 0), ("3:05 قبل دوپہر", 3), ("۳:۰۵ بعد دوپہر", 15),
        ("3:05 पूर्वाह्न", 3), ("३:०५ अपराह्न", 15), ("오전 3:05", 3), ("오후 3:05", 15), ("3:05 ng umaga", 3), ("3:05 ng hapon", 15),
        ("8:05 ng gabi", 20), ("3:05 ਬਾ.ਦੁ.", 15), ("3:05 หลังเที่ยง", 15), ("3:05 CH", 15), ("3:05 ب.ظ.", 15), ("3:05 μ.μ.", 15),
    ],
)  # fmt: skip
def test_no_part_of_the_day_is_half_a_day_wrong(written: str, hour: int) -> None:
    found = said_at(f"22/11/2026 {written}")
    assert found is not None
    assert found.hour == hour


@pytest.mark.parametrize("written", ["よる3:05", "बजे 3:05", "ج 3:05", "3:05 xm", "25:05", "下午3:65"])
def test_a_time_that_is_not_understood_is_no_time(written: str) -> None:
    assert said_at(f"22/11/2026 {written}") is None


@pytest.mark.parametrize(
    "language",
    [
        "ar",
        "ur",
        "fa",
        "hi",
        "ne",
        "pa",
        "bn",
        "ta",
        "ko",
        "ja",
        "fil",
        "id",
        "vi",
        "th",
        "my",
        "km",
        "es",
        "pt",
        "it",
        "el",
        "tr",
        "sv",
        "ms",
        "zh_Hant_HK",
    ],
)
def test_the_halves_of_a_day_are_read_as_each_language_writes_them(language: str) -> None:
    """Held against the locales of CLDR, from which telephones take their words."""
    periods = Locale.parse(language).day_periods["format"]
    for half, hour in (("am", 3), ("pm", 15)):
        for word in {periods[width][half] for width in ("abbreviated", "wide") if half in periods.get(width, {})}:
            for written in (f"3:05 {word}", f"{word} 3:05"):
                found = said_at(f"22/11/2026, {written}")
                assert found is not None, written
                assert found.hour == hour, written


@pytest.mark.parametrize(
    "head", ["١٨/١١/٢٠٢٦، ٣:٠٤ م", "۱۸/۱۱/۲۰۲۶، ۳:۰۴ م", "१८/११/२६, ३:०४ अपराह्न", "2026. 11. 18. 오후 3:04", "2026년 11월 18일 오후 3:04"]
)
def test_digits_and_dates_of_other_scripts_are_read(head: str) -> None:
    assert said_at(head) == datetime(2026, 11, 18, 15, 4)


def test_a_year_of_another_calendar_is_no_time() -> None:
    assert said_at("27/8/1405 15:04") is None


def test_a_name_without_a_space_behind_its_colon_is_the_sender() -> None:
    text = "[2026/11/18 15:04:05] 米舖:早晨: 你好\n[2026/11/18 15:05:05] 米舖:YYSE-EHYQ-A\n[2026/11/18 15:06:00] 甲: 12:30 見\n"
    assert [(one.sender, one.text.strip()) for one in read_chat(text).messages] == [
        ("米舖", "早晨: 你好"),
        ("米舖", "YYSE-EHYQ-A"),
        ("甲", "12:30 見"),
    ]


def test_what_whatsapp_itself_says_has_no_sender() -> None:
    text = "18/11/2026, 15:04 - Messages are encrypted. https://faq.example\n18/11/2026, 15:05 - 12:30\n"
    assert {one.sender for one in read_chat(text).messages} == {""}


@given(hour=st.integers(0, 23))
def test_each_hour_written_in_halves_is_read_back(hour: int) -> None:
    assert hour_of(hour % 12 or 12, "下午" if hour >= 12 else "上午") == hour
    assert hour_of(hour % 12 or 12, "p.m." if hour >= 12 else "a.m.") == hour


def chat_of(*days: str, body: str = "好") -> str:
    return "".join(f"{day} 15:00 - 甲: {body}\n" for day in days)


@pytest.mark.parametrize(
    ("days", "order", "certain"),
    [
        (("22/11/2026", "5/12/2026"), DateOrder.DAY_FIRST, True),
        (("11/22/2026", "12/5/2026"), DateOrder.MONTH_FIRST, True),
        (("5/11/2026", "6/11/2026", "1/12/2026"), DateOrder.DAY_FIRST, True),
        (("11/5/2026", "11/6/2026", "12/1/2026"), DateOrder.MONTH_FIRST, True),
        (("3/4/2026",), DateOrder.DAY_FIRST, False),
        (("7/7/2026",), DateOrder.DAY_FIRST, True),
        (("2026/11/5",), DateOrder.DAY_FIRST, True),
        ((), DateOrder.DAY_FIRST, True),
    ],
)  # fmt: skip
def test_day_and_month_are_told_apart_by_the_whole_chat(days: tuple[str, ...], order: DateOrder, certain: bool) -> None:
    chat = read_chat(chat_of(*days), now=datetime(2026, 12, 31))
    assert (chat.order, chat.certain) == (order, certain)


def test_a_claim_line_tells_what_the_dates_around_it_mean() -> None:
    line = FIRST.replace("20261122", "20261105")
    chat = read_chat(chat_of("11/5/2026", body=line))
    assert (chat.order, chat.certain) == (DateOrder.MONTH_FIRST, True)
    assert read_chat(chat_of("5/11/2026", body=line)).order is DateOrder.DAY_FIRST


def test_a_day_that_lies_ahead_is_not_meant() -> None:
    assert read_chat(chat_of("11/5/2026"), now=datetime(2026, 5, 12)).order is DateOrder.DAY_FIRST
    assert read_chat(chat_of("5/11/2026"), now=datetime(2026, 5, 12)).order is DateOrder.MONTH_FIRST


def test_a_person_can_say_what_the_dates_mean() -> None:
    chat = read_chat(chat_of("3/4/2026"), order=DateOrder.MONTH_FIRST)
    assert chat.certain
    assert chat.messages[0].sent_at == datetime(2026, 3, 4, 15, 0)


# What counts as a code ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        "兌換 3Y1T-J33X-2", "3y1t-j33x-2", "３Ｙ１Ｔ－Ｊ３３Ｘ－２", "3Y1TJ33X2", "3Y1T J33X 2", "3yit-j33x-2", "收咗3y1tj33x2，多謝",
        "RDM 3Y1T-J33X-2", "https://wa.me/85291234567?text=RDM%203Y1T-J33X-2", "3Y1T – J33X – 2", "3Y1T‑J33X‑2", "「3Y1TJ33X2」",
    ],
)  # fmt: skip
def test_a_code_is_found_as_people_write_it(body: str) -> None:
    assert codes(f"22/11/2026 15:05 - 甲: {body}\n") == ["3Y1TJ33X2"]


@pytest.mark.parametrize(
    "body",
    [
        "3Y1T.J33X.2", "3Y1T/J33X/2", "3Y1T_J33X_2", "3Y1T\nJ33X-2", "3 Y 1 T J 3 3 X 2", "3Y1T-J33X-2x1", "https://example.org/#3y1t-j33x-2",
        "https://example.org/v?c=3Y1TJ33X2",
    ],
)  # fmt: skip
def test_a_code_that_is_parted_or_glued_in_another_way_counts_where_it_is_a_vouchers(body: str) -> None:
    found = tell(f"22/11/2026 15:05 - 甲: {body}\n")
    assert [(one.attempt.serial, one.sure) for one in found if one.attempt and one.attempt.serial] == [(serial_of("3Y1TJ33X2"), False)]


@pytest.mark.parametrize("body", ["訂單 12AB34CD5", "Wi-Fi: ABCD1234E 密碼", "型號 AS12-0099 兩箱", "ref 9A8B7C6D5 thanks"])
def test_another_systems_word_among_words_is_not_accused(body: str) -> None:
    assert mistyped(f"22/11/2026 15:05 - 甲: {body}\n") == []


def test_a_code_of_letters_alone_is_one_where_it_is_written_as_printed() -> None:
    (printed, written) = tell("22/11/2026 15:05 - 甲: gjnv-djvr-p\n22/11/2026 15:06 - 甲: GJNVDJVRP\n")
    assert [one.attempt and one.attempt.serial for one in (printed, written)] == [serial_of("GJNVDJVRP")] * 2
    assert (printed.sure, written.sure) == (True, False)


def test_several_codes_in_one_message_are_all_found_once() -> None:
    assert codes("22/11/2026 15:05 - 甲: 3Y1T-J33X-2、7kq4m2xtk\nH9TW-B3RD-P 同 3Y1TJ33X2\n") == ["3Y1TJ33X2", "7KQ4M2XTK", "H9TWB3RDP"]


@pytest.mark.parametrize("body", ["3Y1T-J33X-3", "3Y1TJ33X3", "3Y1T-J33-2", "3Y1T-J33X", "3Y1TU-J33X-2", "3Y1T-JU3X-2", "3Y1T J33X 3"])
def test_a_mistyped_code_is_told_as_one(body: str) -> None:
    text = f"22/11/2026 15:05 - 甲: {body}\n"
    assert codes(text) == []
    assert mistyped(text) == [body]


@pytest.mark.parametrize(
    "body",
    [
        "打 9123 4567 啦", "2555 0100 / 6555 0001", "IMG-20261122-WA0001.jpg (檔案已附加)", "THIS WEEK I AM CLOSED", "wonderful important",
        "https://example.org/abcde1234 睇下", "shop12345@example.org", "HK$1,044.50", "2026-11-22 15:05:06", "852-9123-4567",
        "<附件：00000012-PHOTO-2026-11-22-15-05-06.jpg>", "賬號 123456789 唔該", "A123456(7)",
    ],
)  # fmt: skip
def test_what_is_no_code_is_let_go(body: str) -> None:
    text = f"22/11/2026 15:05 - 甲: {body}\n"
    assert mistyped(text) == []
    assert [one for one in tell(text) if one.sure] == []


def test_a_line_that_lost_its_end_is_a_code_of_its_sender() -> None:
    (found,) = tell(f"22/11/2026 15:05 - 甲: {FIRST[:-1]}\n")
    assert found.claim is None
    assert found.attempt is not None
    assert found.attempt.serial == serial_of("3Y1TJ33X2")


def test_a_code_beside_its_own_line_is_the_line() -> None:
    found = tell(f"22/11/2026 15:05 - 甲: 3Y1T-J33X-2\n{FIRST}\n")
    assert [one.claim is not None for one in found] == [True]


def test_a_scanned_text_in_a_chat_is_verified() -> None:
    key = new_private_key()
    digits = Signer(1, key).digits(VoucherToken(KIND_VOUCHER, 1, serial_of("3Y1TJ33X2"), date(2026, 11, 30), 7))
    chat = read_chat(f"22/11/2026 15:05 - 甲: https://v.example/v#{digits}\n")
    (good,) = told(chat, Verifier({1: public_key_of(key)}), practice=False)
    (bad,) = told(chat, NOBODY, practice=False)
    assert good.attempt is not None and good.attempt.serial == serial_of("3Y1TJ33X2")
    assert bad.attempt is not None and bad.attempt.problem is Outcome.BAD_SIGNATURE


def test_only_what_matched_is_kept_of_a_message() -> None:
    found = tell("22/11/2026 15:05 - 甲: 陳婆婆今日收咗 3Y1T-J33X-2，電話 9123 4567\n")
    assert [one.text for one in found] == ["3Y1T-J33X-2"]


def test_lines_are_numbered_as_people_count_them() -> None:
    found = tell(f"\n22/11/2026 15:05 - 甲: 早晨\n\n3Y1T-J33X-2\n22/11/2026 15:06 - 甲: {FIRST}")
    assert [one.line for one in found] == [4, 5]


# Senders ------------------------------------------------------------------------------------------------------


def test_a_sender_is_the_same_however_it_is_written() -> None:
    assert sender_name("\u202a+852 9123 4567\u202c".strip("\u202a\u202c")) == sender_name("91234567") == "91234567"
    assert sender_name(" 輝記  菜檔 ") == sender_name("輝記 菜檔")
    assert sender_name("~ 陳生") == sender_name("~陳生") != sender_name("陳生")


def test_no_head_in_a_foreign_language_gives_a_code_to_the_sender_before() -> None:
    found = tell("22/11/2026 15:05 - 甲: 早晨\n22/11/2026 3:05 xx - 乙: 3Y1T-J33X-2\n")
    assert [(one.sender, one.sent_at) for one in found] == [("乙", None)]


# Files --------------------------------------------------------------------------------------------------------


def zipped(folder: Path, **members: bytes) -> Path:
    path = folder / "chat.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__dot__", ".").replace("__slash__", "/"), content)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "big5hkscs"])
def test_a_file_in_any_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "與輝記的 WhatsApp 對話.txt"
    path.write_bytes(FORMATS["android zh-HK 24 h"].encode(encoding))
    (text,) = read_texts(path)
    assert [one.claim.line for one in tell(text) if one.claim] == [FIRST, SECOND]


def test_a_mail_is_read_as_a_mail_program_reads_it(tmp_path: Path) -> None:
    mail = EmailMessage()
    mail["From"] = "shop@example.org"
    mail["Subject"] = "愛心券"
    mail.set_content(f"早晨，今日兩張：\n{FIRST}\n{SECOND}\n", cte="base64")
    mail.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="x.png")
    path = tmp_path / "mail.eml"
    path.write_bytes(mail.as_bytes())
    (text,) = read_texts(path)
    assert [one.claim.line for one in tell(text) if one.claim] == [FIRST, SECOND]


def test_a_zip_gives_only_the_texts_at_its_top(tmp_path: Path) -> None:
    chat = FORMATS["ios zh-HK"].encode()
    path = zipped(
        tmp_path, _chat__dot__txt=chat, photo__dot__jpg=b"x", __MACOSX__slash___chat__dot__txt=b"junk", deep__slash__x__dot__txt=b"junk"
    )
    assert read_texts(path) == [chat.decode()]


def test_a_zipped_folder_is_a_chat(tmp_path: Path) -> None:
    members = {"街坊群組/WhatsApp 對話.txt": "好".encode(), "街坊群組/media/x.txt": b"no", "__MACOSX/街坊群組/._WhatsApp 對話.txt": b"\x00"}
    path = tmp_path / "folder.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    assert read_texts(path) == ["好"]


def test_a_bomb_is_refused_before_it_unpacks(tmp_path: Path) -> None:
    path = zipped(tmp_path, _chat__dot__txt=b"0" * (20 * 1024 * 1024))
    with pytest.raises(UnreadableChat) as found:
        read_texts(path)
    assert found.value.kind is ChatTrouble.TOO_LARGE
    raw = bytearray(path.read_bytes())
    size = (20 * 1024 * 1024).to_bytes(4, "little")
    while (place := raw.find(size)) >= 0:
        raw[place : place + 4] = (1000).to_bytes(4, "little")
    path.write_bytes(bytes(raw))
    with pytest.raises(UnreadableChat) as lying:
        read_texts(path)
    assert lying.value.kind in (ChatTrouble.TOO_LARGE, ChatTrouble.DAMAGED)


def test_files_that_are_no_chat_say_why(tmp_path: Path) -> None:
    def kind(path: Path) -> ChatTrouble:
        with pytest.raises(UnreadableChat) as found:
            read_texts(path)
        return found.value.kind

    picture = tmp_path / "photo.txt"
    picture.write_bytes(b"\x89PNG\0\0\xff\xfe\xfd")
    large = tmp_path / "large.txt"
    with large.open("wb") as file:
        file.truncate(MOST_TEXT + 1)
    broken = tmp_path / "broken.zip"
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_chat.txt", "x" * 5000)
    raw = bytearray(whole.getvalue())
    raw[40:44] = b"\xff\xff\xff\xff"
    broken.write_bytes(bytes(raw))
    assert kind(picture) is ChatTrouble.NO_TEXT
    assert kind(large) is ChatTrouble.TOO_LARGE
    assert kind(broken) is ChatTrouble.DAMAGED
    assert kind(tmp_path / "none.txt") is ChatTrouble.MISSING
    assert kind(zipped(tmp_path, photo__dot__jpg=b"x")) is ChatTrouble.NO_CHAT


def test_a_zip_with_a_password_says_so(tmp_path: Path) -> None:
    path = zipped(tmp_path, _chat__dot__txt=b"hello")
    raw = bytearray(path.read_bytes())
    raw[6] |= 1
    raw[raw.find(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(bytes(raw))
    with pytest.raises(UnreadableChat) as found:
        read_texts(path)
    assert found.value.kind is ChatTrouble.LOCKED


@given(text=st.text(st.sampled_from("CS1 .207KQ4MXT-\n\r\u200e[]/:,下午amp年月日甲～３"), max_size=120))
def test_no_text_upsets_the_reader(text: str) -> None:
    for one in tell(text):
        assert one.line >= 1


class Stopping:
    def at(self, done: int, total: int) -> None:
        if done:
            raise Cancelled


def test_reading_a_long_chat_can_be_stopped() -> None:
    text = "22/11/2026 15:05 - 甲: 好\n" * 5_000
    with pytest.raises(Cancelled):
        read_chat(text, progress=Stopping())
    with pytest.raises(Cancelled):
        told(read_chat(text.replace("好", "3Y1T-J33X-2")), NOBODY, practice=False, progress=Stopping())
