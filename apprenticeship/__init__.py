"""Apprentice identities: a student as the apprentice of an enterprise from day to day.

They are facts of their own beside the learner identity, with the training agreement, the mentors
and, where there is one, the labour contract.
"""
