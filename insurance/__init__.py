"""Policies and the periods for which a student stands on a policy's roster.

An `InsuredPeriod` lies within its policy's dates; the database holds that with a
temporal foreign key.
Cover, the days on which somebody is really insured, is asked of these rows and never stored.
"""
