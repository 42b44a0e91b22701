"""The pages about placements: the search, and one placement whole.

`cover_rows` and `pay_rows` shape the calendar and the pay months, `checks` is the strip.
`views` answer; who sees what is asked of `visible_to` alone.
"""
