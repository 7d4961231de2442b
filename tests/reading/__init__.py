"""Finished outputs in, plain values out: PDF, DOCX and both HTMLs read back to be compared with the data."""
