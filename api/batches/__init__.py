"""Filing batches over the API: gathered by a school, filed once, read by the commission then.

`rows` shape them and hold what is sent, `views` answer.
"""
