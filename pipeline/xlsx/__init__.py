"""The spreadsheet: a Document in, a workbook out in which each fact has a cell of its own, and which comes back."""
