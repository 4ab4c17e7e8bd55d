"""Words of one family are met where they begin alike, and others aren't."""

from dialogs.search.kin import beginnings, with_kin
from dialogs.search.query import query_of, terms_in


def test_what_begins_alike_and_ends_otherwise_is_met_for_less():
    query = query_of("undviker", "sv", synonyms=False)
    assert beginnings(query) == ("undvi",)

    [word] = with_kin(query, ["undvikit", "undvika", "undvikandets", "undvi", "undvek"])

    assert word.meets[0] == ("undvik", 1.0)
    assert word.meets[-3:] == (("undvi", 0.5), ("undvika", 0.5), ("undvikit", 0.5))


def test_short_words_and_strangers_have_no_kin():
    query = query_of("buss skolmat", "sv", synonyms=False)

    assert terms_in(with_kin(query, ["bussar", "skolmatsal", "skolgård"])) == terms_in(query)
