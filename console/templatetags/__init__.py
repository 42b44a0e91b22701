"""Tags and filters of the console's templates: the bar of pages, and how values are written.

`console_pages` draws the bar and the query string of links; `written` writes yuan and days.
"""
