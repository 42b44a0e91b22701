"""The life of a placement: its moves as data, who may make them, and one verb for each.

Every verb locks the one placement, asks the policy, checks, changes and writes its step, together.
What a party gave its word to is a digest of the terms; an edit voids the approvals it touches.
"""
