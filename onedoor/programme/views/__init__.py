"""Pages of the baseline, the rate cards, the drafts and the costings."""
