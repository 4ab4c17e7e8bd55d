"""Values: read out of what people type, and shown to people again."""
