"""The commission's page: the whole district at a glance.

`figures` asks for the shares, the ages and the matrix; `views` answers.
"""
