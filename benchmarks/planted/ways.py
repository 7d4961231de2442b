"""Faults on the way back and at the ends: merging, files, the command line."""

from __future__ import annotations

from benchmarks.planted.fault import fault

WAY_BACK = (
    fault(
        "part too large",
        "a zip that grows without measure is refused",
        "if entry.file_size > WORD_PART.most:",
        "if entry.file_size > 99 * WORD_PART.most:",
        "tests/back/test_parcel.py::test_a_part_above_the_limit",
        older=("if entry.file_size > MOST_PART:", "if entry.file_size > 99 * MOST_PART:"),
    ),
    fault(
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
    fault(
        "DTD accepted",
        "XML with rules of its own is refused",
        "if _DTD.search(text):",
        "if _DTD.fullmatch(text):",
        "tests/back/test_parcel.py::test_refused[entities]",
    ),
    fault(
        "macros accepted",
        "a file with macros is refused",
        "if typed or any(_MACRO_PART in part.lower() for part in parts):",
        "if typed and any(_MACRO_PART in part.lower() for part in parts):",
        "tests/back/test_parcel.py::test_refused[macros]",
        "tests/back/test_parcel.py::test_refused[macro part]",
    ),
    fault(
        "tracked deletion ignored",
        "what somebody deleted with tracked changes is gone",
        'frozenset(map(q, ("del", "moveFrom", "cellDel")))',
        'frozenset(map(q, ("moveFrom", "cellDel")))',
        "tests/back/test_revisions.py::test_text",
    ),
    fault(
        "rejected author kept",
        "what a rejected author inserted stays out",
        "return author not in rejected and (author in accepted or others)",
        "return author in accepted or others or author in rejected",
        "tests/back/test_revisions_random.py",
        "tests/back/test_revisions.py::test_names_are_the_same_whatever_their_capitals",
    ),
    fault(
        "comment lost",
        "every comment of an edited file is told",
        "_placed(comment, anchors.get(comment.number, _Anchor()), words) for comment in told)",
        "_placed(comment, anchors.get(comment.number, _Anchor()), words) for comment in told[1:])",
        "tests/back/test_comments.py::test_a_comment_with_all_it_has",
    ),
    fault(
        "conflict not told",
        "two changes that contradict each other are shown to somebody",
        "return replace(joined, conflicts=(*joined.conflicts, conflict))",
        "return joined",
        "tests/back/test_theirs.py",
    ),
    fault(
        "gate open",
        "what did not arrive in the sources is told",
        "    yield from _texts(comparison, built, theirs.sources)\n",
        "",
        "tests/back/test_gate.py::test_texts_that_do_not_change_although_they_should",
    ),
    fault(
        "gate open for values",
        "a value that did not arrive is told",
        "        if not arrived:\n",
        "        if not arrived and len(now[place]) > 99:\n",
        "tests/back/test_gate.py::test_values_that_do_not_change",
        older=("            and now[place] != lines\n", "            and len(now[place]) > 99\n"),
    ),
    fault(
        "moved block lost",
        "a block moved by one side and deleted by the other is a conflict",
        'if "moved" in both and "kept" not in both and not _same_place(raw, ours, theirs, both):',
        'if "moved" in both and "gone" not in both and "kept" not in both:',
        "tests/back/test_pairs.py::test_what_one_took_away_does_not_come_back_because_the_other_moved_it",
    ),
    fault(
        "row of a table lost",
        "every row of an edited table is written",
        "return [*lines[:1], delimiter, *lines[1:]] if lines else []",
        "return [*lines[:1], delimiter, *lines[2:]] if lines else []",
        "tests/back/test_edits.py::test_an_edit_comes_back[eine Zeile am Ende]",
    ),
    fault(
        "remark in YAML lost",
        "remarks stay where values change",
        "yield Splice(chunk.start, chunk.end, layout.remarks(chunk.start, chunk.end, column, chunk.node))",
        'yield Splice(chunk.lead, chunk.end, "")',
        "tests/back/test_yaml_text.py",
    ),
    fault(
        "quarter read wrong",
        "a typed quarter is that quarter",
        """return f"Q{_COUNTED[match['count']]} {match['year']}\"""",
        """return f"Q1 {match['year']}\"""",
        "tests/fields",
        "tests/back/test_values.py",
        older=(
            'return parse_period(f"Q{match[1] or match[3]} {match[2] or match[4]}")',
            'return parse_period(f"Q1 {match[2] or match[4]}")',
        ),
    ),
    fault(
        "thousands read as fractions",
        "a typed 15.000 is fifteen thousand",
        'found = found.replace(".", "")',
        'found = found.replace(".", ",")',
        "tests/back/test_values.py",
        older=('words = words.replace(".", "")', 'words = words.replace(".", ",")'),
    ),
)

FILES = (
    fault(
        "replacing not whole",
        "all files are replaced or none",
        "        _restore(names, directory, old)\n        raise",
        "        raise",
        "tests/cli/test_replace.py::test_a_failure_at_any_moment_leaves_the_files",
    ),
    fault(
        "changed meanwhile",
        "what somebody else wrote meanwhile is not overwritten",
        "    if now != before:\n        raise FileAccessError(",
        "    if now is None:\n        raise FileAccessError(",
        "tests/cli/test_replace.py::test_a_file_that_changed_meanwhile_is_not_replaced",
    ),
    fault(
        "manifest describes other bytes",
        "the manifest's hashes are those of the files",
        "hashlib.sha256(item.data).hexdigest(), item.pages",
        "hashlib.sha256(item.data[1:]).hexdigest(), item.pages",
        "tests/cli/test_publish.py::test_all_files_and_a_manifest_that_describes_them",
    ),
)

CONSOLE = (
    fault(
        "exit code wrong",
        "errors in the content give exit code 1",
        "    CONTENT = 1\n",
        "    CONTENT = 5\n",
        "tests/test_docs.py::test_readme_lists_every_option_and_exit_code",
    ),
    fault(
        "German sentence missing",
        "a wrong call is answered in German",
        'return f"Die Option {error.option_name} gibt es nicht.{_meant(error.option_name, known)}"',
        "return error.message",
        "tests/cli/test_german.py::test_wrong_calls",
    ),
    fault(
        "JSON with letters as they are",
        "JSON arrives whatever the stream's encoding",
        "return json.dumps(value, indent=1)",
        "return json.dumps(value, indent=1, ensure_ascii=False)",
        "tests/cli/test_machine.py::test_the_object_and_the_order_of_its_keys",
        "tests/cli/test_machine.py::test_whole_processes",
    ),
    fault(
        "JSON without a line",
        "editors learn in which line a fault stands",
        '"line": item.location.line or None',
        '"line": item.location.column or None',
        "tests/cli/test_machine.py::test_the_object_and_the_order_of_its_keys",
    ),
)
