"""Which entries are worth a look, and how well each fits: BM25 over our own stems, the same on every database."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dialogs.model.words import Candidate, Clause, Counts
from dialogs.search.query import Query, Word, terms_in

MOST_CANDIDATES = 1_000
"""So many entries that have one of the rare terms are read at the most, and as many that have a pair: the newest."""
BUDGET = 500
"""So many entries the rarest terms may bring."""
PAIRS = 40
SATURATION = 1.6  # BM25's k1
LENGTH = 0.3  # BM25's b
AVERAGE = 55  # terms: fixed, so that nothing has to be counted anew when an entry comes


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that fits, how well, and by which of its terms: what tells the most first."""

    candidate: Candidate
    score: float
    by: tuple[str, ...]


def worth_a_look(query: Query, counts: Counts) -> Sequence[Clause]:
    """Return what an entry has to have one of: the rarest terms alone, commoner ones in pairs; () where none is known.

    Whatever fits well has a rare term or several of the common ones: what has but one common term would rank below.
    """
    known = sorted((counts.of_term[term], term) for term in terms_in(query) if counts.of_term.get(term))
    if not known:
        return ()
    clauses: list[Clause] = [(known[0][1],)]
    left = BUDGET - known[0][0]
    common = []
    for having, term in known[1:]:
        if having <= left:
            clauses.append((term,))
            left -= having
        else:
            common.append((having, term))
    common = common[: PAIRS + 1]  # the first pairs are of these: each further term makes commoner ones only
    pairs = sorted(
        (one * other / max(counts.entries, 1), (term, second))
        for place, (one, term) in enumerate(common)
        for other, second in common[place + 1 :]
    )
    for expected, pair in pairs[:PAIRS]:
        if expected > left:
            break
        clauses.append(pair)
        left -= int(expected) + 1
    return tuple(clauses)


def ranked(query: Query, candidates: Iterable[Candidate], counts: Counts, *, most: int) -> Sequence[Hit]:
    """Return the entries that fit best, the best first; of two as good, the newer."""
    rarities = {term: counts.rarity(term) for term in terms_in(query)}
    weights = [_weights(word, rarities, counts) for word in query]
    hits = [_hit(candidate, weights) for candidate in candidates]
    hits.sort(key=lambda hit: (-hit.score, -hit.candidate.number))
    return hits[:most]


def _weights(word: Word, rarities: Mapping[str, float], counts: Counts) -> Sequence[tuple[str, float]]:
    """Return what each of the word's terms is worth. A synonym tells no more than the word itself does."""
    most = rarities[word.own] if counts.of_term.get(word.own) else None
    return [
        (term, weight * (rarities[term] if most is None else min(rarities[term], most)))
        for term, weight in word.meets
        if counts.of_term.get(term)
    ]


def _hit(candidate: Candidate, weights: Sequence[Sequence[tuple[str, float]]]) -> Hit:
    terms = candidate.terms
    long = SATURATION * (1 - LENGTH + LENGTH * sum(terms.values()) / AVERAGE)
    score = 0.0
    by: dict[str, float] = {}
    for word in weights:
        best, met = 0.0, ""
        for term, weight in word:
            count = terms.get(term)
            if count:
                value = weight * count * (SATURATION + 1) / (count + long)
                if value > best:
                    best, met = value, term
        if met:
            score += best
            by[met] = max(by.get(met, 0.0), best)
    told = sorted(by, key=lambda term: (-by[term], term))
    return Hit(candidate, round(score, 9), tuple(told))
