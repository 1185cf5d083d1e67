"""The words for what is wrong with a cell or a file: what, and what to do."""

from caringstreet.exchange.reading import LeftOut, NoteKind, ReadingNote, Why
from caringstreet.exchange.sheets import SheetTrouble, UnreadableSheet
from caringstreet.rules.doubts import Doubt, Doubted
from caringstreet.rules.inputs import RowError
from caringstreet.rules.refusals import Refusal
from caringstreet.wording.refusals import REFUSALS, readable, refusal_text
from caringstreet.words import Words, mark

PROBLEMS: dict[str, str] = {
    "missing_number": mark("The number is missing. Please fill it in."),
    "missing_name": mark("The name is missing. Please fill it in."),
    "impossible_date": mark("There is no such date. Write it as 2026-11-30 or 30/11/2026."),
    "date_without_year": mark("This date has no year. Write it as 2026-11-30 or 30/11/2026."),
    "negative_amount": mark("This amount is below nought. Write it without a sign, in the column where it belongs."),
    "phone_not_8_digits": mark("A Hong Kong telephone number has 8 digits."),
    "birth_year_in_future": mark("The birth year {year} is in the future. Please check it."),
    "birth_year_too_old": mark("The birth year {year} is too long ago. Please check it."),
    "person_count_differs_from_members": mark("{members} members are listed. Correct the number or the members."),
    "unknown_eligibility_category": mark("This eligibility category is not known. Use a name or code from the settings."),
    "duplicate_number_in_file": mark("An earlier row of the file has this number with other data. Keep one of them."),
    "number_exists_with_other_data": mark("This number belongs to {name} already. Give the row another number."),
    "eligibility_ends_before_consent": mark("Eligibility would end before the consent of {consent}."),
    "funding_split_does_not_add_up": mark("Household, shop and fund add up to {shares}, which is not the price."),
    "too_much_money": mark("An amount can be at most HK$10,000,000."),
    "not_an_amount": mark("This is not an amount of money. Write it as 40, $40 or 40.00."),
    "not_a_percentage": mark("This is not a discount. Write it as 20, 20% or 八折."),
    "not_a_number": mark("This is not a whole number."),
    "not_yes_or_no": mark("Write 是 or 否, yes or no, or leave it empty."),
    "unknown_collecting_way": mark("Use WhatsApp, 收券, 電話 or 不適用."),
    "unknown_settlement_way": mark("Use 轉數快, 支票, 現金 or 不適用."),
    "unknown_state": mark("This state is not known."),
    "unknown_offer_kind": mark("Use 特價, 減免, 折扣, 換領 or 面值券."),
    "unknown_time_window": mark("Write hours as 14:00–17:30, weekdays as 星期二、三, or 農曆初一、十五."),
    "unknown_language": mark("This language is not one that we print."),
    "unknown_contact_way": mark("Use 固網電話, 手提電話, 經轉介機構 or 上門."),
    "missing_date": mark("The date is missing. Please fill it in."),
    "unknown_fund_kind": mark("Use 承上結存, 個人, 公眾及企業, 慈善 or 支出."),
    "one_amount": mark("A line has one amount: income or spending, as its kind says."),
    "balance_stated_already": mark("The book states another balance for {day}: {amount_cents}. Correct one of them."),
    "missing_giver": mark("The giver is missing. Write a shop as S04 with its name, or 街坊, or the partner's name."),
    "missing_item": mark("It does not say what was given. Please fill it in."),
    "missing_quantity": mark("The quantity is missing. Please fill it in."),
    "not_a_quantity": mark("This is not a quantity. Write it as 3, 6.5 or 半."),
    "unknown_unit": mark("This unit is not known. Use one of {units}."),
    "unknown_storage": mark("Use 常溫, 冷藏, 冷凍 or 熱食."),
    "stock_does_not_add_up": mark("{quantity} less {given} given and {disposed} thrown away leaves {left}. Correct the figures."),
    "received_does_not_add_up": mark(
        "{unfit} not fit and {displayed} displayed make {sum}, but {quantity} were received. Correct the figures."
    ),
    "displayed_does_not_add_up": mark(
        "{chosen} chosen, {kept} kept and {recycled} recycled make {sum}, but {displayed} were displayed. Correct the figures."
    ),
    "run_recorded_already": mark(
        "The bread run of {day} has other figures of this shop already. Correct them on the page of the bread runs."
    ),
    "choice_day_recorded_already": mark(
        "A choice day of {day} was recorded here already. Add to it on its page, or give the row another day."
    ),
    "unknown_shop": mark("There is no shop {shop}. Import or register the shop first."),
    "unknown_household": mark("There is no household {household}. Check the number."),
    "unknown_offer": mark("There is no offer {offer}. Check its code."),
    "possible_duplicate": mark("This may be {name}, who is on the list already. Decide for each row."),
    "error_value": mark("The cell shows an error of its program. Mend the formula or type the value."),
    "no_stored_value": mark("The result of this formula is not in the file. Open it in its program, save it again, or type the value."),
    "unclosed_quote": mark("A quotation mark was opened in this line and never closed. Remove it or close it."),
    "unreadable_characters": mark("This line holds characters that cannot be read. Type them again."),
    "unusable_value": mark("This value cannot be used."),
}

TROUBLES: dict[SheetTrouble, str] = {
    SheetTrouble.MISSING: mark("There is no file {file}. Check the name."),
    SheetTrouble.UNKNOWN_KIND: mark("{file} is not a sheet. Use xlsx, xls, ods, csv or tsv."),
    SheetTrouble.TOO_LARGE: mark("{file} is too large to be a list of a street, so it was not opened."),
    SheetTrouble.NOT_A_SHEET: mark("{file} cannot be read: it is damaged, locked with a password, or something else in disguise."),
    SheetTrouble.UNKNOWN_ENCODING: mark("The characters of {file} cannot be read. Save it as UTF-8 or as a workbook."),
    SheetTrouble.NO_SUCH_SHEET: mark("{file} has no sheet “{sheet}”."),
    SheetTrouble.EMPTY: mark("{file} is empty."),
    SheetTrouble.TOO_WIDE: mark(
        "{file} has {columns} columns. A list of a street has at most {most}: delete the columns that are not needed, or save the list as a sheet of its own."
    ),
    SheetTrouble.FAR_CELL: mark("{file} has something far away, in cell {cell}. Delete it, or copy the list to a new sheet."),
    SheetTrouble.MISSING_COLUMNS: mark(
        'These columns were not found: {columns}. The headers are: {headers}. Say which they are with --map "HEADER=field".'
    ),
    SheetTrouble.NO_SUCH_COLUMN: mark("There is no column “{column}”. The headers are: {headers}."),
    SheetTrouble.NO_SUCH_FIELD: mark("There is no field “{field}”. The fields are: {fields}."),
    SheetTrouble.NO_HEADERS: mark("No headers were found. Expected are: {expected}."),
}

#: Why something was left out.
WHYS: dict[Why, str] = {
    Why.TOTAL: mark("a total, not counted twice"),
    Why.REMARK: mark("a remark beside the list"),
    Why.BEYOND_HEADERS: mark("right of the last header"),
    Why.HEADER_AGAIN: mark("the headers once more"),
    Why.ABOVE_HEADERS: mark("above the headers"),
    Why.BESIDE_PHONE: mark("beside the first telephone number, which alone was taken"),
}

NOTES: dict[NoteKind, str] = {
    NoteKind.DAY_FIRST: mark("“{column}” has the day first: {example}."),
    NoteKind.MONTH_FIRST: mark("“{column}” has the month first: {example}."),
    NoteKind.YEAR_FIRST: mark("“{column}” has the year first: {example}."),
    NoteKind.FIRST_OF_MONTH: mark("“{column}” gives only the month ({example}): the first day of the month is taken."),
    NoteKind.LAST_OF_MONTH: mark("“{column}” gives only the month ({example}): the last day of the month is taken."),
    NoteKind.BALANCES: mark("Of “{column}” only an opening balance is taken; the others are counted again from the lines."),
    NoteKind.IDENTITY_NUMBERS: mark(
        "“{column}” looks like identity card numbers. It was not read and is not kept. Delete the column from the sheet."
    ),
}


def left_out_text(words: Words, one: LeftOut) -> str:
    """Why it was left out, as a clause."""
    return words.say(WHYS[one.why])


def note_text(words: Words, note: ReadingNote) -> str:
    """The sentence for what was decided about a column."""
    return words.say(NOTES[note.kind], column=note.column, example=note.example)


def problem_text(words: Words, error: RowError) -> str:
    """The sentence for one cell."""
    facts = readable(words, error.facts)
    if error.kind in PROBLEMS:
        return words.say(PROBLEMS[error.kind], **facts)
    if error.kind in list(Doubt):
        return refusal_text(words, Doubted(Doubt(error.kind), error.column, **error.facts))
    return words.say(REFUSALS[Refusal(error.kind)], **facts)


def sheet_trouble_text(words: Words, problem: UnreadableSheet) -> str:
    """The sentence for a whole file."""
    return words.say(TROUBLES[problem.kind], **problem.facts)
