"""The pages of the window, in the order of the chain."""

from caringstreet.words import mark
from ui.pages.extend_page import ExtendPage
from ui.pages.goods_donations_page import GoodsDonationsPage
from ui.pages.goods_hand_out_page import GoodsHandOutPage
from ui.pages.goods_intake_page import GoodsIntakePage
from ui.pages.goods_month_page import GoodsMonthPage
from ui.pages.goods_page import GoodsPage
from ui.pages.goods_recall_page import GoodsRecallPage
from ui.pages.hand_out_page import HandOutPage
from ui.pages.household_form import HouseholdFormPage
from ui.pages.households_page import HouseholdsPage
from ui.pages.import_page import ImportPage
from ui.pages.issue_page import IssuePage
from ui.pages.messages_page import MessagesPage
from ui.pages.offer_form import OfferFormPage
from ui.pages.print_page import PrintPage
from ui.pages.questions_page import QuestionsPage
from ui.pages.reports_page import ReportsPage
from ui.pages.runs_page import RunsPage
from ui.pages.scan_page import ScanPage
from ui.pages.settings_page import SettingsPage
from ui.pages.shop_form import ShopFormPage
from ui.pages.shops_page import ShopsPage
from ui.pages.stock_take_page import StockTakePage
from ui.pages.today_page import TodayPage
from ui.pages.vouchers_page import VouchersPage
from ui.specs import PageSpec

SPECS = (
    PageSpec("today", mark("Today"), TodayPage, "sun"),
    PageSpec("shops", mark("Shops and offers"), ShopsPage, "store"),
    PageSpec("households", mark("Households"), HouseholdsPage, "users"),
    PageSpec("vouchers", mark("Vouchers"), VouchersPage, "ticket"),
    PageSpec("hand_out", mark("Hand out"), HandOutPage, "hand-helping"),
    PageSpec("scan", mark("Scan desk"), ScanPage, "scan-line"),
    PageSpec("messages", mark("Messages"), MessagesPage, "message-square"),
    PageSpec("questions", mark("To decide"), QuestionsPage, "circle-question-mark"),
    PageSpec("goods", mark("Goods"), GoodsPage, "package", module="goods"),
    PageSpec("runs", mark("Bread runs"), RunsPage, "croissant", module="goods"),
    PageSpec("reports", mark("Month and reports"), ReportsPage, "file-text"),
    PageSpec("settings", mark("Settings"), SettingsPage, "settings"),
    PageSpec("goods_month", mark("Goods of the month"), GoodsMonthPage, module="goods", under="reports"),
    PageSpec("import", mark("Import"), ImportPage),
    PageSpec("issue", mark("Issue vouchers"), IssuePage, under="vouchers"),
    PageSpec("print", mark("Print vouchers"), PrintPage, under="vouchers"),
    PageSpec("extend", mark("Extend vouchers"), ExtendPage, under="vouchers"),
    PageSpec("shop_form", mark("Shop"), ShopFormPage, under="shops"),
    PageSpec("goods_intake", mark("Take in goods"), GoodsIntakePage, module="goods", under="goods"),
    PageSpec("goods_donations", mark("Donations of goods"), GoodsDonationsPage, module="goods", under="goods"),
    PageSpec("goods_recall", mark("Recall"), GoodsRecallPage, module="goods", under="goods"),
    PageSpec("stock_take", mark("Stock-take"), StockTakePage, module="goods", under="goods"),
    PageSpec("offer_form", mark("Offer"), OfferFormPage, under="shops"),
    PageSpec("household_form", mark("Household"), HouseholdFormPage, under="households"),
    PageSpec("goods_hand_out", mark("Give out goods"), GoodsHandOutPage, module="goods", under="goods"),
)
