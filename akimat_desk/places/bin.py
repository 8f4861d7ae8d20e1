"""The business identification number (БСН, БИН) of an institution: twelve digits, the last a check digit."""

from __future__ import annotations

from akimat_desk.core.errors import UsageProblem

DIGITS = 12


def checked_bin(written: str) -> str:
    """The number without spaces; "" for nothing. Raises UsageProblem for what is none."""
    packed = "".join(written.split())
    if packed and not is_bin(packed):
        raise UsageProblem("error.places.bin_form", bin=packed)
    return packed


def is_bin(digits: str) -> bool:
    """Whether the digits are twelve and the last is the one that the others ask for."""
    if len(digits) != DIGITS or not (digits.isascii() and digits.isdecimal()):
        return False
    body, last = [int(digit) for digit in digits[:-1]], int(digits[-1])
    # The first weights leave 10 now and then: then the second ones decide, and 10 again is never given out.
    for weights in (range(1, 12), (*range(3, 12), 1, 2)):
        rest: int = sum(weight * digit for weight, digit in zip(weights, body, strict=True)) % 11
        if rest < 10:
            return rest == last
    return False
