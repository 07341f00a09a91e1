"""A bench of sites that moved: how many lost pages are found again, and how many proposals are wrong."""
