"""The one way the evidence says no: a sentence that says what, where and how to mend it."""


class Refused(ValueError):  # noqa: N818 - the word the screen uses
    """What was given cannot be used; `sentence` says why and how to mend it, fit for the screen."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
