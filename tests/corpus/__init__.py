"""A corpus of labelled cases: what real servers do, and what a check of it has to say."""
