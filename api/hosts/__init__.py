"""Hosts over the API: how full each is, whether it may take students, and the decisions on it.

`views` answer and decide; `rows` shape what is told of one host.
"""
