"""The faults by name, each with how it is planted and what it must yield; `tests/faults.py` says how."""

from __future__ import annotations

from tests.faults import (
    Fault,
    add,
    double,
    drop,
    file_with,
    homeless,
    in_plan,
    in_text,
    itself,
    key_again,
    plan_value,
    put,
    strange,
    unknown_key,
)

LONG = "x" * 201
YEARLY = {"betrag": 1, "einheit": "euro", "turnus": "jaehrlich"}
BASELINE = {"name": "Zahl", "ausgangswert": 1, "zielwert": 2, "zieldatum": "2030", "richtung": "genau"}
UNDIRECTED = {"name": "Zahl", "ausgangswert": 2, "datum": 2026, "zielwert": 2, "zieldatum": "2030"}
PROPOSAL = "vorschlag:\n  titel: Etwas Neues\n  id: V95"
IN_BRACES = "vorschlag: {id: V951, eingang: 2026-11-01, titel: Neu, beschreibung:"
TWICE = {"quelle": "Land", "anteil": 60}

WRONG: dict[str, Fault] = {
    "field missing: title": drop("measure", "P107", "titel"),
    "field missing: goal": drop("measure", "P107", "ziel"),
    "field missing: description": drop("measure", "P107", "beschreibung"),
    "field missing: end": drop("measure", "P107", "zeitraum", "bis"),
    "field missing: sentence": drop("goal", "P107", "zielsatz"),
    "field missing: kind": drop("actor", "P107", "art"),
    "field missing: meaning": drop("term", "P107", "bedeutung"),
    "field missing: lead of a field": drop("field", "P107", "vorspann"),
    "field missing: proposal's title": drop("proposal", "P107", "titel"),
    "unknown key of a measure": unknown_key("measure", "P106", "titell"),
    "unknown key of a goal": unknown_key("goal", "P106", "ziel"),
    "unknown key of an actor": unknown_key("actor", "P106", "farbe"),
    "unknown key of a proposal": unknown_key("proposal", "P106", "nummer"),
    "key twice in a measure": key_again("measure", "titel"),
    "key twice in an actor": key_again("actor", "id"),
    "text for a list": put("measure", "P105", ("mitwirkung",), "amt"),
    "text for a group": put("measure", "P105", ("zeitraum",), "2028"),
    "list for a text": put("measure", "P105", ("titel",), ["ein", "Titel"]),
    "group for a text": put("goal", "P105", ("zielsatz",), {"text": "ein Satz"}),
    "malformed number": put("measure", "P108", ("id",), "M1", fresh=True),
    "malformed goal": put("measure", "P108", ("ziel",), "1.1"),
    "malformed ID": put("actor", "P108", ("id",), "Das Amt", fresh=True),
    "impossible quarter": put("measure", "P108", ("zeitraum", "von"), "Q5 2028"),
    "impossible month": put("measure", "P108", ("zeitraum", "bis"), "2028-13"),
    "impossible day": put("proposal", "P108", ("eingang",), "2026-02-30"),
    "amount with a point": put("measure", "P108", ("aufwand",), [{**YEARLY, "betrag": "1.000"}], at=(0, "betrag")),
    "unknown status": put("measure", "P109", ("status",), "fertig"),
    "unknown kind": put("actor", "P109", ("art",), "firma"),
    "unknown priority": put("measure", "P109", ("prioritaet",), "dringend"),
    "title too long": put("measure", "P110", ("titel",), LONG),
    "title too short": put("field", "P110", ("titel",), "ab"),
    "sentence too short": put("goal", "P110", ("zielsatz",), "Ja."),
    "hidden character in a title": strange("measure", "titel", "P115", "\u202e"),
    "hidden character in a name": strange("actor", "name", "P115", "\u202e"),
    "unknown publisher": in_plan("P202", "herausgeber", "niemand"),
    "unknown text": in_plan("P203", "gliederung", {"text": "fehlt"}, ("text",)),
    "text twice": in_plan("P204", "gliederung", {"text": "anfang"}),
    "part twice": in_plan("P204", "gliederung", {"teil": "zeitplan"}),
    "field that no part knows": in_plan(
        "P302", "gliederung", {"teil": "verzeichnis", "handlungsfeld": 777}, ("handlungsfeld",)
    ),
    "strand twice": in_plan("P205", "straenge", {"id": "strang-0", "name": "Nochmal", "zeichen": "Z"}, ("id",)),
    "sign twice": in_plan("P205", "straenge", {"id": "neu", "name": "Neu", "zeichen": "A"}, ("zeichen",)),
    "edition that there is not": plan_value("P207", ("ersetzt",), "0.0.9"),
    "field of action twice": double("field", "P206", "nummer"),
    "goal twice": double("goal", "P301"),
    "measure twice": double("measure", "P401"),
    "actor twice": double("actor", "P501"),
    "term twice": double("term", "P609"),
    "goal without field": put("goal", "P302", ("handlungsfeld",), 777),
    "target date outside": add(
        "goal", "P303", "indikatoren", {"name": "Zahl", "zielwert": 1, "zieldatum": "2050"}, ("zieldatum",)
    ),
    "unknown goal": put("measure", "P402", ("ziel",), "Z999.9"),
    "unknown further goal": add("measure", "P402", "weitere_ziele", "Z999.9"),
    "unknown lead": put("measure", "P403", ("federfuehrung",), "niemand"),
    "unknown participant": add("measure", "P403", "mitwirkung", "niemand"),
    "unknown committer": add("measure", "P403", "zusagen", {"akteur": "niemand", "datum": "2026-10-01"}, ("akteur",)),
    "two roles": add(
        "measure",
        "P404",
        "information",
        lambda measure: (
            measure["federfuehrung"][:1] if isinstance(measure["federfuehrung"], list) else [measure["federfuehrung"]]
        ),
    ),
    "unknown dependency": add("measure", "P405", "abhaengig_von", "M999.9.9"),
    "unknown replacement": put("measure", "P405", ("ersetzt_durch",), "M999.9.9", fresh=True),
    "dependency on itself": itself("abhaengig_von", "P406"),
    "end before start": put("measure", "P407", ("zeitraum", "bis"), "1999"),
    "milestone outside": add("measure", "P408", "meilensteine", {"termin": "1999", "titel": "Damals"}, ("termin",)),
    "more than all money": add("measure", "P409", "finanzierung", lambda _: [TWICE, TWICE], None),
    "measure of nobody": homeless,
    "replaced by itself": itself("ersetzt_durch", "P412"),
    "merged with itself": itself("zusammengefuehrt_mit", "P412"),
    "own goal as a further one": add("measure", "P413", "weitere_ziele", lambda measure: [measure["ziel"]]),
    "proposal names nobody": put("proposal", "P422", ("federfuehrung",), "niemand"),
    "proposal names no goal": put("proposal", "P422", ("ziel",), "Z999.9"),
    "adopted as nothing": put("proposal", "P423", ("stand",), "uebernommen", fresh=True),
    "rejected without a word": put("proposal", "P423", ("stand",), "abgelehnt", fresh=True),
    "actor of no strand": put("actor", "P502", ("strang",), "nirgends"),
    "cell too many in a field": put("measure", "P611", ("beschreibung",), "| a |\n|---|\n| b | c |"),
    "reference in a field": put("measure", "P601", ("beschreibung",), "Siehe [](#M999.9.9)."),
    "effort in a year of its own": add("measure", "P411", "aufwand", {**YEARLY, "jahr": 2028}, ("jahr",), fresh=True),
    "part in a field": put("term", "P602", ("bedeutung",), ":::{zeitplan}\n:::"),
    "picture in a field": put("measure", "P604", ("beschreibung",), "![x](bilder/fehlt.png)"),
    "heading in a field": put("field", "P606", ("vorspann",), "# Gross"),
    "note in a field": put("measure", "P607", ("beschreibung",), "Siehe[^fehlt]."),
    "no words for a picture": put("measure", "P608", ("beschreibung",), "![](bilder/punkt.svg)"),
    "program in a field": put("proposal", "P610", ("beschreibung",), "[x](javascript:y)"),
    "levels in a field": put("measure", "P113", ("beschreibung",), ">" * 60 + " x"),
    "reference in the text": in_text("P601", 2, "Erst etwas.", "", "Siehe [](#M999.9.9)."),
    "part in the text": in_text("P602", 0, ":::{fehlt}", ":::"),
    "option in the text": in_text("P603", 0, ":::{ziele_und_indikatoren}", "handlungsfeld: 777", ":::"),
    "picture in the text": in_text("P604", 0, "![x](fehlt.png)"),
    "ID in the text": in_text("P605", 2, "Etwas.", "", "## Nochmal {#weiter}"),
    "level in the text": in_text("P606", 0, "#### Tief", "", "x"),
    "second heading in the text": in_text("P606", 0, "# Zweiter Anfang", "", "x"),
    "note in the text": in_text("P607", 1, "Etwas", "und mehr[^fehlt]."),
    "words in the text": in_text("P608", 0, "![](../bilder/punkt.svg)"),
    "address in the text": in_text("P610", 3, "a", "", "b", "[x](file:///etc/passwd)"),
    "table without its line in the text": in_text("P611", 0, "| a | b |", "| 1 | 2 |"),
    "HTML in the text": in_text("P612", 0, "Das ist <b>so</b>."),
    "part twice by the text": in_text("P204", 0, ":::{zeitplan}", ":::"),
    "file that nobody reads": file_with("P111", "notizen.txt", "x"),
    "strand that there is not": file_with("P111", "fremd/ziele.yaml", "ziele: []"),
    "key inside a text": file_with(
        "P120", "vorschlaege/V950.yaml", f"{PROPOSAL}0\n  beschreibung: |\n    Neu.\n    ziel: Z1.1\n", (6, 5)
    ),
    "comma in braces": file_with("P121", "vorschlaege/V951.yaml", f"{IN_BRACES} Alt, neu}}\n", (1, 75)),
    "copy of a file": file_with("P122", "plan - Kopie.yaml", "titel: Alt\n"),
    "sign that no font has": strange("term", "begriff", "P118", "\U0001f44d"),
    "broken picture": file_with("P112", "bilder/kaputt.png", "x"),
}
"""Faults that are always errors; several may come together."""

ALONE: dict[str, Fault] = {
    "empty file": file_with("P105", "gemeinsam/leer.yaml", "", (1, 1)),
    "unknown part": in_plan("P109", "gliederung", {"teil": "anhang"}, ("teil",)),
    "neither text nor part": in_plan("P108", "gliederung", {"handlungsfeld": 1}),
    "impossible date of the plan": plan_value("P108", ("stand",), "31.12.2026"),
    "not UTF-8": file_with("P102", "gemeinsam/latein.yaml", b"ziele: []\n# gr\xfc\xdfe\n", (2, 5)),
    "tabs": file_with("P103", "gemeinsam/tab.yaml", "ziele:\n\t- id: Z1.1\n", (2, 1)),
    "bracket": file_with("P103", "gemeinsam/klammer.yaml", "ziele: [a, b\n", (1, 8)),
    "tag": file_with("P113", "gemeinsam/marke.yaml", "ziele: !!set []\n", (1, 8)),
}
"""Faults of whole files and of plan.yaml: without these, much of what else is wrong cannot be told."""

OPEN: dict[str, Fault] = {
    "no commitment": drop("measure", "P451", "zusagen"),
    "no milestone": drop("measure", "P452", "meilensteine"),
    "no effort": drop("measure", "P453", "aufwand"),
    "no funding": drop("measure", "P454", "finanzierung"),
    "funding not secured": put(
        "measure", "P454", ("finanzierung",), [{"quelle": "Land", "stand": "offen"}], fresh=True
    ),
    "not resolved": put("measure", "P455", ("status",), "abgestimmt", fresh=True),
    "nobody knows when": drop("measure", "P457", "zeitraum"),
    "no indicator": drop("goal", "P351", "indikatoren"),
    "no target": drop("goal", "P352", "indikatoren", 0, "zielwert"),
    "no target date": drop("goal", "P352", "indikatoren", 0, "zieldatum"),
    "no baseline": drop("goal", "P353", "indikatoren", 0, "ausgangswert"),
    "no direction": put("goal", "P356", ("indikatoren",), [UNDIRECTED], at=(0, "richtung"), fresh=True),
    "no date of the baseline": put("goal", "P355", ("indikatoren",), [BASELINE], at=(0, "ausgangswert"), fresh=True),
    "open step": in_plan("P251", "beschlussweg", {"schritt": "Nochmal", "gremium": "Rat"}),
    "waiting proposal": put("proposal", "P473", ("eingang",), "2026-01-01", fresh=True),
    "useless settlement": in_plan("P271", "hinweise", {"code": "P371", "id": "Z999.9", "begruendung": "So."}),
}
"""What is open or to be weighed: notes in a draft."""
