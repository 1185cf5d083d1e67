"""From a chat's file or pasted text to what it tells of this street's vouchers; the service then records it."""

from pathlib import Path

from caringstreet.bootstrap import OpenStreet
from caringstreet.clock import local_time
from caringstreet.progress import Progress
from caringstreet.rules.messages import Told
from caringstreet.scanning import messages, whatsapp
from caringstreet.scanning.chat_dates import DateOrder
from caringstreet.scanning.chat_files import read_texts
from caringstreet.scanning.whatsapp import Chat


def open_chat(street: OpenStreet, path: Path, *, order: DateOrder | None = None, progress: Progress | None = None) -> Chat:
    """The messages of a text or of a zip. Raises UnreadableChat, OSError or Cancelled."""
    return whatsapp.joined([read_text(street, text, order=order, progress=progress) for text in read_texts(path)])


def read_text(street: OpenStreet, text: str, *, order: DateOrder | None = None, progress: Progress | None = None) -> Chat:
    """The messages of pasted text. Raises Cancelled."""
    now = local_time(street.clock.now()).replace(tzinfo=None)
    return whatsapp.read_chat(text, now=now, order=order, progress=progress)


def told(street: OpenStreet, chat: Chat, *, progress: Progress | None = None) -> list[Told]:
    """The lines and codes in the messages of a chat, QR texts verified. Raises Cancelled."""
    return messages.told(chat, street.verifier, practice=street.practice, progress=progress)
