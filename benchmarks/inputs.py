"""A number of measures in, a folder with the plan and with the same content for other programs out.

content/       the plan
plan.html      the whole document as one page with its style sheets, for the command of WeasyPrint
plain.html     the same without style sheets and drawings, for pandoc, which cannot carry them to Typst
plan.css       the style sheets, for pandoc's HTML
"""

from __future__ import annotations

import re
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from benchmarks.plans import write_plan

CONTENT = "content"
_DRAWING = re.compile(r"<svg.*?</svg>", re.DOTALL)
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
# Pandoc drops the identifiers of these elements; on what stands inside they stay, so that links find their targets.
_LOST_ID = re.compile(r'(<(?:article|tr|dl|div)\b[^>]*?) id="([^"]+)"([^>]*>)(\s*<\w+)')


def write_inputs(folder: Path, measures: int) -> None:
    """Writes the folder in a process of its own: memory that this one held would count as that of what it starts."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        pool.submit(_write, folder, measures).result()


def _write(folder: Path, measures: int) -> None:
    from pipeline.check.validate import validate  # noqa: PLC0415
    from pipeline.content.read import read  # noqa: PLC0415
    from pipeline.design import STYLES  # noqa: PLC0415
    from pipeline.parts.assemble import assemble  # noqa: PLC0415
    from pipeline.pdf.html import document_html  # noqa: PLC0415

    write_plan(folder / CONTENT, measures)
    source = read(folder / CONTENT)
    checked = validate(source)
    assert checked.plan is not None
    document = assemble(checked.plan, checked.texts, digest=source.digest, open_points=checked.open_points)
    html = document_html(document).replace("styles:", f"{STYLES.as_uri()}/")
    (folder / "plan.html").write_text(html, encoding="utf-8")
    (folder / "plan.css").write_text("\n".join(_STYLE.findall(html)), encoding="utf-8")
    plain = _LOST_ID.sub(r'\1\3\4 id="\2"', _DRAWING.sub("", _STYLE.sub("", html)))
    (folder / "plain.html").write_text(plain, encoding="utf-8")
