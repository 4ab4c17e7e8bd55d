"""Words for what happens: effects become messages, in the reader's language."""
