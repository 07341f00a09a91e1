"""A corpus of labelled cases: what real servers do, and the right verdict and reason for it."""
