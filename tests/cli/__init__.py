"""The command line, publishing, and what happens when something goes wrong."""
