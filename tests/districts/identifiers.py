"""ID numbers and credit codes with true check characters, made here and not by the product."""

from datetime import date

CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
REGIONS = ("500117", "500103", "511681", "360426", "110105")


def id_number(region: str, born_on: date, serial: int) -> str:
    """GB 11643: region, birth date, serial 0–999 and the ISO 7064 MOD 11-2 check character."""
    body = f"{region}{born_on:%Y%m%d}{serial:03d}"
    total = sum(int(digit) * pow(2, 17 - place, 11) for place, digit in enumerate(body))
    return body + "10X98765432"[total % 11]


def organisation_code(number: int) -> str:
    """GB 11714: eight characters and their check character."""
    body = f"{number:08d}"
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    check = 11 - sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True)) % 11
    return body + {10: "X", 11: "0"}.get(check, str(check))


def credit_code(prefix: str, region: str, number: int) -> str:
    """GB 32100: authority and type, region, organisation code, check character."""
    body = prefix + region + organisation_code(number)
    total = sum(
        CREDIT_ALPHABET.index(character) * pow(3, place, 31) for place, character in enumerate(body)
    )
    return body + CREDIT_ALPHABET[(31 - total % 31) % 31]
