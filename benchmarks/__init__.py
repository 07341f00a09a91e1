"""IO: scripts that show how fast the crawler is."""
