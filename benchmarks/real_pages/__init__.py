"""How verdicts on real pages, served by real servers, differ from what is planted there."""
