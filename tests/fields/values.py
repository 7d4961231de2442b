"""Kinds of fields in, out what their values may be: as they stand in the data, and as a person may write them.

What a person may write is said here once more, on its own, so that a spelling that is accepted today stays accepted.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from hypothesis import strategies as st

from pipeline.fields import amounts, indicator_row, progress, promises, references
from pipeline.fields.choices import Choice
from pipeline.fields.dates import Day, Moment, PointInTime, SpanOfTime
from pipeline.fields.kind import Kind, Record, Single
from pipeline.fields.names import PlanNames
from pipeline.fields.numbers import Number
from pipeline.fields.texts import Text
from tests.plan_strategies import efforts, periods, titles

Data = Any
Written = st.SearchStrategy[str]

NAMES = PlanNames(
    {
        "rat": ("Rat der Stadt", "Rat", "rat"),
        "bau": ("Amt für Bau, Umwelt und Verkehr", "Amt für Bau, Umwelt und Verkehr", "bau"),
        "amt": ("Amt für Bau", "Amt für Bau", "amt"),
        "ihk": ("Industrie- und Handelskammer", "IHK", "ihk"),
    },
    {"Z1.1": "Ziel, das 1. und", "Z1.2": 'Mehr "Raum" - z. B. am Bahnhof', "Z10.2": "Anderes"},
    {"M1.1.1": 'Feste "Stelle" je Betrieb', "M1.1.2": "Andere Maßnahme", "M1.2.10": "Titel, (und) noch einer"},
)
MONTHS = (
    *("Januar", "Februar", "März", "April", "Mai", "Juni"),
    *("Juli", "August", "September", "Oktober", "November", "Dezember"),
)
AMOUNTS = st.integers(0, 10**9).map(str) | st.sampled_from(["0,5", "12.25", "1.1250", "15000.00", "0"])
SIGNED = AMOUNTS | AMOUNTS.map(lambda amount: f"-{amount}" if amount != "0" else amount)
DAYS = st.dates().filter(lambda day: day.year >= 1000).map(lambda day: day.isoformat())


def sayable(text: str) -> str:
    """Words that hold nothing that could be an amount, a share or a state: an item may have others, see test_kinds."""
    return "".join("x" if letter in "0123456789%()[]€" else letter for letter in text)


def _effort(value: Data) -> Data:
    return {**value, "text": sayable(value["text"])} if "text" in value else value


def data(kind: Single | Record) -> st.SearchStrategy[Data]:
    """Values as they stand in the data."""
    match kind:
        case Choice():
            return st.sampled_from([item.value for item in kind.vocabulary])
        case Number():
            number = st.integers(1990, 2200).map(str) if kind.whole else SIGNED
            return number | st.sampled_from(kind.instead) if kind.instead else number
        case PointInTime():
            return periods() | st.sampled_from(kind.instead) if kind.instead else periods()
        case _:
            return _DATA[type(kind)]


_DETAILS = {"datum": DAYS, "bemerkung": titles(60)}
_RESULTS = st.fixed_dictionaries(
    {"ergebnis": st.sampled_from(["erreicht", "entfallen"])}, optional=_DETAILS
) | st.fixed_dictionaries({"ergebnis": st.just("verschoben"), "neuer_termin": periods()}, optional=_DETAILS)
ACTUALS = st.fixed_dictionaries({"datum": DAYS | periods(), "wert": SIGNED})

_DATA: Mapping[type[Kind], st.SearchStrategy[Data]] = MappingProxyType(
    {
        Text: titles(60),
        Day: DAYS,
        references.Actor: st.sampled_from(sorted(NAMES.actors)),
        references.Goal: st.sampled_from(sorted(NAMES.goals)),
        references.Measure: st.sampled_from(sorted(NAMES.measures)),
        SpanOfTime: st.fixed_dictionaries({"von": periods(), "bis": periods() | st.just("fortlaufend")}),
        amounts.Effort: efforts().map(_effort),
        amounts.Funding: st.fixed_dictionaries(
            {"quelle": titles(40).map(sayable), "stand": st.sampled_from(["gesichert", "beantragt", "offen"])},
            optional={"anteil": st.sampled_from(["0", "12,5", "33", "40.0", "100"])},
        ),
        references.Participant: st.sampled_from(sorted(NAMES.actors))
        | st.fixed_dictionaries({"akteur": st.sampled_from(sorted(NAMES.actors)), "beitrag": titles(60)}),
        Moment: DAYS | periods(),
        progress.Effect: st.fixed_dictionaries(
            {"groesse": titles(40).map(sayable), "betrag": SIGNED},
            optional={"einheit": st.sampled_from(["%", "t CO₂/a", "Euro je Einwohner", "m²"]), "bis": periods()},
        ),
        progress.StatusNote: st.fixed_dictionaries(
            {
                "datum": DAYS | periods(),
                "zustand": st.sampled_from(["im_plan", "verzoegert", "gefaehrdet", "erreicht", "entfallen"]),
            },
            optional={"text": titles(60), "verfasser": st.sampled_from(sorted(NAMES.actors))},
        ),
        promises.Milestone: st.builds(
            lambda promised, result: {**promised, **result},
            st.fixed_dictionaries(
                {"termin": periods(), "titel": titles(60).map(sayable)},
                optional={"gremium": st.sampled_from([*sorted(NAMES.actors), "Ausschuss für Wirtschaft, Bau"])},
            ),
            st.just({}) | _RESULTS,
        ),
        progress.Actual: ACTUALS,
        progress.Spending: st.fixed_dictionaries({"jahr": st.integers(1990, 2199).map(str), "euro": AMOUNTS}),
        promises.Commitment: st.fixed_dictionaries({"akteur": st.sampled_from(sorted(NAMES.actors)), "datum": DAYS}),
        indicator_row.Indicator: st.fixed_dictionaries(
            {"name": titles(60)},
            optional={
                "einheit": st.sampled_from(["%", "Tage", "Euro je Einwohner", "m²"]),
                "ausgangswert": SIGNED | st.just("noch zu erheben"),
                "datum": periods(),
                "zielwert": SIGNED,
                "richtung": st.sampled_from(["mindestens", "hoechstens", "genau"]),
                "zieldatum": periods(),
                "erhebung": titles(60),
                "istwerte": st.lists(ACTUALS, min_size=1, max_size=3, unique_by=lambda item: item["datum"][:4]),
            },
        ),
    }
)


# --- as a person writes them --------------------------------------------------------------------------------------


def written(kind: Single | Record, value: Data) -> Written:
    """A value of the data as a person may type it on one line."""
    match kind:
        case Choice():
            label = next(item.label for item in kind.vocabulary if item.value == value)
            return any_case(label, value, value.replace("_", " "), f"Angabe {label}", f"Angabe: {label}", f" {label}  ")
        case Number() if kind.whole or value in kind.instead:
            return any_case(value)
        case Number() if kind.unit:
            units = ["", f" {kind.unit}", f"\u00a0{kind.unit}", *([" €", "€", " EUR"] if kind.unit == "Euro" else [])]
            return st.builds("{}{}".format, number(value, spaced=True), st.sampled_from(units))
        case PointInTime() if value in kind.instead:
            return any_case(value)
        case _:
            return _WRITTEN[type(kind)](value)


def any_case(*texts: str) -> Written:
    """One of the texts, as it is or in small or large letters."""
    return st.sampled_from(texts).flatmap(lambda text: st.sampled_from([text, text.lower(), text.upper()]))


def number(value: str, *, spaced: bool = False) -> Written:
    """With comma or point, points or spaces for thousands or none; a minus sign or a dash."""
    whole, _, fraction = value.replace(",", ".").lstrip("-").partition(".")
    groups = [f"{int(whole):,}".replace(",", sign) for sign in (". \u202f" if spaced else ".")]
    ways = [f"{form},{fraction}" if fraction else form for form in (*groups, whole)]
    if fraction and len(fraction) != 3:  # of three digits behind a point they would be thousands
        ways.append(f"{whole}.{fraction}")
    signs = ["-", "–", "−"] if value.startswith("-") else [""]
    return st.builds(lambda sign, way: sign + way, st.sampled_from(signs), st.sampled_from(ways))


def day(value: str) -> Written:
    year, month, number = (int(part) for part in value.split("-"))
    name = MONTHS[month - 1]
    return any_case(
        value,
        f"{number:02}.{month:02}.{year}",
        f"{number}.{month}.{year}",
        f"{number}. {month}. {year}",
        f"{number}. {name} {year}",
        f"{number}.\u00a0{name} {year}",
        f"{number}. {name[:3]} {year}" if len(name) > 3 else f"{number}. {name} {year}",
        f"{number}. {name[:3]}. {year}" if len(name) > 3 else f"{number}. {name} {year}",
    )


def period(value: str) -> Written:
    if value.startswith("Q"):
        quarter, year = value[1], value[-4:]
        roman = ("I", "II", "III", "IV")[int(quarter) - 1]
        edge = {"1": "Anfang", "4": "Ende"}.get(quarter)
        return any_case(
            *(f"Q{quarter}{between}{year}" for between in (" ", "/", " / ", "", "\u00a0")),
            *(f"{quarter}. Quartal {year}", f"{quarter}.Quartal {year}", f"{quarter}. Quartal, {year}"),
            *(f"{roman}/{year}", f"{roman}. Quartal {year}", f"Q {roman}/{year}", f"{year} Q{quarter}"),
            *([f"{edge} {year}", f"Jahres{edge.lower()} {year}"] if edge else []),
        )
    if "-" in value:
        year, month = value.split("-")
        name = MONTHS[int(month) - 1]
        short = name[:3]
        return any_case(
            value, f"{name} {year}", f"{short} {year}", f"{short}. {year}", f"{month}/{year}", f"{month}.{year}"
        )
    return st.just(value)


def span(value: Data) -> Written:
    if value["bis"] == "fortlaufend":
        ways = ("ab {0}, fortlaufend", "{0} – fortlaufend", "{0} bis fortlaufend", "ab {0} fortlaufend", "ab {0}")
        return st.builds(str.format, st.sampled_from(ways), period(value["von"]))
    joints = ("{0} – {1}", "{0} - {1}", "{0} bis {1}", "von {0} bis {1}", "{0}–{1}", "{0} — {1}", "{0}—{1}")
    several = st.builds(str.format, st.sampled_from(joints), period(value["von"]), period(value["bis"]))
    if value["von"].count("-") == value["bis"].count("-") == 1:  # months, by their first and their last day
        (first, one), (last, other) = value["von"].split("-"), value["bis"].split("-")
        end = calendar.monthrange(int(last), int(other))[1]
        several |= st.builds(
            f"01.{one}.{first}{{}}{end}.{other}.{last}".format, st.sampled_from([" – ", " - ", "–", "-", " bis "])
        )
    return several | period(value["von"]) if value["von"] == value["bis"] else several


def actor(value: str) -> Written:
    return any_case(*NAMES.actors[value], NAMES.actors[value][0].replace("-", "\u2011"))


def goal(value: str) -> Written:
    number, title = value[1:], NAMES.goals[value]
    return any_case(
        *(number, value, f"Ziel {number}", f"Ziel {value}", title, f"{number} {title}", f"Ziel {number} {title}"),
        *(f"Ziel {number}: {title}", f"{number} – {title}", f"{number} „{title}“".replace("„", "").replace("“", "")),
    )


def measure(value: str) -> Written:
    number, title = value[1:], NAMES.measures[value]
    return any_case(
        number, value, f"Maßnahme {number}", title, f"{number} {title}", f"Maßnahme {number}: {title}"
    ).filter(
        lambda text: "MASSNAHME" not in text  # ß has no large letter that folds back to it
    )


HALF = 0.5


def effort(value: Data) -> Written:
    if "text" in value:
        return st.just(value["text"])
    units = {
        "euro": ["Euro", "€", "EUR"],
        "personentage": ["Personentage", "Personentag", "PT"],
        "stellen": ["Stellen", "Stelle", "VZÄ"],
    }
    often = {
        "einmalig": ["einmalig"],
        "jaehrlich": ["jährlich", "pro Jahr", "im Jahr", "je Jahr", "p. a.", "p.a.", "jaehrlich", "/Jahr", "/ Jahr"],
    }
    year = value.get("jahr")
    if value["einheit"] == "stellen" and value["betrag"] == HALF and "betrag_bis" not in value:
        half = any_case("eine halbe Stelle", "halbe Stelle", "½ Stelle", "0,5 Stellen", "0.5 Stelle")
        return st.builds(
            "{} {}{}".format, half, any_case(*often[value["turnus"]]), st.just(f" ({year})" if year else "")
        )
    least, most, names = plain(value["betrag"]), value.get("betrag_bis"), units[value["einheit"]]
    if value["einheit"] == "euro" and most is None and least.endswith("000"):
        least, names = least[:-3], ["T€", "TEUR", "Tsd. Euro"]
    return st.builds(
        lambda amount, more, unit, turn, end: f"{amount}{more} {unit} {turn}{end}",
        number(least, spaced=True),
        st.builds("{}{}".format, st.sampled_from([" bis ", " – ", "–", " - "]), number(plain(most), spaced=True))
        if most is not None
        else st.just(""),
        any_case(*names),
        any_case(*often[value["turnus"]]),
        st.sampled_from([f" ({year})", f" {year}"] if year else [""]),
    )


def plain(amount: int | float | str) -> str:
    return format(amount, "f").rstrip("0").rstrip(".") if isinstance(amount, float) else str(amount)


def funding(value: Data) -> Written:
    share = value.get("anteil")
    ways = [" {} %", " {}%", " {} Prozent", " {} v.H.", " {} v. H.", ": {} %", " – {} %"]
    shares = st.builds(str.format, st.sampled_from(ways), number(share)) if share else st.just("")
    between = st.sampled_from([" ", ""])
    return st.builds("{}{}{}({})".format, st.just(value["quelle"]), shares, between, any_case(value["stand"]))


def milestone(value: Data) -> Written:
    between = st.sampled_from(["\t", " ", ": ", "\u00a0", " – ", " - ", " | ", ", "])
    body = value.get("gremium")
    who = actor(body) if body in NAMES.actors else st.just(body)
    ways = st.sampled_from([" (entscheidet: {})", " (Entscheidet: {})", " (Gremium: {})"])
    told = st.builds(str.format, ways, who) if body else st.just("")
    became = result(value) if "ergebnis" in value else st.just("")
    return st.builds("{}{}{}{}{}".format, period(value["termin"]), between, st.just(value["titel"]), told, became)


def result(value: Data) -> Written:
    """What became of a milestone, behind its title."""
    dash = st.sampled_from([" – ", " - ", " — "])
    on = period(value["neuer_termin"]).map(lambda due: f" auf {due}") if "neuer_termin" in value else st.just("")
    dates = st.builds(
        str.format, st.sampled_from([" ({})", " (am {})", " am {}"]), day(value.get("datum", "2000-01-01"))
    )
    remark = f": {value['bemerkung']}" if "bemerkung" in value else ""
    when = dates if "datum" in value else st.just("")
    return st.builds("{}{}{}{}{}".format, dash, any_case(value["ergebnis"]), on, when, st.just(remark))


def actual(value: Data) -> Written:
    leads = st.sampled_from(["Ist ", "ist ", "Istwert ", "Ist, "])
    return st.builds("{}{}: {}".format, leads, moment(value["datum"]), number(value["wert"], spaced=True))


def spending(value: Data) -> Written:
    units, between = st.sampled_from([" Euro", " €", ""]), st.sampled_from([": ", " – ", " - ", ":"])
    return st.builds("{}{}{}{}".format, any_case(value["jahr"]), between, number(value["euro"], spaced=True), units)


def commitment(value: Data) -> Written:
    ways = st.sampled_from(["{}, {}", "{} {}", "{} ({})", "{}  ,{}", "{}: {}", "{} – {}"])
    digits = st.sampled_from(["{2}.{1}.{0}", "{2}. {1}. {0}", "{0}-{1}-{2}"])
    dates = digits.map(lambda form: form.format(*value["datum"].split("-")))
    return st.builds(str.format, ways, actor(value["akteur"]), dates)


def participant(value: Data) -> Written:
    if isinstance(value, str):
        return actor(value)
    between = st.sampled_from([": ", ":", ":\u00a0"])
    return st.builds("{}{}{}".format, actor(value["akteur"]), between, st.just(value["beitrag"]))


def moment(value: str) -> Written:
    return day(value) if value.count("-") == 2 else period(value)


def effect(value: Data) -> Written:
    until = value.get("bis")
    ends = [" (bis {})", " bis {}", ", bis {}"] if value.get("einheit") else [" (bis {})"]
    end = st.builds(str.format, st.sampled_from(ends), period(until)) if until else st.just("")
    unit = f" {value['einheit']}" if value.get("einheit") else ""
    return st.builds(
        "{}: {}{}{}".format, st.just(value["groesse"]), number(value["betrag"], spaced=True), st.just(unit), end
    )


def status_note(value: Data) -> Written:
    labels = {"im_plan": "im Plan", "verzoegert": "verzögert", "gefaehrdet": "gefährdet"}
    state = any_case(labels.get(value["zustand"], value["zustand"]), value["zustand"])
    author = actor(value["verfasser"]).map(lambda name: f" ({name})") if "verfasser" in value else st.just("")
    said = st.just(f": {value['text']}" if "text" in value else "")
    between = st.sampled_from(["\t", " ", ": ", " – "])
    return st.builds("{}{}{}{}{}".format, moment(value["datum"]), between, state, author, said)


_DIRECTIONS = {
    "mindestens": ["mindestens ", "Mindestens ", "mind. ", "min. ", "≥ ", "≥"],
    "hoechstens": ["höchstens ", "Höchstens ", "hoechstens ", "max. ", "maximal ", "≤ "],
    "genau": ["genau ", "Genau "],
}


def indicator(value: Data) -> Written:
    """Cells with tabs between; a value and its date on two lines, or of a target on one."""
    unit = f" {value['einheit']}" if value.get("einheit") else ""
    bare_unit = [unit, unit.strip()] if unit.strip() == "%" else [unit]

    def amount(text: str) -> Written:
        return st.builds("{}{}".format, number(text, spaced=True), st.sampled_from(bare_unit))

    def dated(text: str, date: str | None, leads: list[str]) -> Written:
        if not date:
            return amount(text)
        return st.builds("{}{}{}".format, amount(text), st.sampled_from(leads), period(date))

    start = value.get("ausgangswert", "noch zu erheben")
    target, collection = value.get("zielwert"), value.get("erhebung")
    first = (
        any_case(start) | st.sampled_from(["–", "keine"])
        if start == "noch zu erheben"
        else dated(start, value.get("datum"), ["\n", "\v"])
    )
    for item in value.get("istwerte", []):
        first = st.builds("{}{}{}".format, first, st.sampled_from(["\n", "\v"]), actual(item))
    words = _DIRECTIONS.get(value.get("richtung", ""), [""])
    last = (
        st.builds(
            "{}{}".format,
            st.sampled_from(words),
            dated(target, value.get("zieldatum"), ["\n", "\nbis ", "\nBis ", " bis ", ", bis ", "\nbis zum "]),
        )
        if target
        else st.sampled_from(["–", "-", "", "keiner", "noch festzulegen", "Noch  festzulegen"])
    )
    end = st.just(collection) if collection else st.sampled_from(["–", "", "-", "—", "keine"])
    return st.builds("{}\t{}\t{}\t{}".format, st.just(value["name"]), first, last, end)


_WRITTEN: Mapping[type[Kind], Callable[[Any], Written]] = MappingProxyType(
    {
        Text: lambda value: st.sampled_from([value, f"  {value} ", value.replace(" ", "\u00a0")]),
        Number: number,
        Day: day,
        PointInTime: period,
        references.Actor: actor,
        references.Goal: goal,
        references.Measure: measure,
        SpanOfTime: span,
        amounts.Effort: effort,
        amounts.Funding: funding,
        promises.Milestone: milestone,
        promises.Commitment: commitment,
        indicator_row.Indicator: indicator,
        references.Participant: participant,
        Moment: moment,
        progress.Effect: effect,
        progress.StatusNote: status_note,
        progress.Actual: actual,
        progress.Spending: spending,
    }
)
