"""The life of placements: its moves, the start gate, amendments."""
