"""Faults in what a council decides from: figures, directions, dates, conditions, the resolution itself."""

from __future__ import annotations

from benchmarks.planted.fault import fault

DECIDING = (
    fault(
        "target without direction",
        "a target of at most ten is never read as one to come up to",
        'direction = f"{indicator.direction.label} " if indicator.direction else ""',
        'direction = ""',
        "tests/fields/test_direction.py",
    ),
    fault(
        "direction guessed",
        "of one number alone nobody knows on which side of it a value has to lie",
        "return Direction.AT_LEAST if self.target > self.baseline else Direction.AT_MOST",
        "return Direction.AT_LEAST",
        "tests/fields/test_direction.py",
    ),
    fault(
        "what is known in words not named",
        "a sum names what it leaves out",
        '("was nur in Worten genannt ist", in_words(measures)),',
        '("was nur in Worten genannt ist", []),',
        "tests/test_part_tables.py",
    ),
    fault(
        "money secured without a word of it",
        "nothing counts as secured that nobody has secured",
        "found[state] += needed * percent / WHOLE",
        "found[FundingState.SECURED] += needed * percent / WHOLE",
        "tests/test_part_tables.py",
    ),
    fault(
        "decision without a date left out",
        "a decision that has no date yet is told as such",
        "            if actor not in told:\n                yield Date(actor, Matter.DECISION",
        "            if actor in told:\n                yield Date(actor, Matter.DECISION",
        "tests/test_glance.py",
    ),
    fault(
        "body's sheet without its steps",
        "the body's own sheet shows what comes before it",
        "        if date.matter is not Matter.DECISION\n        for what, does",
        "        if date.matter is Matter.DECISION\n        for what, does",
        "tests/test_glance.py",
    ),
    fault(
        "tick where nothing is missing",
        "a measure is said to lack what it lacks, and nothing else",
        'return (Node("checkbox"), text(f" {OPEN}")) if is_open else (muted(GIVEN),)',
        'return (Node("checkbox"), text(f" {OPEN}")) if not is_open else (muted(GIVEN),)',
        "tests/test_glance.py",
    ),
    fault(
        "mark in a text not gathered",
        "what a text promises to settle stands among the open points",
        '_OF_LINES: Final = ("paragraph", "lead", "heading", "cell", "term")',
        '_OF_LINES: Final = ("heading", "cell", "term")',
        "tests/test_open_marks.py",
    ),
    fault(
        "figure of another strand",
        "a draft resolution names the figures of the plan",
        "measures = sum(plan.strand_of[measure.id] == strand.id for measure in plan.active_measures)",
        "measures = sum(plan.strand_of[measure.id] != strand.id for measure in plan.active_measures)",
        "tests/test_paper.py",
        "tests/test_glance.py",
    ),
    fault(
        "points counted anew for each body",
        "a point of the resolution has one number",
        "                start += len(block.children)",
        "                start = 1",
        "tests/test_glance.py",
    ),
    fault(
        "checksum of nothing",
        "the paper names the files that are published with it",
        "Cell((text(_grouped(annex.sha256)),))",
        "Cell((text(_grouped(64 * '0')),))",
        "tests/test_paper.py",
    ),
    fault(
        "resolved before all have",
        "a plan is resolved when every body that decides has",
        "return all(one == index or steps[one].result is StepResult.RESOLVED for one in _deciding(plan))",
        "return any(one == index or steps[one].result is StepResult.RESOLVED for one in _deciding(plan))",
        "tests/cli/test_resolve.py",
    ),
    fault(
        "resolved over another's strand",
        "a body resolves its own strand's measures",
        "return [item.id for item in active if plan.strand_of[item.id] in strands]",
        "return [item.id for item in active]",
        "tests/cli/test_resolve.py",
    ),
    fault(
        "resolved although open",
        "what is open without a condition keeps a plan from being resolved",
        'return own or next((item.text for item in plan.meta.reservations if item.code == finding.code), "")',
        "return own or finding.code",
        "tests/cli/test_resolve.py",
        "tests/test_reservations.py",
    ),
    fault(
        "condition of one source for all",
        "a condition of one source of money says nothing of another",
        'return "; ".join(dict.fromkeys(unsure)) if all(unsure) else ""',
        'return "; ".join(dict.fromkeys(unsure))',
        "tests/test_reservations.py",
    ),
)
