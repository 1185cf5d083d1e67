"""Makes the QR symbol of a voucher: an address in bytes, then 181 digits in numeric mode, level M.

A symbol is affine over GF(2) in its data: template xor one table entry for each half byte. The tables come from
the standard's own arithmetic (ISO/IEC 18004), the template and the places of bits from the library `qrcode`,
which stays the oracle in the tests.
"""

from dataclasses import dataclass
from functools import cache, reduce
from operator import xor

import qrcode
from qrcode import base, constants, util

#: Any mask is legal; in simulated scans none read better than another.
_MASK = 2
_LEVEL = constants.ERROR_CORRECT_M


@dataclass(frozen=True)
class QrSymbol:
    """`rows[y]` has bit x set for a dark module; the quiet zone of 4 modules is not part of it."""

    version: int
    modules: int
    rows: tuple[int, ...]


def prefix_of(host: str) -> str:
    """What stands before the digits: the page's address, or nothing until a team has one."""
    return f"https://{host}/v#" if host else ""


def address(host: str, digits: str) -> str:
    """The text that a QR says."""
    return prefix_of(host) + digits


def symbol(prefix: str, digits: str) -> QrSymbol:
    """The symbol of a prefix and 181 digits. Raises ValueError where the prefix is too long for version 7."""
    version = version_for(prefix)
    maker = _maker(version)
    return QrSymbol(version, maker.modules, maker.rows(_codewords(prefix, digits, maker.data_words)))


def text_symbol(text: str) -> QrSymbol:
    """The smallest symbol of any short text, by the library itself: cards and marks are few."""
    code = qrcode.QRCode(error_correction=_LEVEL, mask_pattern=_MASK, border=0)
    code.add_data(text)
    code.make(fit=True)
    matrix = code.get_matrix()
    rows = tuple(sum(1 << x for x, dark in enumerate(row) if dark) for row in matrix)
    return QrSymbol(code.version, len(matrix), rows)


def version_for(prefix: str) -> int:
    """5 without a prefix, 6 up to 29 bytes, 7 up to 43."""
    length = len(prefix.encode())
    for version, longest in ((5, 0), (6, 29), (7, 43)):
        if length <= longest:
            return version
    raise ValueError(f"prefix of {length} bytes")


def side_mm(version: int, smallest: float = 32.0) -> float:
    """The printed side with its quiet zone: at least 0.65 mm a module."""
    return max(smallest, 0.65 * (17 + 4 * version + 8))


def _codewords(prefix: str, digits: str, count: int) -> bytes:
    """The data codewords: byte segment, numeric segment, terminator, padding."""
    value, bits = 0, 0

    def put(number: int, width: int) -> None:
        nonlocal value, bits
        value, bits = value << width | number, bits + width

    if prefix:
        raw = prefix.encode()
        put(0b0100, 4)
        put(len(raw), 8)
        put(int.from_bytes(raw, "big"), 8 * len(raw))
    put(0b0001, 4)
    put(len(digits), 10)
    for start in range(0, len(digits), 3):
        part = digits[start : start + 3]
        put(int(part), (0, 4, 7, 10)[len(part)])
    room = 8 * count - bits
    if room < 0:
        raise ValueError("too long")
    put(0, min(4, room))
    put(0, -bits % 8)
    data = value.to_bytes(bits // 8, "big")
    return data + (b"\xec\x11" * count)[: count - len(data)]


class _Maker:
    """The tables of one version."""

    def __init__(self, version: int) -> None:
        self.modules = 17 + 4 * version
        blocks = base.rs_blocks(version, _LEVEL)
        self.data_words = sum(block.data_count for block in blocks)
        places, self._template = _places(version)
        self._tables = _tables(blocks, places)

    def rows(self, data: bytes) -> tuple[int, ...]:
        matrix = reduce(xor, (table[byte] for table, byte in zip(self._tables, data, strict=True)), self._template)
        line = (1 << self.modules) - 1
        return tuple(matrix >> y * self.modules & line for y in range(self.modules))


@cache
def _maker(version: int) -> _Maker:
    return _Maker(version)


def _places(version: int) -> tuple[list[int], int]:
    """The bit of the matrix for each data bit in the order of the standard, and the matrix of no data at all."""
    code = qrcode.QRCode(version=version, error_correction=_LEVEL, mask_pattern=_MASK, border=0)
    size = 17 + 4 * version
    code.modules_count = size
    code.modules = [[None] * size for _ in range(size)]
    code.setup_position_probe_pattern(0, 0)
    code.setup_position_probe_pattern(size - 7, 0)
    code.setup_position_probe_pattern(0, size - 7)
    code.setup_position_adjust_pattern()
    code.setup_timing_pattern()
    code.setup_type_info(False, _MASK)
    if version >= 7:
        code.setup_type_number(False)
    masked = util.mask_func(_MASK)
    places, template = [], 0
    for y, row in enumerate(code.modules):
        for x, dark in enumerate(row):
            if dark or (dark is None and masked(y, x)):
                template |= 1 << y * size + x
    upward = True
    for right in range(size - 1, 0, -2):
        column = right - 1 if right <= 6 else right
        for y in range(size - 1, -1, -1) if upward else range(size):
            places += [y * size + x for x in (column, column - 1) if code.modules[y][x] is None]
        upward = not upward
    return places, template


def _tables(blocks: list[base.RSBlock], places: list[int]) -> list[list[int]]:
    """For each data codeword and each value of it, the modules that it turns."""
    index, order = 0, {}
    for number in range(max(block.data_count for block in blocks)):
        for which, block in enumerate(blocks):
            if number < block.data_count:
                order["data", which, number] = index
                index += 1
    for number in range(max(block.total_count - block.data_count for block in blocks)):
        for which, block in enumerate(blocks):
            if number < block.total_count - block.data_count:
                order["check", which, number] = index
                index += 1

    def turned(word: int, value: int) -> int:
        return sum(1 << places[8 * word + bit] for bit in range(8) if value >> 7 - bit & 1)

    tables = []
    for which, block in enumerate(blocks):
        checks = block.total_count - block.data_count
        for number, remainder in enumerate(_remainders(block.data_count, checks)):
            turns = []
            for bit in range(8):
                value = 1 << bit
                matrix = turned(order["data", which, number], value)
                for check, factor in enumerate(remainder):
                    matrix ^= turned(order["check", which, check], _times(factor, value))
                turns.append(matrix)
            table = [0] * 256
            for value in range(1, 256):
                lowest = value & -value
                table[value] = table[value ^ lowest] ^ turns[lowest.bit_length() - 1]
            tables.append(table)
    return tables


def _times(a: int, b: int) -> int:
    """The product in GF(256) with x^8+x^4+x^3+x^2+1."""
    product = 0
    while b:
        if b & 1:
            product ^= a
        a <<= 1
        if a & 0x100:
            a ^= 0x11D
        b >>= 1
    return product


def _remainders(data: int, checks: int) -> list[list[int]]:
    """What each data codeword alone leaves behind when divided by the generator polynomial."""
    generator = [1]
    root = 1
    for _ in range(checks):
        generator = [a ^ _times(b, root) for a, b in zip([*generator, 0], [0, *generator], strict=True)]
        root = _times(root, 2)
    remainder = generator[1:]
    found = [remainder]
    for _ in range(data - 1):
        first, shifted = remainder[0], [*remainder[1:], 0]
        remainder = [a ^ _times(first, b) for a, b in zip(shifted, generator[1:], strict=True)]
        found.append(remainder)
    return found[::-1]
