"""Every word of the sources is in the PDF; the script that says so for any folder knows a lost one when it sees it."""

from __future__ import annotations

import re

from benchmarks.lost_words import chapters_of, lost_words, words
from pipeline.actions.aloud import read_aloud
from pipeline.content.read import read
from pipeline.content.texts import read_texts
from tests.building import Built


def test_no_word_of_the_sources_is_lost(built: Built) -> None:
    plan, texts = built.loaded.plan, read_texts(read(built.content))
    printed = "\n".join(read_aloud(built.file(".pdf")))
    assert lost_words(plan, chapters_of(texts), printed) == []
    word = min(words(plan.measures[0].title))
    assert lost_words(plan, chapters_of(texts), re.sub(word, "", printed, flags=re.IGNORECASE)) != []
