"""Looks at a whole pack: what names what, what comes before what, and whether everything is said in every language."""

from content.checks.every import check_pack
from content.checks.upgrade import check_upgrade

__all__ = ["check_pack", "check_upgrade"]
