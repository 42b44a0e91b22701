"""The benchmark itself: its floors find what the product finds, and it runs at a small size."""
