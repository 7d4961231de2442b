"""Words in, node trees out: the running text of the sample, with all that prose can do."""

from __future__ import annotations

from pipeline.text.nodes import InlineKind, Node

LONG_WORD = "Grundstücksverkehrsgenehmigungszuständigkeitsübertragungsverordnungen"


def text(*words: str) -> tuple[Node, ...]:
    return tuple(Node("text", text=word) for word in words)


def paragraph(words: str, *more: Node) -> Node:
    return Node("paragraph", children=(*text(words), *more))


def note(number: int) -> Node:
    figure = Node("figure", attrs={**picture().attrs, "caption": "", "label": "", "anchor": ""})
    blocks = (paragraph("Quelle: eine Drucksache."), paragraph("Ein zweiter Absatz."), prose_table(), figure)
    return Node("footnote", children=blocks, attrs={"number": number, "anchor": f"fn{number}"})


def page(target: str) -> tuple[Node, ...]:
    return (Node("page", attrs={"target": f"#{target}"}),)


def link(target: str, words: str) -> Node:
    return Node("link", children=text(words), attrs={"target": target})


def nested(outer: InlineKind, inner: InlineKind) -> Node:
    return Node(outer, children=(Node(inner, children=text("hervorgehoben")),))


def picture() -> Node:
    return Node("image", attrs={"src": "bilder/bild.svg", "alt": "Ein Kreis"})


def prose_table() -> Node:
    rows = [["Kennzahl", "Quelle", "zuständig"], ["Betriebe", "Register", LONG_WORD]]
    return Node(
        "table",
        children=tuple(
            Node(
                "row",
                attrs={"head": int(index == 0)},
                children=tuple(
                    Node("cell", children=(*text(cell), picture()), attrs={"align": "left"}) for cell in row
                ),
            )
            for index, row in enumerate(rows)
        ),
        attrs={"caption": "Was zu erheben ist", "label": "Tabelle 1", "anchor": "", "columns": 3},
    )


def prose(target: str) -> tuple[Node, ...]:
    item = Node("item", children=(paragraph("Das Ziel ist verbindlich."),))
    figure = {"src": "bilder/bild.svg", "alt": "Ein Kreis", "caption": "Ein Bild"}
    return (
        Node("lead", children=text("Dieser Plan legt fest, was erreicht werden soll und wer es tut.")),
        Node("heading", children=text("Zwei Stränge, ein Plan"), attrs={"level": 2, "anchor": "wege"}),
        paragraph("Beide Stränge stehen gleichrangig nebeneinander. " * 8, note(1)),
        paragraph("Mehr dazu: ", link(target, "Maßnahme 1.1.1"), note(2)),
        Node("bullet_list", children=(item, item), attrs={"tight": 1}),
        Node("ordered_list", children=(item,), attrs={"tight": 0, "start": 3}),
        Node("quote", children=(paragraph("Jetzt sind Sie dran."),)),
        Node("code_block", text="eine Zeile\n  eingerückt"),
        Node("rule"),
        paragraph("Gedruckt ", nested("strong", "emph"), nested("emph", "strong"), picture()),
        Node("bullet_list", children=(Node("item", children=(paragraph("Bild ", picture()),)),), attrs={"tight": 1}),
        Node(
            "definition_list",
            children=(
                Node("term", children=text("Strang")),
                Node("definition", children=(paragraph("Wer eine Maßnahme trägt."),)),
            ),
        ),
        prose_table(),
        Node("figure", attrs={**figure, "label": "Abbildung 1", "anchor": "bild"}),
    )
