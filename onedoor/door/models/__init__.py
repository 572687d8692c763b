from onedoor.door.models.banner import Notice
from onedoor.door.models.people import Address, FormerName, Standing, Tie, YoungPerson
from onedoor.door.models.provocations import Answer, Provocation
from onedoor.door.models.referrals import NamedHelp, Referral, ReferralStep
from onedoor.door.models.welcomes import KeyWorkerChange, Welcome

__all__ = [
    "Address",
    "Answer",
    "FormerName",
    "KeyWorkerChange",
    "NamedHelp",
    "Notice",
    "Provocation",
    "Referral",
    "ReferralStep",
    "Standing",
    "Tie",
    "Welcome",
    "YoungPerson",
]
