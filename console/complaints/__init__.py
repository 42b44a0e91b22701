"""The pages of complaints: a student's own with the answer, and those that somebody handles.

`views` answer and `forms` hold what is written; nobody accused reaches any of it.
"""
