"""How many places, so that somebody who needs one tonight finds it: no heads on beds."""
