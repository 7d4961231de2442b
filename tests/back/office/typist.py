"""Jobs in (a Word file or workbook, what is to be done in it, whether tracked, where to save it), the saved files out.

Runs in LibreOffice's own Python, as `python -m tests.back.office.typist JOBS.json PIPE`, and speaks to a LibreOffice
that listens on the pipe. Writes, as JSON on its standard output, why a job could not be done, by the job's number.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

from tests.back.office.cells import Cells
from tests.back.office.gestures import Gestures

PATIENCE = 60  # seconds until LibreOffice listens
WORD, BOOK = "MS Word 2007 XML", "Calc MS Excel 2007 XML"


def main() -> None:
    """The command line."""
    jobs, pipe = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")), sys.argv[2]
    services = _connected(pipe).ServiceManager
    context = services.DefaultContext
    desktop = services.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    dispatcher = services.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)
    failures = {}
    for number, job in enumerate(jobs):
        try:
            _do(desktop, dispatcher, job)
        except Exception as error:  # noqa: BLE001  (whatever it is, it is told, and the next job is done)
            failures[number] = f"{type(error).__name__}: {error}"
    json.dump(failures, sys.stdout)


def _connected(pipe: str) -> Any:
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    end = time.monotonic() + PATIENCE
    while True:
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)


def _do(desktop: Any, dispatcher: Any, job: dict[str, Any]) -> None:
    document = desktop.loadComponentFromURL(Path(job["source"]).as_uri(), "_blank", 0, (_value("Hidden", True),))
    try:
        is_book = document.supportsService("com.sun.star.sheet.SpreadsheetDocument")
        if is_book:
            Cells(document, dispatcher).edit(job["operations"])
        else:
            document.RecordChanges = job["tracked"]
            Gestures(document, dispatcher).edit(job["operations"])
        document.storeToURL(Path(job["target"]).as_uri(), (_value("FilterName", BOOK if is_book else WORD),))
    finally:
        document.close(True)


def _value(name: str, value: object) -> Any:
    return PropertyValue(name, 0, value, 0)


if __name__ == "__main__":
    main()
