"""The model: where young people are, how they move, and how many there will be."""
