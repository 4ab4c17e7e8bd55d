"""What people write becomes plain text that reads as it looked in Slack."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.plain import mentions, plain


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Vi har 3 &lt; 5 &amp; fler", "Vi har 3 < 5 & fler"),
        ("Skriv &amp;lt; i koden", "Skriv &lt; i koden"),
        ("<@U0METODCO> status", "status"),
        ("<@U0METODCO>: status", "status"),
        ("<@U0METODCO|metodcoach>, status", "status"),
        ("hej <@U0METODCO> status", "hej status"),
        ("2.1: ja <@U0METODCO>", "2.1: ja"),
        ("<@U0METODCO> <@U0METODCO> status", "status"),
        ("<@U0METODCO>", ""),
        ("<@U0METODCO>\nförsta raden\n  andra raden", "första raden\n  andra raden"),
        ("för <@U1|Anna Berg>: vi vill mer", "för @Anna Berg: vi vill mer"),
        ("för <@U1>: vi vill mer", "för <@U1>: vi vill mer"),
        ("<#C1|allmänt> och <#C2>", "#allmänt och #C2"),
        ("<!here> <!channel> <!everyone>", "@here @channel @everyone"),
        ("<!subteam^S1|@ledning> <!subteam^S1>", "@ledning @subteam"),
        ("<!date^1700000000^{date}|14 november>", "14 november"),
        ("<https://kommunen.se/plan?a=1&amp;b=2|planen>", "planen (https://kommunen.se/plan?a=1&b=2)"),
        ("<https://kommunen.se>", "https://kommunen.se"),
        ("<https://kommunen.se|kommunen.se>", "https://kommunen.se"),
        ("<mailto:anna@kommunen.se|anna@kommunen.se>", "anna@kommunen.se"),
        ("<tel:+4631|031>", "031 (+4631)"),
        ("• en\n• två\n1. tre", "• en\n• två\n1. tre"),
        ("halv \ud83d", "halv ?"),
        ("nolla\x00kvar", "nolla\x00kvar"),
        ("", ""),
    ],
)
def test_words_are_read_as_they_looked(written, said):
    assert plain(written, "U0METODCO") == said


@given(st.text())
def test_what_somebody_typed_comes_out_as_they_typed_it(typed):
    escaped = typed.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

    assert plain(escaped) == typed


@given(st.text(alphabet=st.sampled_from("<>|@#!&;^U0METODCO: \nahlt"), max_size=60))
def test_any_marks_at_all_can_be_read(written):
    assert isinstance(plain(written, "U0METODCO"), str)


def test_only_the_coach_itself_is_the_coach():
    assert mentions("<@U1> hej", "U1")
    assert mentions("<@U1|anna> hej", "U1")
    assert not mentions("<@U11> hej U1", "U1")
