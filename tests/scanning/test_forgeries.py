"""No forged token is taken; `python -m tests.benchmarks forgeries` tries a million."""

from caringstreet.rules.tokens import VoucherToken, from_digits
from caringstreet.scanning.signing import Verifier
from tests.forgeries import Mint, accepted, run

TRIED = 20_000


def test_of_many_forgeries_none_is_taken() -> None:
    count, kinds, taken = run(TRIED)
    assert (count, taken) == (TRIED, [])
    assert len(kinds) == 12
    assert min(kinds.values()) >= TRIED // len(kinds) - 1


def test_every_genuine_token_is_taken() -> None:
    mint = Mint(50)
    assert accepted(mint, mint.genuine) == mint.genuine


def test_a_reader_that_trusts_the_form_would_be_found_out() -> None:
    """The negative control: the same forgeries against a verifier that looks at no signature."""

    class Trusting(Verifier):
        def check(self, digits: str) -> VoucherToken:
            return from_digits(digits)[0]

    mint = Mint(50)
    forged = [digits for _, digits in mint.forged(240)]
    assert len(accepted(mint, forged, Trusting({}))) > 100
