"""Faults in how it is read what somebody typed: values taken in half, or for something that nobody said."""

from __future__ import annotations

from benchmarks.planted.fault import fault

TYPED = (
    fault(
        "unit with a date",
        "a unit takes no date along",
        "if found and (_YEAR.search(found) or _HOLDS_END.search(found) or not _BEGINNING.match(found)):",
        "if found and not _BEGINNING.match(found):",
        "tests/fields/test_near_misses.py",
    ),
    fault(
        "share in a name",
        "a share that is misspelt does not become a source's name",
        "if shown(source) != shown(own) and (_holds_more(source) or (share and _ABOUT.search(source))):",
        "if not source:",
        "tests/fields/test_near_misses.py",
    ),
    fault(
        "amount in words",
        "an amount is not told in words, where no sum holds it",
        "or not _holds_amount(text)):",
        "or text):",
        "tests/fields/test_near_misses.py",
    ),
    fault(
        "two dates",
        "a second date is no part of a milestone's title",
        "if begins_with_date(title):",
        "if not title:",
        "tests/fields/test_near_misses.py",
        "tests/back/test_values.py::test_what_is_not_understood_is_told",
    ),
    fault(
        "day cut off",
        "a day in the middle of a month does not become that month",
        "if day.day == 1 or _is_last(day):",
        "if day.day:",
        "tests/back/test_values.py::test_what_is_not_understood_is_told",
    ),
    fault(
        "entries run together",
        "a line that is broken between two entries parts them",
        "lines = [entry for line in lines for entry in apart(line)]",
        "lines = [line for line in lines if apart(line)]",
        "tests/back/test_values.py::test_what_a_person_may_write",
    ),
    fault(
        "looks compared",
        "a value that only looks right is no value",
        "return bool(_seen(one, item) == _seen(other, item))",
        "return one is not None or other is not None",
        "tests/back/test_values.py::test_what_looks_right_is_not_yet_the_value",
    ),
    fault(
        "hidden text printed",
        "what somebody hid in Word is not printed",
        "stays = said in known()",
        "stays = True",
        "tests/back/test_unsupported.py::test_hidden_text_is_told_and_taken_only_where_it_stood_already",
    ),
    fault(
        "page number lost",
        "a page number that was a field stays in the text",
        "not (self._in_contents and self._counts_pages())",
        "not self._counts_pages()",
        "tests/back/test_reading.py::test_page_numbers_are_words_and_in_the_contents_list_nothing",
    ),
)
