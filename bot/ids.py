"""Ids that nobody can guess, and codes that can be read aloud."""

import secrets

# Without 0, O, 1, I, L, 5, S, 2, Z, 8, B, U and V, which are taken for each other.
LETTERS = "ACDEFGHJKMNPQRTWXY34679"


class RandomIds:
    def new(self) -> str:
        """Return 16 characters that may stand in an address."""
        return secrets.token_urlsafe(12)

    def code(self) -> str:
        """Return a code like K7QM-4XWP: eight characters without look-alikes."""
        code = "".join(secrets.choice(LETTERS) for _ in range(8))
        return f"{code[:4]}-{code[4:]}"
