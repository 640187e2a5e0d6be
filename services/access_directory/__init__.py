"""What every service keeps about rights that were handed on, and the rule of doors."""
