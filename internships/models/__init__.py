"""The tables of the internships layer."""

from internships.models.agreements import Agreement
from internships.models.amendments import Amendment, AmendmentState
from internships.models.attendance import AttendanceDay
from internships.models.batches import FilingBatch, FilingBatchEntry
from internships.models.complaints import (
    Complaint,
    ComplaintKind,
    ComplaintMove,
    ComplaintState,
    ComplaintStep,
)
from internships.models.documents import Document, DocumentKind, Wording
from internships.models.evidence import (
    CopyFormat,
    PaperCopy,
    ProxySignal,
    SignalKind,
    SignalVerdict,
)
from internships.models.host_records import (
    AssessedPoint,
    CreditRecord,
    HostDecision,
    HostPaper,
    RecordKind,
    SiteAssessment,
)
from internships.models.hosts import FreezeMove, HostFreeze
from internships.models.life import Approval, PlacementStep
from internships.models.months import PlacementMonth
from internships.models.moves import ApprovalKind, Party, PlacementMove
from internships.models.placements import (
    OFFERED_STATES,
    STATUS_OF_STATE,
    Arrangement,
    Gate,
    Placement,
    PlacementState,
)
from internships.models.posts import (
    LIMITS_OF_FILINGS,
    Filing,
    FilingMatter,
    Hazard,
    LabourGrade,
    Post,
)
from internships.models.signing import Choice, Signature, SigningLink
from internships.models.status import (
    AT_WORK_STATUSES,
    BEGUN_STATUSES,
    AttendanceStatus,
    PlacementKind,
    PlacementStatus,
)
from internships.models.terms import PayBasis, Stage, Terms

__all__ = (
    "AT_WORK_STATUSES",
    "BEGUN_STATUSES",
    "LIMITS_OF_FILINGS",
    "OFFERED_STATES",
    "STATUS_OF_STATE",
    "Agreement",
    "Amendment",
    "AmendmentState",
    "Approval",
    "ApprovalKind",
    "Arrangement",
    "AssessedPoint",
    "AttendanceDay",
    "AttendanceStatus",
    "Choice",
    "Complaint",
    "ComplaintKind",
    "ComplaintMove",
    "ComplaintState",
    "ComplaintStep",
    "CopyFormat",
    "CreditRecord",
    "Document",
    "DocumentKind",
    "Filing",
    "FilingBatch",
    "FilingBatchEntry",
    "FilingMatter",
    "FreezeMove",
    "Gate",
    "Hazard",
    "HostDecision",
    "HostFreeze",
    "HostPaper",
    "LabourGrade",
    "PaperCopy",
    "Party",
    "PayBasis",
    "Placement",
    "PlacementKind",
    "PlacementMonth",
    "PlacementMove",
    "PlacementState",
    "PlacementStatus",
    "PlacementStep",
    "Post",
    "ProxySignal",
    "RecordKind",
    "SignalKind",
    "SignalVerdict",
    "Signature",
    "SigningLink",
    "SiteAssessment",
    "Stage",
    "Terms",
    "Wording",
)
