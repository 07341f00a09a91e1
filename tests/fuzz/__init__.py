"""What parses text of others, given text that nobody would write; see `__main__`."""
