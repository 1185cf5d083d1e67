"""Settings of the street and of this computer; backups."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QHideEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QVBoxLayout, QWidget

from caringstreet.clock import local_time
from caringstreet.rules.changes import Changed
from caringstreet.rules.refusals import RuleRefused
from caringstreet.services import street as street_services
from caringstreet.services.street import StreetSettings
from caringstreet.storage import backups
from caringstreet.wording.refusals import refusal_text
from ui import problems
from ui.context import Context
from ui.pages.settings_shop_page import SettingsShopPage
from ui.widgets.basics import button, card, clear, label, row, scrolled
from ui.widgets.fields import ChoiceField
from ui.widgets.files import STREET, ask_for_folder, ask_to_save
from ui.widgets.flow import Flow
from ui.widgets.form import Form
from ui.widgets.inputs import kept_in, passing, put_back_in
from ui.widgets.number_field import NumberField
from ui.widgets.page import Page
from ui.widgets.text_field import TextField


class SettingsPage(Page):
    """The street's settings are saved as one action; those of the computer at once."""

    name = "settings"
    shows = frozenset({Changed.STREET})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.form = Form()
        self._keep = self.keep_typed(lambda: kept_in(self.form), lambda typed: put_back_in(self.form, typed))
        self.shop_page = SettingsShopPage(self)
        holder = QWidget()
        self._body = QVBoxLayout(holder)
        self._body.setContentsMargins(0, 0, 8, 0)
        self._body.setSpacing(12)
        self.column.addWidget(scrolled(holder), 1)
        # In sight however far one has scrolled.
        self.column.addLayout(row(None, button(self.words.say("Save"), self._save, kind="primary", picture="check")))

    def title(self) -> str:
        return self.words.say("Settings")

    def help_text(self) -> str:
        return self.words.say(
            "To move to another laptop: make a backup onto a USB stick, install Caring Street there, and choose Restore a backup at its first start."
        )

    def refresh(self) -> None:
        self._keep.end()
        clear(self._body)
        self._body.addWidget(self._street())
        self._body.addWidget(self.shop_page.card())
        self._body.addWidget(self._computer())
        self._body.addWidget(self._backups())
        self._body.addStretch(1)
        self.begin_typing(self.name)

    def hideEvent(self, event: QHideEvent) -> None:
        # Whoever comes back finds the settings as they are, and what was typed offered.
        self._keep.end()
        super().hideEvent(event)

    def _street(self) -> QFrame:
        say, now = self.words.say, self.context.street.settings
        frame, column = card()
        column.addWidget(label(say("The street"), "heading"))
        self.form = Form()
        self.street_name, self.team, self.phone = TextField(now.name), TextField(now.team), TextField(now.phone)
        self.streets = TextField("、".join(now.streets))
        self.page_host = TextField(now.page_host)
        self.page_host.setPlaceholderText("voucher.example.org")
        self.whatsapp = TextField(now.whatsapp)
        self.numbers = {
            name: NumberField(0, 99, getattr(now, name)) for name in ("cap_one", "cap_two_or_three", "cap_four_or_more", "grace_days")
        }
        self.language = ChoiceField([("zh_HK", "繁體中文"), ("en", "English")], now.language)
        self.form.add("name", say("Name of the street"), self.street_name)
        self.form.add("team", say("Name of the team"), self.team)
        self.form.add("phone", say("Telephone on the vouchers"), self.phone)
        self.form.add("streets", say("Streets"), self.streets)
        self.form.add("cap_one", say("Most a month, 1 person"), self.numbers["cap_one"])
        self.form.add("cap_two_or_three", say("Most a month, 2–3 persons"), self.numbers["cap_two_or_three"])
        self.form.add("cap_four_or_more", say("Most a month, 4 and more"), self.numbers["cap_four_or_more"])
        self.form.add("grace_days", say("Days of grace for a late voucher"), self.numbers["grace_days"])
        self.form.add(
            "page_host",
            say("Host of the shop's page"),
            self.page_host,
            say(
                "Leave it empty until the team has a page of its own: then the code holds only digits, which the desk reads just the same."
            ),
        )
        self.form.add(
            "whatsapp",
            say("WhatsApp number of the team"),
            self.whatsapp,
            say("Shops' phones send their messages there. Without one they are paid on their vouchers all the same."),
        )
        self.form.add("language", say("Language"), self.language)
        self.goods = QCheckBox(say("Goods"))
        self.goods.setChecked(now.goods)
        self.form.add(
            "goods",
            say("Goods"),
            self.goods,
            say(
                "Brings what shops and neighbours give into the window: taking in, stock, bread runs and hand-outs. Off, nothing of it is shown, and nothing that was recorded is lost."
            ),
        )
        column.addWidget(self.form)
        return frame

    def _save(self) -> None:
        self.form.clear_refusals()
        settings = StreetSettings(
            name=self.street_name.text(),
            team=self.team.text(),
            phone=self.phone.text(),
            language=self.language.value(),
            streets=tuple(self.streets.text().replace("，", "、").replace(",", "、").split("、")),
            page_host=self.page_host.text().strip(),
            goods=self.goods.isChecked(),
            whatsapp=self.whatsapp.text(),
            backup_folder=self.context.street.settings.backup_folder,
            cap_one=self.numbers["cap_one"].value(),
            cap_two_or_three=self.numbers["cap_two_or_three"].value(),
            cap_four_or_more=self.numbers["cap_four_or_more"].value(),
            grace_days=self.numbers["grace_days"].value(),
        )
        place = self._keep.place
        self.do(street_services.change_settings, settings=settings, done=lambda _: self._saved(place))

    def refused(self, error: RuleRefused) -> None:
        text = refusal_text(self.words, error)
        if not self.form.refuse(error.field, text):
            self.note.say(text, "warn")

    def _saved(self, place: str) -> None:
        # Loaded again meanwhile, the page has begun anew in another place.
        self.context.drafts.discard(place)
        if self._keep.place == place:
            self._keep.again()
        self.context.status.say(self.words.say("Settings saved"))

    def _computer(self) -> QFrame:
        say, preferences = self.words.say, self.context.preferences
        frame, column = card()
        # Done at once.
        passing(frame)
        column.addWidget(label(say("This computer"), "heading"))
        form = Form()
        self.actor = TextField(self.context.actor)
        self.actor.editingFinished.connect(self._keep_actor)
        form.add("actor", say("Your name"), self.actor, say("It is noted beside everything you do."))
        scheme = ChoiceField(
            [("system", say("as the system")), ("light", say("light")), ("dark", say("dark"))], preferences.text("scheme", "system")
        )
        scheme.activated.connect(lambda _: self.window().scheme_chosen.emit(scheme.value()))  # type: ignore[attr-defined]
        form.add("scheme", say("Look"), scheme)
        minutes = NumberField(0, 60, preferences.number("shade_minutes", 0), none=say("never"), unit=say(" minutes"))
        minutes.valueChanged.connect(self._keep_shade)
        form.add(
            "shade",
            say("Cover the screen after"),
            minutes,
            say("When nobody touches the computer; Ctrl+L covers it at once. It hides what is shown and locks nothing."),
        )
        column.addWidget(form)
        return frame

    def _keep_actor(self) -> None:
        name = self.actor.text().strip()
        if name:
            self.context.actor = name
            self.context.preferences.set("actor", name)
            self.window().show_user()  # type: ignore[attr-defined]

    def _keep_shade(self, minutes: int) -> None:
        self.context.preferences.set("shade_minutes", minutes)
        self.window().shade.set_minutes(minutes)  # type: ignore[attr-defined]

    def _backups(self) -> QFrame:
        words, say, street = self.words, self.words.say, self.context.street
        frame, column = card()
        column.addWidget(label(say("Backups"), "heading"))
        column.addWidget(
            label(
                say(
                    "A backup is made when the window closes and every half hour when something changed. One file holds all that a new laptop needs, settings too."
                ),
                "dim",
                wrap=True,
            )
        )
        column.addWidget(label(say("Data file: {path}", path=street.path), "dim", wrap=True, selectable=True))
        column.addWidget(label(say("Backups in: {path}", path=street.backup_folder()), "dim", wrap=True, selectable=True))
        column.addLayout(
            Flow(
                button(say("Back up now"), self.back_up, picture="shield-check"),
                button(say("Back up to…"), self._back_up_to, picture="save"),
                button(say("Other folder…"), self._other_folder, picture="folder-open"),
                button(say("Open folder"), lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(street.backup_folder()))), kind="quiet"),
                None,
            )
        )
        for one in backups.backups_in(street.backup_folder(), street.path.stem)[:6]:
            column.addWidget(label(f"{words.date(one.made_at.date())} {one.made_at:%H:%M}   {one.size // 1024} KB", "dim"))
        return frame

    def back_up(self) -> None:
        """Make a verified backup now."""
        self.context.runner.work(
            lambda progress: self.context.street.backup_now(),
            owner=self,
            done=self._backed_up,
            failed=self._backup_failed,
            label=self.words.say("Backing up"),
        )

    def _backed_up(self, path: Path) -> None:
        self.context.status.say(self.words.say("Backed up to {path}", path=path))
        window = self.window()
        if hasattr(window, "show_backup"):
            window.show_backup()
        self.refresh()

    def _backup_failed(self, error: Exception) -> bool:
        self.note.say("\n".join(problems.explained(self.words, error)), "bad")
        return problems.is_known(error)

    def _back_up_to(self) -> None:
        suggested = backups.backup_name(self.context.street.path.stem, local_time(self.context.clock.now()))
        chosen = ask_to_save(self, self.words, self.words.say("Back up to…"), suggested, STREET)
        if chosen:
            source = self.context.street.path
            self.context.runner.work(
                lambda progress: backups.backup(source, chosen),
                owner=self,
                done=self._backed_up,
                failed=self._backup_failed,
                label=self.words.say("Backing up"),
            )

    def _other_folder(self) -> None:
        chosen = ask_for_folder(self, self.words, self.words.say("Other folder…"))
        if chosen:
            now = self.context.street.settings
            kept = {name: getattr(now, name) for name in StreetSettings.__dataclass_fields__}
            settings = StreetSettings(**(kept | {"backup_folder": str(chosen)}))
            self.do(street_services.change_settings, settings=settings)
