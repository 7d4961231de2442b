"""Generated plans: nothing of the data is lost, doubled or invented on the way to the Document and to both HTMLs."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings

from pipeline.diagnostics import has_errors
from pipeline.pdf.html import document_html as print_html
from pipeline.word.html import document_html as word_html
from tests.expected import document_faults, faults
from tests.loading import load
from tests.plan_strategies import Content, contents, write
from tests.reading.html import read_html
from tests.tiers import examples


@settings(max_examples=examples(80), suppress_health_check=[HealthCheck.data_too_large])
@given(contents())
def test_nothing_is_lost_doubled_or_invented(content: Content) -> None:
    with tempfile.TemporaryDirectory() as folder:
        write(content, Path(folder))
        loaded = load(Path(folder))
    assert not has_errors(loaded.diagnostics), loaded.diagnostics
    assert document_faults(loaded.plan, loaded.document) == []
    for name, html in (("print", print_html(loaded.document)), ("word", word_html(loaded.document))):
        assert (name, faults(loaded.plan, read_html(html))) == (name, [])
