"""What was typed into a form and not saved yet."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from caringstreet.model.base import Base


class Draft(Base):
    """The inputs of one form as they stand; no record of the street, and gone once the form is saved."""

    __tablename__ = "draft"

    place: Mapped[str] = mapped_column(primary_key=True)  # the form and what it is about, such as "shop_form/edit/3"
    title: Mapped[str]  # what the form was called on the screen
    typed: Mapped[dict[str, Any]]
    typed_by: Mapped[str] = mapped_column(default="")
    typed_at: Mapped[datetime]
