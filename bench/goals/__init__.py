"""One module a goal of the benchmark: what the product does, what the floor does, the line of it.

Each has one function that takes a Run and adds its lines. Goals that change what is stored leave
the district as they found it.
"""
