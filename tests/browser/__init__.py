"""Mornings played in a real browser: pages as people meet them, their looks, and their access.

`browsers` starts Debian's Chromium; each test signs in by a demo link and clicks its way.
"""
