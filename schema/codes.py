"""The closed list of what can be found in a plan: code, nature, and a sentence on what it means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType
from typing import Final


class Nature(Enum):
    """What a finding is: its severity follows from this and from what the document claims to be."""

    WRONG = "falsch"  # always an error
    DOUBTFUL = "vermutlich anders gemeint"  # always a warning
    OPEN = "offen"  # note in a draft, warning in a proposed, error in a resolved plan
    TOLD = "zur Kenntnis"  # always a note
    JUDGEMENT = "abzuwägen"  # never more than a warning; can be settled


@dataclass(frozen=True)
class Code:
    """One entry of the list; `meaning` is what the authors' page says, `topic` what a list of open points calls it."""

    code: str
    nature: Nature
    meaning: str
    topic: str = ""


OWN_FIELD_OPEN: Final = "P458"  # of which a list of open points says the field's own label
BY_RESOLUTION: Final = frozenset(("P251", "P455"))  # which the resolution itself settles
NOT_RESERVED: Final = BY_RESOLUTION | {"P252"}  # open while there is no resolution at all
MARKED_OPEN: Final = "P651"  # of which it says the words

_TOPICS = {
    "P251": "Ergebnis des Schritts",
    "P351": "Indikator",
    "P352": "Zielwert oder Zieldatum",
    "P353": "Ausgangswert",
    "P354": "Maßnahme",
    "P355": "Stand des Ausgangswerts",
    "P451": "Zusage der Federführung",
    "P452": "Meilenstein",
    "P453": "Aufwand",
    "P454": "Finanzierung",
    "P455": "Beschluss",
    "P456": "Federführung",
    "P457": "Zeitraum",
    "P252": "Beschlussvorschlag",
    "P356": "Richtung des Zielwerts",
    OWN_FIELD_OPEN: "Eigenes Feld",
    MARKED_OPEN: "Vermerk",
}


def _table(nature: Nature, **meanings: str) -> dict[str, Code]:
    return {code: Code(code, nature, meaning, _TOPICS.get(code, "")) for code, meaning in meanings.items()}


CODES: Mapping[str, Code] = MappingProxyType(
    dict(
        sorted(
            {
                **_table(
                    Nature.WRONG,
                    P101="Eine Datei fehlt, ohne die es keinen Plan gibt.",
                    P102="Eine Datei ist nicht in UTF-8 gespeichert.",
                    P103="Eine Datei ist kein gültiges YAML.",
                    P104="Ein Schlüssel steht zweimal an derselben Stelle.",
                    P105="Der Aufbau stimmt nicht: eine Liste, ein Text oder eine Gruppe von Angaben wird erwartet.",
                    P106="Ein Schlüssel ist unbekannt.",
                    P107="Eine Angabe fehlt, die es geben muss.",
                    P108="Ein Wert hat nicht die Form, die er haben muss.",
                    P109="Ein Wert steht nicht in der Liste der erlaubten Werte.",
                    P110="Ein Text ist zu lang oder zu kurz.",
                    P111="Eine Datei liegt am falschen Ort oder heißt so, dass niemand sie liest.",
                    P112="Ein Bild lässt sich nicht lesen.",
                    P113="Eine Datei ist größer, tiefer oder verwickelter, als ein Plan es braucht.",
                    P114="Etwas im Ordner ist keine gewöhnliche Datei.",
                    P115="Ein unsichtbares Zeichen steht in einem Text oder Namen.",
                    P116="Ein Teil eines Textes würde fehlen: Was hinter # steht, gilt als Bemerkung, ein Wort mit & "
                    "davor als Name.",
                    P117="Eine Konfliktmarke ist stehen geblieben, die beim Zusammenführen entstand.",
                    P118="Ein Zeichen steht in keiner Schrift des Plans und lässt sich nicht drucken.",
                    P120="Eine Angabe oder Tabellenzeile ist zu weit eingerückt und deshalb Teil des Textes davor.",
                    P121="In geschweiften Klammern steht etwas ohne Schlüssel, meist hinter einem Komma, das zum Text "
                    "gehört.",
                    P122="Eine Datei sieht nach einer Kopie einer anderen aus.",
                    P201="Der Plan nennt sich beschlossen, ohne Gremium, Datum und Vorlage des Beschlusses zu nennen.",
                    P202="Ein Herausgeber ist kein bekannter Akteur.",
                    P203="Die Gliederung nennt einen Text, den es nicht gibt.",
                    P204="Ein Text oder ein erzeugter Teil steht zweimal im Plan.",
                    P205="Zwei Stränge haben dieselbe Kennung oder dasselbe Zeichen.",
                    P206="Zwei Handlungsfelder haben dieselbe Nummer.",
                    P207="Die Fassung, die ersetzt wird, fehlt oder ist beschädigt.",
                    P208="Ein Ziel oder eine Maßnahme der ersetzten Fassung fehlt.",
                    P209="Eine Nummer bezeichnet etwas anderes als in der ersetzten Fassung.",
                    P210="Zwei eigene Felder haben denselben Namen oder dieselbe Bezeichnung.",
                    P211="Zu viele eigene Felder sollen im Verzeichnis der Maßnahmen stehen.",
                    P212="Das Verzeichnis soll nach etwas geordnet sein, das nicht darin steht.",
                    P213="Ein Platzhalter im Beschlussvorschlag ist unbekannt.",
                    P214="Ein Schritt des Beschlusswegs entscheidet über einen Strang, den es nicht gibt.",
                    P215="Ein Gremium ist wie eine Kennung geschrieben, die es nicht gibt.",
                    P216="Ein Vorbehalt nennt keinen offenen Punkt, der sich vorbehalten lässt.",
                    P217="Die Begründung der Vorlage nennt einen Abschnitt, den es nicht gibt.",
                    P301="Zwei Ziele haben dieselbe Nummer.",
                    P302="Ein Ziel steht unter einem Handlungsfeld, das es nicht gibt.",
                    P303="Ein Zieldatum liegt außerhalb der Laufzeit.",
                    P304="Ein Ziel ist sein eigenes Oberziel oder liegt tiefer als drei Ebenen.",
                    P305="Ein Ziel, ein Handlungsfeld oder ein Akteur nennt etwas, das es nicht gibt.",
                    P401="Zwei Maßnahmen haben dieselbe Nummer.",
                    P402="Eine Maßnahme nennt ein Ziel, das es nicht gibt.",
                    P403="Eine Maßnahme nennt einen Akteur, den es nicht gibt.",
                    P404="Ein Akteur hat in einer Maßnahme zwei Rollen.",
                    P405="Eine Maßnahme nennt eine andere Maßnahme, die es nicht gibt.",
                    P406="Maßnahmen hängen im Kreis voneinander ab.",
                    P407="Ein Zeitraum endet, bevor er beginnt.",
                    P408="Ein Meilenstein liegt außerhalb des Zeitraums seiner Maßnahme.",
                    P409="Die Anteile der Finanzierung ergeben mehr als 100 Prozent.",
                    P410="Eine Maßnahme steht nicht im Ordner eines Strangs.",
                    P411="Ein Aufwand nennt ein Jahr, in dem er nicht anfallen kann.",
                    P412="Eine Maßnahme ist durch sich selbst oder im Kreis ersetzt.",
                    P413="Ein Ziel oder eine Maßnahme ist an einer Stelle zweimal genannt.",
                    P421="Zwei Vorschläge haben dieselbe Nummer.",
                    P422="Ein Vorschlag nennt etwas, das es nicht gibt.",
                    P423="Was aus einem Vorschlag geworden ist, passt nicht zusammen.",
                    P501="Zwei Akteure haben dieselbe Kennung.",
                    P502="Ein Akteur nennt einen Strang, den es nicht gibt.",
                    P601="Ein Verweis führt ins Leere.",
                    P602="Ein erzeugter Teil, den ein Text einfügt, ist unbekannt.",
                    P603="Eine Angabe zu einem erzeugten Teil ist unbekannt oder falsch.",
                    P604="Ein Bild, auf das ein Text verweist, gibt es nicht.",
                    P605="Eine Kennung ist zweimal vergeben.",
                    P606="Ein Text hat nicht genau eine Hauptüberschrift, oder eine Ebene ist übersprungen.",
                    P607="Eine Fußnote ist nirgends erklärt oder steht in einer anderen Fußnote.",
                    P608="Ein Bild hat keinen Alternativtext.",
                    P611="Etwas ist anders geschrieben, als es hier gilt, und ginge verloren oder durcheinander.",
                    P610="Ein Link führt zu einer Adresse, die nicht erlaubt ist.",
                    P609="Zwei Begriffe des Glossars haben dieselbe Kennung.",
                ),
                **_table(
                    Nature.DOUBTFUL,
                    P372="Zwei Ziele stimmen in Titel und Zielsatz überein.",
                    P475="Zwei Maßnahmen eines Strangs stimmen in Titel und Beschreibung überein.",
                    P612="Etwas ist in einer Form geschrieben, die hier nicht gilt, und wird anders gedruckt.",
                ),
                **_table(
                    Nature.TOLD,
                    P119="Ein Foto sagt, wo es aufgenommen ist.",
                    P123="Ein Bild ist in Druckfarben gespeichert und sagt nicht, in welchen.",
                ),
                **_table(
                    Nature.OPEN,
                    P251="Ein Schritt des Beschlusswegs ist offen.",
                    P252="Der Beschlussvorschlag fehlt.",
                    P351="Ein Ziel hat keinen Indikator.",
                    P352="Einem Indikator fehlt der Zielwert oder das Zieldatum.",
                    P353="Ein Ausgangswert ist noch zu erheben.",
                    P355="Einem Ausgangswert fehlt der Tag oder das Quartal, zu dem er galt.",
                    P356="Ein Zielwert sagt nicht, ob er mindestens, höchstens oder genau gilt.",
                    P354="Ein Ziel hat keine Maßnahme.",
                    P451="Einer Maßnahme fehlt die Zusage ihrer Federführung.",
                    P452="Eine Maßnahme hat keinen Meilenstein.",
                    P453="Eine Maßnahme hat keinen Aufwand.",
                    P454="Die Finanzierung einer Maßnahme ist nicht gesichert.",
                    P455="Eine Maßnahme ist noch nicht beschlossen.",
                    P456="Einer Maßnahme fehlt die Federführung.",
                    P457="Einer Maßnahme fehlt der Zeitraum.",
                    P651="Etwas ist als noch zu klären vermerkt.",
                    P458="Ein eigenes Feld ist leer, das bis zum Beschluss gefüllt sein soll.",
                ),
                **_table(
                    Nature.JUDGEMENT,
                    P271="Ein Hinweis in plan.yaml passt zu keiner Meldung.",
                    P272="Ein Text steht nicht in der Gliederung.",
                    P273="Ein erzeugter Teil steht nicht in der Gliederung, obwohl es Daten dafür gibt.",
                    P274="Eine Fassung ist festgehalten, und der Plan sagt nicht, dass er sie ersetzt.",
                    P371="Für ein Ziel arbeitet nur ein Strang.",
                    P471="Eine Maßnahme beginnt vor einer, von der sie abhängt.",
                    P472="Maßnahmen verschiedener Stränge sehen nach derselben Sache aus.",
                    P473="Ein Vorschlag liegt seit über 90 Tagen.",
                    P474="Eine Maßnahme hängt von einer ab, die nicht mehr verfolgt wird.",
                    P571="Ein Akteur hat sehr viele Federführungen.",
                    P572="Ein Akteur hat keine Aufgabe.",
                    P573="Zwei Akteure sehen nach demselben aus.",
                ),
            }.items()
        )
    )
)
