"""The command line: turns arguments into a command of `pipeline.actions`, its result into German and an exit code."""
