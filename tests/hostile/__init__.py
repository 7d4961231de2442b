"""Attacks on the program by its content: nothing outside is read, no address is called, nothing runs away."""
