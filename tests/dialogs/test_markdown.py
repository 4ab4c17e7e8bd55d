"""What people wrote is text in Markdown, whatever it is."""

import pytest

from dialogs.reports.markdown import bullet, demoted, escaped, paragraph


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("# rubrik", [r"\# rubrik"]),
        ("- punkt\n- punkt", ["\\- punkt\\", r"\- punkt"]),
        ("1. ett", [r"1\. ett"]),
        ("1) ett", [r"1\) ett"]),
        ("2035 är målet. Ja.", ["2035 är målet. Ja."]),
        ("    kod", ["kod"]),
        ("<script>alert(1)</script>", [r"\<script\>alert(1)\</script\>"]),
        ("[a](javascript:b) ![c](d)", [r"\[a\](javascript:b) \!\[c\](d)"]),
        ("`x` *y* _z_ ~~å~~ $m$ &amp;", [r"\`x\` \*y\* \_z\_ \~\~å\~\~ \$m\$ \&amp;"]),
        ("ett\n\n\ntvå", ["ett", "", "", "två"]),
        ("===", [r"\==="]),
        ("", [""]),
        ("c:\\", ["c:\\\\"]),
    ],
)
def test_text_stays_text(text, lines):
    assert paragraph(text) == lines


def test_a_quote_and_a_list_hold_their_lines_together():
    assert paragraph("ett\n\n- två", before="> ") == ["> ett", ">", "> \\- två"]
    assert bullet("ett\n# två") == ["- ett\\", "  \\# två"]


def test_only_headings_are_demoted():
    text = "\n".join(["# Rubrik", "", *paragraph("# inte rubrik"), "## Mindre"])

    assert demoted(text) == "## Rubrik\n\n\\# inte rubrik\n### Mindre"
    assert escaped("1.2 Vision") == "1.2 Vision"
