"""The faults that `planted_faults.py` plants: each breaks one important behaviour, and names tests that should see it.

A fault is a stretch of the program's text and what is written instead. The stretch must occur once in the whole
program, whichever file it stands in, so that a module may be moved without a change here. Where the text itself
changes, put the new stretch first and keep the old one behind it: the table then fits older commits too.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PlantedFault:
    """`swaps`: texts with what replaces them; the first that is found is used. `tests`: as on pytest's command line."""

    name: str
    breaks: str
    swaps: tuple[tuple[str, str], ...]
    tests: tuple[str, ...]


def _fault(
    name: str, breaks: str, old: str, new: str, *tests: str, older: tuple[str, str] | None = None
) -> PlantedFault:
    return PlantedFault(name, breaks, ((old, new), *((older,) if older else ())), tests)


CONTENT = (
    _fault(
        "files twice as large",
        "a file too large for any plan is told and not read",
        "if status.st_size > _sort(path)[0].most:",
        "if status.st_size > 2 * _sort(path)[0].most:",
        "tests/hostile/test_files.py::test_size_ends_exactly_at_the_limit",
        older=("if status.st_size > _limit(path):", "if status.st_size > 2 * _limit(path):"),
    ),
    _fault(
        "aliases unlimited",
        "a small YAML file cannot grow into a large one",
        "if self.aliases > ALIASES.most:",
        "if self.aliases > ALIASES.most * 1000:",
        "tests/hostile/test_yaml.py::test_it_is_refused_at_once[over 100 aliases]",
        older=("if self.aliases > MAX_ALIASES:", "if self.aliases > MAX_ALIASES * 1000:"),
    ),
    _fault(
        "depth unlimited",
        "YAML nested too deep is told instead of ending the program",
        "if len(self.open) + levels > DATA_LEVELS.most:",
        "if len(self.open) + levels > 90 * DATA_LEVELS.most:",
        "tests/hostile/test_yaml.py::test_it_is_refused_at_once[over 50 levels]",
        older=("if len(self.open) + levels > MAX_DEPTH:", "if len(self.open) + levels > 90 * MAX_DEPTH:"),
    ),
    _fault(
        "tags accepted",
        "YAML may not ask a program to build objects",
        "if event.tag is not None:",
        "if event.tag is None and event.tag:",
        "tests/hostile/test_yaml.py::test_it_is_refused_at_once[own tag]",
    ),
    _fault(
        "program in a drawing",
        "an SVG with a program in it is refused",
        'if name.startswith("on"):',
        'if name.startswith("on-"):',
        "tests/hostile/test_svg.py::test_active_elements_are_refused",
        "tests/test_cases.py::test_case[P112-skript]",
        "tests/hostile/test_svg.py",
    ),
    _fault(
        "drawing looks outside",
        "an SVG that loads something is refused",
        "        elif address:\n            raise _RefusedError",
        "        elif not address:\n            raise _RefusedError",
        "tests/hostile/test_svg.py::test_nothing_is_fetched",
    ),
)

CHECK = (
    _fault(
        "unknown key accepted",
        "a mistyped key is told, not ignored",
        'extra="forbid"',
        'extra="ignore"',
        "tests/test_cases.py::test_case[P106]",
    ),
    _fault(
        "ID given twice",
        "no two measures, goals or actors share an ID",
        "for nth in range(1, count):",
        "for nth in range(2, count):",
        "tests/test_cases.py::test_case[P401]",
    ),
    _fault(
        "reference to nothing",
        "a reference leads somewhere",
        "elif mention.what not in known and not plan.unread:",
        "elif mention.what not in known and plan.unread:",
        "tests/test_cases.py::test_case[P601]",
    ),
    _fault(
        "goal that there is not",
        "a measure names goals that exist",
        "if plan.knows(named.kind, named.id):",
        "if plan.knows(named.kind, named.id) or named.kind is Kind.GOAL:",
        "tests/test_cases.py::test_case[P402]",
        older=("if not plan.knows(Kind.GOAL, goal):", "if not goal:"),
    ),
    _fault(
        "two roles",
        "an actor has one role in a measure",
        "if actor in roles:",
        "if actor in roles and len(roles) > 9:",
        "tests/test_cases.py::test_case[P404]",
    ),
    _fault(
        "circle of dependencies",
        "measures do not wait for each other in a circle",
        "            if other == start:\n                return way",
        "            if other == start:\n                return ()",
        "tests/test_cases.py::test_case[P406]",
    ),
    _fault(
        "more than all money",
        "shares of funding add up to at most 100 percent",
        "if total > FULL:",
        "if total > 2 * FULL:",
        "tests/test_cases.py::test_case[P409]",
    ),
    _fault(
        "open points of a resolved plan",
        "what is open in a resolved plan keeps it from being published",
        "PlanStatus.RESOLVED: Severity.ERROR,",
        "PlanStatus.RESOLVED: Severity.WARNING,",
        "tests/test_cases.py",
    ),
    _fault(
        "picture without words",
        "a picture has an alternative text",
        "for mention in prose.undescribed:",
        "for mention in prose.undescribed[1:]:",
        "tests/test_cases.py::test_case[P608]",
    ),
    _fault(
        "findings of a line above",
        "a finding names the line where its fault stands",
        "return Location(file.path, node.line + line)",
        "return Location(file.path, node.line + line - 1)",
        "tests/test_cases.py::test_case[P601-feld]",
    ),
)

DOCUMENT = (
    _fault(
        "role lost in the matrix",
        "the matrix shows every role that an actor has",
        'tuple(role.letter if role else "" for role in roles)',
        'tuple(role.letter if role and role is not Role.INFORMATION else "" for role in roles)',
        "tests/test_agreement.py::test_the_document_has_everything[small]",
    ),
    _fault(
        "sum of the matrix",
        "the matrix counts all measures",
        "for row in everything)",
        "for row in everything[1:])",
        "tests/test_agreement.py::test_the_document_has_everything[small]",
    ),
    _fault(
        "money of a source",
        "what comes from a source is its share of the costs",
        "share = (cost * percent / WHOLE).quantize(CENT)",
        "share = (cost * percent / WHOLE / 2).quantize(CENT)",
        "tests/test_part_tables.py::test_sources_share_what_a_measure_costs",
    ),
    _fault(
        "numbers of footnotes",
        "footnotes are numbered one after the other",
        "        self.counts[name] += 1\n",
        "        self.counts[name] += 2\n",
        "tests/pdf/test_aloud.py::test_the_small_plan_sounds_as_written_down",
    ),
    _fault(
        "reference reads wrong",
        "a reference reads what it leads to is called",
        "text=self.labels.get(anchor, anchor)),)",
        "text=anchor),)",
        "tests/pdf/test_aloud.py::test_the_small_plan_sounds_as_written_down",
    ),
    _fault(
        "dash without its space",
        "a line does not begin with a dash",
        'text = _DASH.sub(f"{NBSP}– ", text)',
        'text = _DASH.sub(" – ", text)',
        "tests/test_typography.py",
    ),
    _fault(
        "quotes as typed",
        "quotes are German ones",
        'text = _OPENING.sub(r"\\1„", " ".join(text.split(" ")))',
        'text = " ".join(text.split(" "))',
        "tests/test_typography.py",
    ),
    _fault(
        "thousands with a comma",
        "numbers are written in German",
        'whole = whole.replace(",", ".")',
        'whole = whole.replace(",", ",")',
        "tests/test_typography.py",
    ),
)

PDF = (
    _fault(
        "bookmark opens another page",
        "a bookmark opens the page of its heading",
        "Dest=Array([pages[mark.place.page], Name.XYZ",
        "Dest=Array([pages[0], Name.XYZ",
        "tests/test_agreement.py::test_the_outline_leads_to_every_heading[small]",
    ),
    _fault(
        "bookmark cut",
        "a bookmark is called like its heading",
        "Title=String(mark.label),",
        "Title=String(mark.label[1:]),",
        "tests/test_agreement.py::test_the_outline_leads_to_every_heading[small]",
    ),
    _fault(
        "scope missing",
        "a table's heads say whether they head a row or a column",
        'if tag == "TH":\n',
        'if tag == "TH" and box.element is None:\n',
        "tests/pdf/test_tags.py::test_header_cells_say_what_they_head_by_scope_alone[small]",
    ),
    _fault(
        "wrong alternative text",
        "a picture is read aloud as its author describes it",
        'figure.said["Alt"] = alternative',
        'figure.said["Alt"] = alternative[::-1]',
        "tests/pdf/test_aloud.py::test_the_small_plan_sounds_as_written_down",
    ),
    _fault(
        "head of a table read again",
        "the head repeated on a further page is not read aloud",
        'artifact = known and tag == "THead"',
        'artifact = known and tag == "TBody"',
        "tests/pdf/test_tags.py::test_a_table_over_pages_has_its_head_once",
    ),
    _fault(
        "wrong language",
        "the PDF says that it is German",
        "root.Lang = String(properties.language)",
        'root.Lang = String("en")',
        "tests/test_plans.py::test_the_pdf_says_what_it_is[small]",
    ),
    _fault(
        "cache key too short",
        "a changed picture is typeset anew",
        'cache.key(b"fragment", page.encode(), styles.encode(), *picture_digests(shown, pictures))',
        'cache.key(b"fragment", page.encode(), styles.encode(), *shown and ())',
        "tests/pdf/test_cache.py::test_another_picture_under_the_same_name",
    ),
    _fault(
        "damaged entry of the cache",
        "nobody has to trust the cache's folder",
        "if not hmac.compare_digest(self._seal(key, data), digest):",
        "if not digest:",
        "tests/pdf/test_cache.py::test_damaged_entries_count_as_missing_and_are_made_anew",
        older=("if hashlib.sha256(data).digest() != digest:", "if not digest:"),
    ),
)

WORD = (
    _fault(
        "fonts not embedded",
        "the Word file looks the same on a machine without the fonts",
        "        *_embedded(package, font),\n",
        "",
        "tests/word/test_fonts.py::test_every_font_is_inside_as_it_is",
    ),
    _fault(
        "base missing",
        "the Word file carries what it was built from",
        "    embed(package, base)\n",
        "",
        "tests/back/test_edits.py::test_without_an_edit_nothing_changes",
    ),
    _fault(
        "head of a table in Word",
        "the head of a table is repeated on every page",
        'put(inner, w("tblHeader"))',
        'inner.remove(inner.find(q("tblHeader")))',
        "tests/word/test_layout.py::test_rows_stay_whole_and_heads_are_repeated",
    ),
)

WAY_BACK = (
    _fault(
        "part too large",
        "a zip that grows without measure is refused",
        "if entry.file_size > WORD_PART.most:",
        "if entry.file_size > 99 * WORD_PART.most:",
        "tests/back/test_parcel.py::test_a_part_above_the_limit",
        older=("if entry.file_size > MOST_PART:", "if entry.file_size > 99 * MOST_PART:"),
    ),
    _fault(
        "packed too well",
        "a zip bomb is refused",
        "size > WORD_RATIO.most * max(1, packed)",
        "size > 9999 * WORD_RATIO.most * max(1, packed)",
        "tests/back/test_parcel.py::test_a_bomb_of_one_part",
        older=(
            "entry.file_size > MOST_RATIO * max(1, entry.compress_size)",
            "entry.file_size > 9999 * MOST_RATIO * max(1, entry.compress_size)",
        ),
    ),
    _fault(
        "DTD accepted",
        "XML with rules of its own is refused",
        "if _DTD.search(text):",
        "if _DTD.fullmatch(text):",
        "tests/back/test_parcel.py::test_refused[entities]",
    ),
    _fault(
        "macros accepted",
        "a file with macros is refused",
        "if typed or any(_MACRO_PART in part.lower() for part in parts):",
        "if typed and any(_MACRO_PART in part.lower() for part in parts):",
        "tests/back/test_parcel.py::test_refused[macros]",
        "tests/back/test_parcel.py::test_refused[macro part]",
    ),
    _fault(
        "tracked deletion ignored",
        "what somebody deleted with tracked changes is gone",
        'frozenset(map(q, ("del", "moveFrom", "cellDel")))',
        'frozenset(map(q, ("moveFrom", "cellDel")))',
        "tests/back/test_revisions.py::test_text",
    ),
    _fault(
        "rejected author kept",
        "what a rejected author inserted stays out",
        "return author not in rejected and (author in accepted or others)",
        "return author in accepted or others or author in rejected",
        "tests/back/test_revisions_random.py",
        "tests/back/test_revisions.py::test_names_are_the_same_whatever_their_capitals",
    ),
    _fault(
        "comment lost",
        "every comment of an edited file is told",
        "_placed(comment, anchors.get(comment.number, _Anchor()), words) for comment in told)",
        "_placed(comment, anchors.get(comment.number, _Anchor()), words) for comment in told[1:])",
        "tests/back/test_comments.py::test_a_comment_with_all_it_has",
    ),
    _fault(
        "conflict not told",
        "two changes that contradict each other are shown to somebody",
        "return replace(joined, conflicts=(*joined.conflicts, conflict))",
        "return joined",
        "tests/back/test_theirs.py",
    ),
    _fault(
        "gate open",
        "what did not arrive in the sources is told",
        "    yield from _texts(comparison, built, theirs.sources)\n",
        "",
        "tests/back/test_gate.py::test_texts_that_do_not_change_although_they_should",
    ),
    _fault(
        "gate open for values",
        "a value that did not arrive is told",
        "            and now[place] != lines\n",
        "            and len(now[place]) > 99\n",
        "tests/back/test_gate.py::test_values_that_do_not_change",
    ),
    _fault(
        "moved block lost",
        "a block moved by one side and deleted by the other is a conflict",
        'if "moved" in both and "kept" not in both and not _same_place(raw, ours, theirs, both):',
        'if "moved" in both and "gone" not in both and "kept" not in both:',
        "tests/back/test_pairs.py::test_what_one_took_away_does_not_come_back_because_the_other_moved_it",
    ),
    _fault(
        "row of a table lost",
        "every row of an edited table is written",
        "return [*lines[:1], delimiter, *lines[1:]] if lines else []",
        "return [*lines[:1], delimiter, *lines[2:]] if lines else []",
        "tests/back/test_edits.py::test_an_edit_comes_back[eine Zeile am Ende]",
    ),
    _fault(
        "remark in YAML lost",
        "remarks stay where values change",
        "yield Splice(chunk.start, chunk.end, layout.remarks(chunk.start, chunk.end, column, chunk.node))",
        'yield Splice(chunk.lead, chunk.end, "")',
        "tests/back/test_yaml_text.py",
    ),
    _fault(
        "quarter read wrong",
        "a typed quarter is that quarter",
        'return parse_period(f"Q{match[1] or match[3]} {match[2] or match[4]}")',
        'return parse_period(f"Q1 {match[2] or match[4]}")',
        "tests/back/test_values.py",
    ),
    _fault(
        "thousands read as fractions",
        "a typed 15.000 is fifteen thousand",
        'found = found.replace(".", "")',
        'found = found.replace(".", ",")',
        "tests/back/test_values.py",
        older=('words = words.replace(".", "")', 'words = words.replace(".", ",")'),
    ),
)

FILES = (
    _fault(
        "replacing not whole",
        "all files are replaced or none",
        "        _restore(names, directory, old)\n        raise",
        "        raise",
        "tests/cli/test_replace.py::test_a_failure_at_any_moment_leaves_the_files",
    ),
    _fault(
        "changed meanwhile",
        "what somebody else wrote meanwhile is not overwritten",
        "    if now != before:\n        raise FileAccessError(",
        "    if now is None:\n        raise FileAccessError(",
        "tests/cli/test_replace.py::test_a_file_that_changed_meanwhile_is_not_replaced",
    ),
    _fault(
        "manifest describes other bytes",
        "the manifest's hashes are those of the files",
        "hashlib.sha256(item.data).hexdigest(), item.pages",
        "hashlib.sha256(item.data[1:]).hexdigest(), item.pages",
        "tests/cli/test_publish.py::test_all_files_and_a_manifest_that_describes_them",
    ),
)

CONSOLE = (
    _fault(
        "exit code wrong",
        "errors in the content give exit code 1",
        "    CONTENT = 1\n",
        "    CONTENT = 5\n",
        "tests/test_docs.py::test_readme_lists_every_option_and_exit_code",
    ),
    _fault(
        "German sentence missing",
        "a wrong call is answered in German",
        'return f"Die Option {error.option_name} gibt es nicht.{_meant(error.option_name, known)}"',
        "return error.message",
        "tests/cli/test_german.py::test_wrong_calls",
    ),
    _fault(
        "JSON with letters as they are",
        "JSON arrives whatever the stream's encoding",
        "return json.dumps(value, indent=1)",
        "return json.dumps(value, indent=1, ensure_ascii=False)",
        "tests/cli/test_machine.py::test_the_object_and_the_order_of_its_keys",
        "tests/cli/test_machine.py::test_whole_processes",
    ),
    _fault(
        "JSON without a line",
        "editors learn in which line a fault stands",
        '"line": item.location.line or None',
        '"line": item.location.column or None',
        "tests/cli/test_machine.py::test_the_object_and_the_order_of_its_keys",
    ),
)

FAULTS: tuple[PlantedFault, ...] = (*CONTENT, *CHECK, *DOCUMENT, *PDF, *WORD, *WAY_BACK, *FILES, *CONSOLE)
