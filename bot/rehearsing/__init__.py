"""A year with a method, played by people who don't exist: every message that anybody would get, before anybody does."""
