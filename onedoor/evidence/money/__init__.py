"""What it would cost and save, here: prices by the night, and a costing with its doubt."""
