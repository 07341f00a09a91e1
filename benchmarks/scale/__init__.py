"""IO: what a run over many hosts costs, in one process, in several, and on a cluster."""
