"""Posts, placements with their dated terms, three-party agreements, special filings and attendance.

A `Placement` is one student at work from day to day; what was agreed about it stands
in dated `Terms`.
Attendance is one row a placement and day, partitioned by month.
"""
