"""The writer of the workbook: keeps a copy of what it carries hidden, and writes down that it handed it out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.writer import Resources, Tools, Writer, Written

if TYPE_CHECKING:
    from pipeline.document.model import Document


def _write(document: Document, resources: Resources, tools: Tools) -> Written:
    from pipeline.files.access import reason
    from pipeline.files.bases import keep_base
    from pipeline.files.register import enter
    from pipeline.xlsx.hidden_base import make_base
    from pipeline.xlsx.sheets import sheets
    from pipeline.xlsx.workbook import guide_texts, write_workbook

    values = document.properties
    grids = sheets(document)
    base = make_base(values, grids, guide_texts(values), resources.sources)
    keep_base(tools.cache, base.digest, base.data)
    remarks: tuple[str, ...] = ()
    if refused := enter(tools.own, base.digest, values.date, values.edition):
        remark = f"{tools.own} lässt sich nicht beschreiben: Kommt die Excel-Datei zurück, gilt sie als unbekannt."
        remarks = (f"{remark} {reason(refused)}",)
    return Written(write_workbook(values, grids, base), remarks=remarks)


XLSX = Writer("xlsx", ".xlsx", "Excel schreiben", _write, usual=False)
