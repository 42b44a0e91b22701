"""Complaints over the API: raised by students, handled by who has them, reached by nobody accused.

`rows` shape them and hold what is sent, `views` answer.
"""
