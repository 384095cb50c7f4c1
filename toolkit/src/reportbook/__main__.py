"""``python -m reportbook`` is the command ``reportbook``."""

from reportbook.cli.main import main

if __name__ == "__main__":
    main()
