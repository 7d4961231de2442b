"""Faults in what is made: the Document, the PDF, the Word file."""

from __future__ import annotations

from benchmarks.planted.fault import fault

DOCUMENT = (
    fault(
        "role lost in the matrix",
        "the matrix shows every role that an actor has",
        "tuple(party.letters(measure) for party in shown)",
        'tuple(party.letters(measure).replace("I", "") for party in shown)',
        "tests/test_agreement.py::test_the_document_has_everything[small]",
        older=(
            'tuple(role.letter if role else "" for role in roles)',
            'tuple(role.letter if role and role is not Role.INFORMATION else "" for role in roles)',
        ),
    ),
    fault(
        "sum of the matrix",
        "the matrix counts all measures",
        "for row in everything)",
        "for row in everything[1:])",
        "tests/test_agreement.py::test_the_document_has_everything[small]",
    ),
    fault(
        "money of a source",
        "what comes from a source is its share of the costs",
        "share = (cost * percent / WHOLE).quantize(CENT)",
        "share = (cost * percent / WHOLE / 2).quantize(CENT)",
        "tests/test_part_tables.py::test_sources_share_what_a_measure_costs",
    ),
    fault(
        "numbers of footnotes",
        "footnotes are numbered one after the other",
        "        self.counts[name] += 1\n",
        "        self.counts[name] += 2\n",
        "tests/pdf/test_aloud.py::test_the_small_plan_sounds_as_written_down",
    ),
    fault(
        "reference reads wrong",
        "a reference reads what it leads to is called",
        "text=self.labels.get(anchor, anchor)),)",
        "text=anchor),)",
        "tests/pdf/test_aloud.py::test_the_small_plan_sounds_as_written_down",
    ),
    fault(
        "dash without its space",
        "a line does not begin with a dash",
        'text = _DASH.sub(f"{NBSP}– ", text)',
        'text = _DASH.sub(" – ", text)',
        "tests/test_typography.py",
    ),
    fault(
        "quotes as typed",
        "quotes are German ones",
        'text = _OPENING.sub(r"\\1„", " ".join(text.split(" ")))',
        'text = " ".join(text.split(" "))',
        "tests/test_typography.py",
    ),
    fault(
        "thousands with a comma",
        "numbers are written in German",
        'whole = whole.replace(",", ".")',
        'whole = whole.replace(",", ",")',
        "tests/test_typography.py",
    ),
)

PDF = (
    fault(
        "bookmark opens another page",
        "a bookmark opens the page of its heading",
        "Dest=Array([pages[mark.place.page], Name.XYZ",
        "Dest=Array([pages[0], Name.XYZ",
        "tests/test_agreement.py::test_the_outline_leads_to_every_heading[small]",
    ),
    fault(
        "bookmark cut",
        "a bookmark is called like its heading",
        "Title=String(mark.label),",
        "Title=String(mark.label[1:]),",
        "tests/test_agreement.py::test_the_outline_leads_to_every_heading[small]",
    ),
    fault(
        "scope missing",
        "a table's heads say whether they head a row or a column",
        'if tag == "TH":\n',
        'if tag == "TH" and box.element is None:\n',
        "tests/pdf/test_tags.py::test_header_cells_say_what_they_head_by_scope_alone[small]",
    ),
    fault(
        "wrong alternative text",
        "a picture is read aloud as its author describes it",
        'figure.said["Alt"] = alternative',
        'figure.said["Alt"] = alternative[::-1]',
        "tests/pdf/test_aloud.py::test_the_small_plan_sounds_as_written_down",
    ),
    fault(
        "head of a table read again",
        "the head repeated on a further page is not read aloud",
        'artifact = known and tag == "THead"',
        'artifact = known and tag == "TBody"',
        "tests/pdf/test_tags.py::test_a_table_over_pages_has_its_head_once",
    ),
    fault(
        "wrong language",
        "the PDF says that it is German",
        "root.Lang = String(properties.language)",
        'root.Lang = String("en")',
        "tests/test_plans.py::test_the_pdf_says_what_it_is[small]",
    ),
    fault(
        "cache key too short",
        "a changed picture is typeset anew",
        'cache.key(b"fragment", page.encode(), styles.encode(), *picture_digests(shown, pictures))',
        'cache.key(b"fragment", page.encode(), styles.encode(), *shown and ())',
        "tests/pdf/test_cache.py::test_another_picture_under_the_same_name",
    ),
    fault(
        "damaged entry of the cache",
        "nobody has to trust the cache's folder",
        "if not hmac.compare_digest(self._seal(key, data), digest):",
        "if not digest:",
        "tests/pdf/test_cache.py::test_damaged_entries_count_as_missing_and_are_made_anew",
        older=("if hashlib.sha256(data).digest() != digest:", "if not digest:"),
    ),
)

WORD = (
    fault(
        "fonts not embedded",
        "the Word file looks the same on a machine without the fonts",
        "        *_embedded(package, font),\n",
        "",
        "tests/word/test_fonts.py::test_every_font_is_inside_as_it_is",
    ),
    fault(
        "base missing",
        "the Word file carries what it was built from",
        "    base = make_base(package, document, sources)\n    embed(package, base)\n",
        "    base = make_base(package, document, sources)\n",
        "tests/back/test_edits.py::test_without_an_edit_nothing_changes",
        older=("    embed(package, base)\n", ""),
    ),
    fault(
        "head of a table in Word",
        "the head of a table is repeated on every page",
        'put(said, w("tblHeader"))',
        'said.remove(said.find(q("tblHeader")))',
        "tests/word/test_layout.py::test_rows_stay_whole_and_heads_are_repeated",
        older=('put(inner, w("tblHeader"))', 'inner.remove(inner.find(q("tblHeader")))'),
    ),
)
