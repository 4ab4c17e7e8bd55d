"""The commands of the command line, a file for each group of them; `bot/cli.py` finds them when they are asked for."""
