"""Whether WeasyPrint is there, with the libraries of the system that it needs: Pango, HarfBuzz, Fontconfig."""

from __future__ import annotations

import io
from contextlib import redirect_stdout

from pipeline.errors import MissingToolError


def require_weasyprint() -> None:
    """Loads WeasyPrint, before anything else does, so that a machine without it gets a sentence and no traceback.

    Raises MissingToolError.
    """
    try:
        # Without Pango it prints an English paragraph about its installation, and then raises OSError.
        with redirect_stdout(io.StringIO()):
            import weasyprint  # noqa: F401, PLC0415 - takes long, and may not be there
    except (ImportError, OSError) as error:
        what = "WeasyPrint" if isinstance(error, ImportError) else "Pango oder eine Bibliothek, die dazugehört,"
        raise MissingToolError(
            f"Das PDF lässt sich nicht setzen: {what} fehlt. Bitte „sh setup.sh“ ausführen. "
            "Die Word-Datei entsteht auch ohne, mit --format docx."
        ) from error
