"""The pages about hosts: the search, and one host with who is there and how full it is.

`views` answer, `forms` are what the commission decides by; who sees what is asked of `visible_to`.
"""
