"""Every comparison of the rules flipped, one at a time, and the suite asked whether it notices."""
