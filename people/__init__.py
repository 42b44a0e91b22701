"""Schools, enterprises, students, their learner identities and guardians, teachers and mentors.

A `Student` is the person, once, by ID number; a `LearnerIdentity` is that person as one school
knows them. ID numbers and phones are encrypted, found by blind index and shown masked. A `User`
signs in and acts by `Membership`s; `actors` makes who acts a value, `access` says who sees what.
"""
