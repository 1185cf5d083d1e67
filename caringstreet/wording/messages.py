"""What is said of a chat's lines, and of files that are no chat."""

from caringstreet.rules.messages import MessageKind
from caringstreet.scanning.chat_files import ChatTrouble, UnreadableChat
from caringstreet.services.messages import MessageRow
from caringstreet.wording.answers import answer_text
from caringstreet.words import Words, mark

TROUBLES: dict[ChatTrouble, str] = {
    ChatTrouble.MISSING: mark("There is no file {file}. Check the name."),
    ChatTrouble.TOO_LARGE: mark("{file} is too large to be a chat. Export it again “without media”."),
    ChatTrouble.NO_CHAT: mark("There is no chat in {file}. In WhatsApp choose “Export chat”, “without media”, and take that file."),
    ChatTrouble.DAMAGED: mark("{file} is damaged. Export the chat again."),
    ChatTrouble.LOCKED: mark("{file} needs a password. Unpack it first, then take the text in it."),
    ChatTrouble.NO_TEXT: mark("{file} is no text. Take the .txt or .zip that WhatsApp exports, or paste the messages."),
}

#: Where a scan's answer would not say what is meant.
_SENTENCES: dict[MessageKind, str] = {
    MessageKind.UNKNOWN_SENDER: mark("Whose is it? Say it once, then it counts"),
    MessageKind.BAD_MAC: mark("Not signed by the phone that it names; kept, and counts for nothing"),
    MessageKind.REVOKED: mark("From a phone whose card was revoked; kept, and counts for nothing"),
}


def chat_trouble_text(words: Words, problem: UnreadableChat) -> str:
    """Why a file cannot be taken, and what to do."""
    return words.say(TROUBLES[problem.kind], file=problem.file)


def row_text(words: Words, row: MessageRow) -> str:
    """What became of a line, in one sentence."""
    if row.kind in _SENTENCES or row.outcome is None:
        said = words.say(_SENTENCES[row.kind])
    else:
        said = answer_text(words, row.outcome, row.facts)[0]
    return " · ".join((said, words.say("the phone's clock is wrong"))) if row.clock_off else said
