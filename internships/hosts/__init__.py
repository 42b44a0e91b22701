"""Hosts as places for students: what the commission decides of them, and what schools keep of them.

`freezing` stops new placements at a host over all schools, `batches` files placements together,
`keeping` holds what a school has of a host before it places there.
What is decided is only ever added to; how it stands on a day is asked, with the day.
"""
