"""Check digits of the unified social credit code (GB 32100-2015) and of the
organisation code inside it (GB 11714)."""

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = [pow(3, place, 31) for place in range(17)]
ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def organisation_check(body):
    """Check character of an eight-place organisation code; 10 is X, 11 is 0."""
    total = sum(LETTERS.index(c) * w for c, w in zip(body, ORGANISATION_WEIGHTS))
    rest = 11 - total % 11
    return {10: "X", 11: "0"}.get(rest, str(rest))


def credit_check(body):
    """Check character of the first seventeen places."""
    total = sum(ALPHABET.index(c) * w for c, w in zip(body, WEIGHTS))
    return ALPHABET[(31 - total % 31) % 31]


def credit_code(rng, founded_year, area="430590"):
    """A code of a company (registrar 9, type 1) whose two check digits are right.

    Codes given out since late 2015 begin with MA in the organisation part;
    older companies kept their eight figures."""
    if founded_year >= 2016:
        tail = "".join(rng.choice("0123456789ABCDEFGHJKLMNPQRTUWXY") for _ in range(4))
        body = "MA" + ("7" if founded_year >= 2021 else "4") + "L" + tail
    else:
        body = rng.choice("567") + "".join(rng.choice("0123456789") for _ in range(7))
    organisation = body + organisation_check(body)
    head = "91" + area + organisation
    return head + credit_check(head)


def is_valid(code):
    """Both check digits and the alphabet hold."""
    return (
        len(code) == 18
        and all(c in ALPHABET for c in code)
        and credit_check(code[:17]) == code[17]
        and organisation_check(code[8:16]) == code[16]
    )
