"""Packages: sent upward, received from below, brought together."""

from akimat_desk.ui.areas.area import ActionSpec, Area, MenuBlock, PageSpec

AREA = Area(
    pages=(
        PageSpec("send", "akimat_desk.ui.pages.send:SendPage", "send", "reports", 40),
        PageSpec("receive", "akimat_desk.ui.pages.receive:ReceivePage", "receive", "reports", 50),
        PageSpec("totals", "akimat_desk.ui.pages.totals:TotalsPage", "totals", "reports", 60),
    ),
    actions=(
        ActionSpec("package_write", "send", "", "workspace sending", "page:send.write"),
        ActionSpec("package_receipt", "open", "", "workspace", "page:send.take_receipt"),
        ActionSpec("package_key", "print", "", "workspace", "page:send.save_key_page"),
        ActionSpec("package_key_change", "renew", "", "workspace", "page:send.change_key"),
        ActionSpec("package_key_lost", "warning", "", "workspace", "page:send.lose_key"),
        ActionSpec("package_receive", "receive", "", "workspace receiving", "page:receive.choose_files"),
        ActionSpec("package_inbox", "folder", "", "workspace receiving", "page:receive.choose_inbox"),
        ActionSpec("package_accept", "confirm", "", "package", "page:receive.accept"),
        ActionSpec("package_return", "undo", "", "package", "page:receive.return_"),
        ActionSpec("package_confirm_key", "confirm", "", "package", "page:receive.confirm_key"),
        ActionSpec("package_register_key", "edit", "", "workspace receiving", "page:receive.register_key"),
        ActionSpec("package_late", "save", "", "workspace receiving", "page:receive.save_letter"),
    ),
    menus=(
        MenuBlock(
            "report",
            40,
            ("package_write", "package_receipt", "package_key", "package_key_change", "package_key_lost"),
        ),
        MenuBlock(
            "report",
            50,
            (
                "package_receive",
                "package_inbox",
                "package_accept",
                "package_return",
                "package_confirm_key",
                "package_register_key",
                "package_late",
            ),
        ),
    ),
)
