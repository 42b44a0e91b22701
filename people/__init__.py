"""Schools, enterprises, students, their learner identities and guardians, teachers and mentors.

A `Student` is the person, once, by ID number; a `LearnerIdentity` is that person as one school knows them.
ID numbers and the phones of students and guardians are encrypted, found by blind index and shown masked."""
