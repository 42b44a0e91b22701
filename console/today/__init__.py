"""The page of the day: what needs a hand now, in five lanes.

`lanes` asks for each lane how many there are and which come first; `views` answers.
"""
