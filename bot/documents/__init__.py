"""Documents as files: Word and PDF, each made in a process of its own; Markdown is made beside the value."""
