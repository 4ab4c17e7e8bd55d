"""Runs every check over a pack's files."""

from content.checks.checkpoints import check_checkpoints
from content.checks.counting import check_counting
from content.checks.coverage import check_coverage
from content.checks.cycle import check_cycle
from content.checks.deciding import check_deciding
from content.checks.exercises import check_exercises
from content.checks.ground import ground_of
from content.checks.guides import check_guides
from content.checks.impact import check_impact
from content.checks.languages import check_languages
from content.checks.once import check_ids
from content.checks.order import check_order
from content.checks.references import check_references
from content.checks.registers import check_registers
from content.checks.renamed import check_renamed
from content.checks.rules import check_rules
from content.checks.sense import check_sense
from content.checks.walkthroughs import check_walkthroughs
from content.pack import Pack
from content.pack_files import PackFiles
from content.problems import Problem

CHECKS = (
    check_languages,
    check_ids,
    check_references,
    check_rules,
    check_order,
    check_sense,
    check_registers,
    check_deciding,
    check_guides,
    check_exercises,
    check_cycle,
    check_checkpoints,
    check_walkthroughs,
    check_coverage,
    check_renamed,
    check_counting,
    check_impact,
)


def check_pack(files: PackFiles, pack: Pack) -> list[Problem]:
    """Return every problem with a pack whose files have each passed the schema."""
    ground = ground_of(files, pack)
    return [problem for check in CHECKS for problem in check(ground)]
