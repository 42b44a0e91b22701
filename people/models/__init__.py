"""The tables of the people layer."""

from people.models.accounts import Membership, User
from people.models.devices import Device, DeviceEnd
from people.models.institutions import (
    Enterprise,
    EnterpriseNature,
    Mentor,
    School,
    SchoolLevel,
    Teacher,
    VenueKind,
)
from people.models.invitations import Invitation
from people.models.saved_views import SavedView
from people.models.second_factors import RecoveryCode, SecondFactor
from people.models.sign_in import PasswordReset, SignInLink, SignInTries
from people.models.students import EnrolmentStatus, Guardian, LearnerIdentity, Student

__all__ = (
    "Device",
    "DeviceEnd",
    "EnrolmentStatus",
    "Enterprise",
    "EnterpriseNature",
    "Guardian",
    "Invitation",
    "LearnerIdentity",
    "Membership",
    "Mentor",
    "PasswordReset",
    "RecoveryCode",
    "SavedView",
    "School",
    "SchoolLevel",
    "SecondFactor",
    "SignInLink",
    "SignInTries",
    "Student",
    "Teacher",
    "User",
    "VenueKind",
)
