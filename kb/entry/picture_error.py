"""What keeps a file from being shown as a picture."""


class PictureError(ValueError):
    """Says what is wrong with a file, and as `hint` what to do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint
