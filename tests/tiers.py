"""How much is tried: `pytest`, `pytest --quick` without the expensive modules, `pytest --every-case` with all there is.

`pytest` is what continuous integration runs. It tries fewer generated examples than a long run, and makes most edits
in a plan cut to what they touch.
"""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
EXPENSIVE = {
    "tests/back/office": "edits typed in LibreOffice",
    "tests/back/test_book_pairs.py": "two editors of one workbook",
    "tests/back/test_contents.py": "contents lists made anew",
    "tests/back/test_edits.py": "every edit of the table, also tracked",
    "tests/back/test_forged.py": "what a file says of itself",
    "tests/back/test_fuzz.py": "random edits that get lost in silence",
    "tests/back/test_gate.py": "what did not arrive is named",
    "tests/back/test_noise.py": "edits of files that Word saved again",
    "tests/back/test_notes.py": "footnotes of several texts",
    "tests/back/test_only.py": "changes of a few entities alone",
    "tests/back/test_pairs.py": "two editors of one file",
    "tests/back/test_photos.py": "photos on their way back",
    "tests/back/test_revisions.py": "tracked changes of every form and size",
    "tests/back/test_sheet_to_file.py": "every field of every sheet of the shipped plan",
    "tests/back/test_understood.py": "values in other words, through a whole merge",
    "tests/back/test_values.py": "values that are shown and read back, made at random",
    "tests/back/test_workbook.py": "what is edited in the workbook",
    "tests/back/test_yaml_random.py": "random changes of YAML",
    "tests/cli/test_answers.py": "what editors are answered",
    "tests/cli/test_check_is_light.py": "how fast `check` is",
    "tests/cli/test_compare.py": "the command `compare`",
    "tests/cli/test_digest.py": "how long the terminal's list gets",
    "tests/cli/test_extract.py": "the command `extract`",
    "tests/cli/test_failures.py": "full disks, forbidden folders, Ctrl-C in every stage",
    "tests/cli/test_forms.py": "the commands `forms` and `intake`",
    "tests/cli/test_killed.py": "builds that are killed",
    "tests/cli/test_machine.py": "JSON of whole processes",
    "tests/cli/test_merge.py": "the command `merge`",
    "tests/cli/test_merge_json.py": "`merge --json`",
    "tests/cli/test_new_built.py": "a new plan built",
    "tests/cli/test_report.py": "the command `report`",
    "tests/cli/test_watch.py": "the command `watch`",
    "tests/cli/test_without_pango.py": "what works without Pango",
    "tests/fields/test_new_field.py": "the recipe for a new field",
    "tests/hostile/test_markdown.py": "texts that keep a parser busy",
    "tests/hostile/test_printed.py": "hostile words in both documents",
    "tests/hostile/test_svg.py": "drawings that hide or hang",
    "tests/mistakes": "what a terminal shows of mistakes",
    "tests/test_agenda.py": "names of every kind in the list of open points",
    "tests/test_hints.py": "hints that are followed to the letter",
    "tests/pdf/test_aloud.py": "how a screen reader reads the PDF",
    "tests/pdf/test_binding.py": "parts bound and typeset as one",
    "tests/pdf/test_cache.py": "what is kept between builds",
    "tests/pdf/test_conformance.py": "PDF/A and PDF/UA by veraPDF",
    "tests/pdf/test_css.py": "rules of the style sheets that style nothing",
    "tests/pdf/test_layout.py": "where things stand on the pages",
    "tests/pdf/test_memory.py": "how much memory a build takes",
    "tests/pdf/test_outloud.py": "what a screen reader stumbles over",
    "tests/pdf/test_pool.py": "processes that typeset",
    "tests/pdf/test_sharing.py": "drawings kept once",
    "tests/pdf/test_shortcuts.py": "shortcuts past WeasyPrint, whose bytes are the same",
    "tests/pdf/test_tags.py": "the PDF's tags",
    "tests/pdf/test_typeset.py": "what is typeset and what is refused",
    "tests/pdf/test_units.py": "parts cut into units",
    "tests/signing/test_life.py": "a plan carried through its life",
    "tests/signing/test_release.py": "releases, signatures and what was changed since",
    "tests/test_agreement.py": "that PDF and Word say the same",
    "tests/test_edition.py": "editions compared by builds",
    "tests/test_many_faults.py": "400 faults told in one run",
    "tests/test_outline.py": "plans of a few parts built",
    "tests/test_written_values.py": "values that arrive as they were typed, made at random",
    "tests/test_promise.py": "that spoilt plans which pass the check are built",
    "tests/test_matrix.py": "generated plans in both documents",
    "tests/test_new_part.py": "the recipe for a new part",
    "tests/test_planted_faults.py": "generated plans with faults",
    "tests/test_plans.py": "the fixed plans built",
    "tests/word/test_docx.py": "what the Word file holds, built whole",
    "tests/word/office": "Word files in LibreOffice",
    "tests/word/test_fonts.py": "fonts in the Word file",
    "tests/word/test_redline.py": "two editions as one Word file",
    "tests/word/test_validity.py": "the Word file against its schemas",
}
"""Modules and folders; `pytest` runs them all."""

SHARE = 3  # what is dear to generate, a usual run tries a third as often as a long one
_long = False


def choose(*, every_case: bool) -> None:
    """Says which run this is, before test modules are imported: they ask for their numbers of examples then."""
    global _long  # noqa: PLW0603 - decorators of tests know no configuration
    _long = every_case


def examples(most: int) -> int:
    """How many generated examples a test tries that tries this many in a long run."""
    return most if _long else -(-most // SHARE)


def left_out(path: Path) -> str:
    """What a module shows that a quick run leaves out; '' for one that it runs."""
    name = path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else ""
    return EXPENSIVE.get(name, "")
