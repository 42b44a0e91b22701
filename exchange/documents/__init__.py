"""Agreements and consents as PDF/A: what is set into them, the layouts, and the bytes.

A layout is a version that never changes: `templates/versions.toml` names each with its first day.
The same contents give the same bytes in every process, and those are what is kept as evidence.
"""
