"""Writes the pages anew, or says which are out of date."""

import sys

from tools.reference.pages import main

sys.exit(main(sys.argv[1:]))
