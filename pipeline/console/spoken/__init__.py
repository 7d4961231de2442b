"""What is said of each command, in German: its arguments in, an exit code out."""
