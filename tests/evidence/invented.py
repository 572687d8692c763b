"""Small invented returns. Nobody in them is real."""

HEADER = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB"
EPISODES = (
    "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN"
)


def header(*rows: str) -> bytes:
    return "\n".join([HEADER, *rows, ""]).encode()


def episodes(*rows: str) -> bytes:
    return "\n".join([EPISODES, *rows, ""]).encode()


def child(name="ASH", born="14/05/2005", sex="1") -> str:
    return f"{name},{sex},{born},WBRI,,,"


def episode(
    start,
    end="",
    *,
    who="ASH",
    rne="S",
    ls="C2",
    cin="N1",
    place="U4",
    provider="PR1",
    rec=None,
    reason="",
) -> str:
    rec = ("E4A" if end else "") if rec is None else rec
    return f"{who},{start},{rne},{ls},{cin},{place},{provider},{end},{rec},{reason},,,"
