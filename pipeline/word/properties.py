"""What a document says of itself → core and custom properties, settings."""

from __future__ import annotations

from typing import Final

from lxml import etree

from pipeline.document.model import Properties
from pipeline.ooxml.elements import Element, q, w
from pipeline.ooxml.package import Package

_CORE: Final = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_DC: Final = "http://purl.org/dc/elements/1.1/"
_TERMS: Final = "http://purl.org/dc/terms/"
_XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"
_CUSTOM: Final = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_EXTENDED: Final = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
_VALUES: Final = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_FORMAT: Final = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # the set of properties that users define, in all files
_FIRST_PROPERTY: Final = 2  # the numbers below are Word's own


def write_properties(package: Package, values: Properties) -> None:
    """Replace what pandoc says of the file: nothing of this machine or this moment remains."""
    package.replace("docProps/core.xml", _core(values))
    package.replace("docProps/custom.xml", _custom(values))
    package.replace("docProps/app.xml", etree.Element(f"{{{_EXTENDED}}}Properties", nsmap={"ep": _EXTENDED}))


def write_settings(package: Package) -> None:
    """German numbers and lists, tracked changes on, hyphenation where the styles allow it.

    The list is in the schema's order (ECMA-376 17.15.1.78); what pandoc sets for notes, formulas and colours stays.
    """
    old = package.tree("word/settings.xml")
    math = old.find("{http://schemas.openxmlformats.org/officeDocument/2006/math}mathPr")
    notes = old.find(q("footnotePr"))
    colours = old.find(q("clrSchemeMapping"))
    # 15: laid out as Word 2013 and later do; without it Word opens the file in its "compatibility mode".
    compatible = w("compatSetting", name="compatibilityMode", uri="http://schemas.microsoft.com/office/word", val=15)
    kept = (
        w("zoom", percent=100),
        w("embedTrueTypeFonts"),
        w("trackRevisions"),
        w("defaultTabStop", val=709),
        w("autoHyphenation"),
        w("consecutiveHyphenLimit", val=2),
        w("characterSpacingControl", val="doNotCompress"),
        notes,
        w("compat", compatible),
        math,
        w("themeFontLang", val="de-DE"),
        colours,
        w("decimalSymbol", val=","),
        w("listSeparator", val=";"),
    )
    package.replace("word/settings.xml", w("settings", *(part for part in kept if part is not None)))


def _core(values: Properties) -> Element:
    names = {"cp": _CORE, "dc": _DC, "dcterms": _TERMS, "xsi": _XSI}
    root = etree.Element(f"{{{_CORE}}}coreProperties", nsmap=names)
    moment = f"{values.date}T00:00:00Z"
    for space, name, value in (
        (_DC, "title", values.full_title),
        (_DC, "subject", values.subtitle),
        (_DC, "creator", "; ".join(values.authors)),
        (_DC, "language", values.language),
        (_CORE, "contentStatus", values.state.label),
        (_CORE, "version", values.edition),
        (_TERMS, "created", moment),
        (_TERMS, "modified", moment),
    ):
        element = etree.SubElement(root, f"{{{space}}}{name}")
        element.text = value
        if space == _TERMS:
            element.set(f"{{{_XSI}}}type", "dcterms:W3CDTF")
    return root


def _custom(values: Properties) -> Element:
    root = etree.Element(f"{{{_CUSTOM}}}Properties", nsmap={"op": _CUSTOM, "vt": _VALUES})
    entries = {
        "Fassung": values.edition,
        "Stand": values.date_label,
        "Status": values.state.label,
        "Prüfsumme": values.digest,
    }
    for name, value in entries.items():
        _add(root, name, value)
    return root


def add_property(package: Package, name: str, value: str) -> None:
    """Add a custom property to those written."""
    _add(package.tree("docProps/custom.xml"), name, value)


def _add(root: Element, name: str, value: str) -> None:
    number = len(root) + _FIRST_PROPERTY
    entry = etree.SubElement(root, f"{{{_CUSTOM}}}property", fmtid=_FORMAT, pid=str(number), name=name)
    etree.SubElement(entry, f"{{{_VALUES}}}lpwstr").text = value
