"""The product and the brute-force reader, held against each other byte for byte."""
