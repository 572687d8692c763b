"""What the numbers mean: plain Python, no Django, nothing stored."""
