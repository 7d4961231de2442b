"""A workbook that came back in, the same edits out as if they had been made in the plan's Word file."""
