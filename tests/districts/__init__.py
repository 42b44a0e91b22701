"""Small adversarial districts from a seed: every rule broken, and kept, by one step.

`make_district(seed)` gives text cells as the contract spells them, the days to judge them on, and
what is planted; `write` spells the same cells in the many ways the contract accepts."""
