"""The command line: reads what was typed, calls a command, prints what it answers."""
