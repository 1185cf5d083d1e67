"""What a shop card says: the text by which a phone learns once which shop it stands in, and its key."""

from urllib.parse import quote


def pairing_text(host: str, shop: str, number: int, key: bytes, name: str) -> str:
    """What the QR of a pairing slip holds; the bare text until the team has a page of its own."""
    card = "~".join((f"P{shop}", str(number), key.hex(), quote(name.strip(), safe="").replace("~", "%7E")))
    return f"https://{host}/v#{card}" if host else card
