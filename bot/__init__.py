"""Who is talking, when, and how it looks: doors, use cases, command line."""
