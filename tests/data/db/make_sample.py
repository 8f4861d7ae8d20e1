"""Make the sample file of a step of the migrations, as a program of that time would have left it.

Run once when a step is released, from the top of the checkout, and keep the file for good:
``python tests/data/db/make_sample.py 0002_decisions`` writes tests/data/db/0002_decisions.akimat.
"""

from __future__ import annotations

import sys
import tempfile
from contextlib import closing
from pathlib import Path
from unittest import mock

from akimat_desk.core.language import Trilingual
from akimat_desk.places.kinds import Position, UnitKind
from akimat_desk.places.service import create_unit, set_post
from akimat_desk.storage import row_digests, schema
from akimat_desk.storage.attachments import keep_attachment
from akimat_desk.storage.copies import connect
from akimat_desk.storage.workspace import DEFAULT_ACTOR, Workspace

# Rows of tables that came with a step; none of a step's own tables may stay empty in its sample.
ROWS: dict[str, tuple[str, ...]] = {
    "0002_decisions": (
        """INSERT INTO budget_documents (id, unit_id, kind, state, first_year, number, date, session, title,
           language, attachment_id, reason, created_at, created_by)
           VALUES (1, 1, 'decision', 'confirmed', 2025, '12/3', '2024-12-26', '', 'Бюджет туралы', 'kk', 1,
           '', '2025-01-05 06:00:00.000000', 'akimat')""",
        """INSERT INTO budget_document_years (document_id, year, annex, last_figure)
           VALUES (1, 2025, 1, 'balances_used')""",
        """INSERT INTO budget_figures (document_id, year, figure, amount, origin)
           VALUES (1, 2025, 'revenue_total', 8973710000, 'text')""",
        """INSERT INTO budget_lines (id, document_id, year, position, section, code, kind, figure, name_kk,
           name_ru, name_en, printed_name, raw, row, amount, origin)
           VALUES (1, 1, 2025, 1, 'revenue', '1', 'tax', 'tax', 'Салықтық түсімдер', 'Налоговые поступления',
           '', 'Салықтық түсімдер', '6 883,0', 1, 688300000, 'annex')""",
        """INSERT INTO budget_notes (id, document_id, position, code, severity, content)
           VALUES (1, 1, 0, 'reader.line_assumed_zero', 'info', '{}')""",
    ),
    "0003_drafts": (
        """UPDATE budget_lines SET entered_by = 'akimat', entered_at = '2025-01-06 06:00:00.000000'""",
        """INSERT INTO budget_draft_lines (document_id, section, line, note, noted_by, noted_at)
           VALUES (1, 'revenue', '1', 'Аудан хатына сәйкес', 'akimat', '2025-01-06 06:00:00.000000')""",
    ),
    "0004_ratio": (
        """INSERT INTO ratio_bases (id, unit_id, year, line, count, charge, collection, arrears)
           VALUES (1, 1, 2025, '1/04/4', 412, 2500000, 940, 18000000)""",
        """INSERT INTO ratio_scenarios (id, unit_id, year, name, variant, created_at, created_by)
           VALUES (1, 1, 2025, 'Көлік салығын жинау', 'total_revenue', '2025-02-01 06:00:00.000000',
           'akimat')""",
        """INSERT INTO ratio_levers (id, scenario_id, position, side, line, how, tenths)
           VALUES (1, 1, 0, 'revenue', '1/04/4', 'percent', 100)""",
    ),
    "0005_budget_year": (
        """INSERT INTO plan_documents (id, unit_id, year, kind, state, area, change_kind, number, date,
           reason, attachment_id, created_at, created_by, confirmed_at, confirmed_by)
           VALUES (1, 1, 2025, 'plan', 'confirmed', '', '', '', '2025-01-08', '', NULL,
           '2025-01-07 06:00:00.000000', 'akimat', '2025-01-08 06:00:00.000000', 'akimat')""",
        """INSERT INTO plan_lines (id, document_id, position, side, code, name_kk, name_ru, name_en, own_name)
           VALUES (1, 1, 0, 'receipts', '1/04/4/02', '', 'Налог на транспортные средства', '', 0)""",
        "INSERT INTO plan_amounts (line_id, month, amount) VALUES (1, 3, 12000000)",
        """INSERT INTO adjustment_documents (id, unit_id, year, ground, state, number, date, reason,
           basis_kind, basis_number, basis_date, created_at, created_by)
           VALUES (1, 1, 2025, 'targeted_transfer', 'draft', '5', '2025-04-02', '', 'resolution', '77',
           '2025-03-28', '2025-04-02 06:00:00.000000', 'akimat')""",
        """INSERT INTO adjustment_lines (id, document_id, position, section, code, kind, figure, name_kk,
           name_ru, name_en, targeted, amount)
           VALUES (1, 1, 0, 'revenue', '4/02/3', 'transfers', NULL, '', '', '', 1, 50000000)""",
        """INSERT INTO period_closings (id, unit_id, year, month, closed_at, closed_by, reason)
           VALUES (1, 1, 2025, 1, '2025-02-03 06:00:00.000000', 'akimat', '')""",
        """INSERT INTO balance_statements (id, unit_id, year, total, note, created_at, created_by)
           VALUES (1, 1, 2025, 362300000, '', '2025-01-09 06:00:00.000000', 'akimat')""",
        """INSERT INTO balance_items (id, statement_id, position, kind, amount, note)
           VALUES (1, 1, 0, 'targeted_return', 12300000, '')""",
    ),
    "0006_reference": (
        """INSERT INTO classification_sources (id, kind, since, title, digest, attachment_id, added_at,
           added_by, withdrawn_at)
           VALUES (1, 'code', 2026, '2/06/9', '-', NULL, '2026-01-12 06:00:00.000000', 'akimat', NULL)""",
        """INSERT INTO classification_rows (source_id, position, side, code, step, since, until, name_kk,
           name_ru, name_en, kind, own_revenue, repeats, origin, confidence, note, former)
           VALUES (1, 0, 'revenue', '2/06/9', 'added', 2026, NULL, 'Өзге түсім', 'Иное поступление', '',
           'nontax', 1, '', '', 'OFFICE', '', '')""",
        """INSERT INTO kato_places (code, position, kind, name_kk, name_ru, sign)
           VALUES ('103230000', 0, 'okrug', 'Қарауыл а.о.', 'Карааульский с.о.', '')""",
        """INSERT INTO populations (unit_id, year, people, source) VALUES (1, 2026, 2345, '')""",
    ),
    "0007_meetings": (
        """INSERT INTO localities (id, unit_id, name_kk, name_ru, residents, entitled)
           VALUES (1, 1, 'Ақбұлақ ауылы', 'село Акбулак', 812, 540)""",
        """INSERT INTO people (id, unit_id, locality_id, name, occupation)
           VALUES (1, 1, 1, 'Үлгібаев Мысал Үлгіұлы', 'мұғалім')""",
        """INSERT INTO memberships (id, person_id, body, since, until)
           VALUES (1, 1, 'assembly', '2024-03-01', '2028-02-29')""",
        """INSERT INTO meetings (id, unit_id, kind, state, number, day, starts, place_kk, place_ru,
           convened_by, extraordinary, notice_given, opened_by, chair, secretary, note)
           VALUES (1, 1, 'assembly', 'held', '1', '2024-11-20', '15:00:00.000000', 'Мәдениет үйі',
           'Дом культуры', 'akim', 0, '2024-11-05', '', 'Үлгібаев М.Ү.', 'Мысалова Ү.Ү.', '')""",
        """INSERT INTO meeting_items (id, meeting_id, no, topic, title_kk, title_ru, reporter, document_id,
           put_to_vote, by_name, votes_for, votes_against, votes_abstained, adopted, decision_kk, decision_ru)
           VALUES (1, 1, 1, 'budget_draft', 'Бюджет жобасы', 'Проект бюджета', '', 1, 1, 1, 1, 0, 0, 1,
           'Келісілсін', 'Согласовать')""",
        """INSERT INTO meeting_attendance (id, meeting_id, person_id, name, occupation, guest)
           VALUES (1, 1, 1, '', '', 0)""",
        """INSERT INTO meeting_speeches (id, item_id, kind, speaker, gist_kk, gist_ru)
           VALUES (1, 1, 'speech', 'Үлгібаев М.Ү.', 'Қолдады', 'Поддержал')""",
        "INSERT INTO meeting_votes (item_id, person_id, vote) VALUES (1, 1, 'for')",
        """INSERT INTO meeting_breaks (id, meeting_id, began, ended)
           VALUES (1, 1, '15:30:00.000000', '15:40:00.000000')""",
        """INSERT INTO meeting_papers (id, meeting_id, kind, attachment_id, day, note)
           VALUES (1, 1, 'publication', 1, '2024-11-05', '')""",
        """INSERT INTO meeting_follow_ups (id, item_id, step, day, paper, text_kk, text_ru)
           VALUES (1, 1, 'agreed', '2024-11-22', '№ 3', '', '')""",
        """INSERT INTO meeting_tasks (id, item_id, text_kk, text_ru, responsible, due, state, report)
           VALUES (1, 1, 'Жариялау', 'Опубликовать', 'Мысалова Ү.Ү.', '2024-12-01', 'open', '')""",
        """INSERT INTO meeting_monitoring (id, unit_id, year, half, reported_on, report, answer)
           VALUES (1, 1, 2024, 1, '2024-07-15', 'Есеп', '')""",
        """INSERT INTO resident_proposals (id, unit_id, locality_id, raised_on, author, place, what_kk,
           what_ru, cost, line, told)
           VALUES (1, 1, 1, '2024-11-20', '', 'Мектеп көшесі', 'Жарық', 'Освещение', 120000000, '', '')""",
        """INSERT INTO budget_bases (id, document_id, kind, source_id, meeting_id, number, date, item, topic,
           agreed) VALUES (1, 1, 'assembly', 1, 1, '1', '2024-11-20', 1, 'budget_draft', 1)""",
    ),
    "0008_packages": (
        """INSERT INTO packages_sent (id, unit_id, sequence, year, addressee, sha256, attachment_id, made_at,
           answer, answer_note) VALUES (1, 1, 1, 2025, '103200000', 'aa', 1, '2025-02-20 06:00:00.000000',
           'accepted', '')""",
        """INSERT INTO packages_received (id, unit_id, sequence, year, month, sha256, attachment_id,
           journal_row, journal_hash, errors) VALUES (1, 1, 1, 2025, 3, 'bb', 1, 7, 'cc', 0)""",
        """INSERT INTO package_steps (id, package_id, state, at, by, note)
           VALUES (1, 1, 'checked', '2025-04-05 06:00:00.000000', 'akimat', '')""",
        """INSERT INTO package_documents (ref, package_id, document_id) VALUES ('d0:4', 1, 1)""",
        """INSERT INTO package_keys (id, kato, key, since, confirmed_by)
           VALUES (1, '103230000', 'dd', '2025-04-05 06:00:00.000000', '')""",
    ),
    "0009_execution": (
        """INSERT INTO execution_forms (id, unit_id, kind, year, month, as_of, institution_code, institution,
           source, attachment_id, supersedes_id, created_at, created_by, withdrawn_at, reason, notes)
           VALUES (1, 1, '2-19', 2025, 1, '2025-02-01', '1241234', 'Аппарат акима', 'file', 1, NULL,
           '2025-02-03 06:00:00.000000', 'akimat', NULL, '', '[]')""",
        """INSERT INTO execution_facts (form_id, position, code, kind, name_kk, name_ru, received_day,
           received) VALUES (1, 0, '1/04/4/02', 'tax', 'Көлік құралдарына салынатын салық',
           'Налог на транспортные средства', 0, 12345600)""",
        """INSERT INTO execution_reasons (id, unit_id, year, month, code, text, written_at, written_by)
           VALUES (1, 1, 2025, 1, '1/04/4', 'Төлем мерзімі – сәуір', '2025-02-03 06:00:00.000000',
           'akimat')""",
        """INSERT INTO execution_choices (id, unit_id, kind, printed, choice, code, name_kk, name_ru)
           VALUES (1, 1, '2-19', '1/04/4/09', 'map', '1/04/4/02', '', '')""",
    ),
    "0010_calendar": (
        "INSERT INTO calendar_days (day, working, note) VALUES ('2026-10-10', 1, 'Көшірілген күн')",
        """INSERT INTO calendar_marks (unit_id, year, key, done_on, note)
           VALUES (1, 2026, 'draft_to_planning', '2025-08-29', '')""",
        """INSERT INTO calendar_events (unit_id, year, event, day)
           VALUES (1, 2026, 'raion_decision_signed', '2025-12-24')""",
    ),
    "0011_corrections": (
        """INSERT INTO budget_corrections (id, document_id, number, date, effective_date, session, reason,
           corrected_at, corrected_by)
           VALUES (1, 1, '12/2', '2024-12-26', NULL, '', 'Нөмірі қате терілген',
           '2025-01-06 06:00:00.000000', 'akimat')""",
    ),
    "0012_bases": (
        "UPDATE units SET bin = '990140000017' WHERE id = 1",
        """UPDATE plan_documents SET basis_kind = 'minutes', basis_number = '5', basis_date = '2025-12-20',
           basis_id = 7""",
    ),
    "0013_scenario_notes": ("UPDATE ratio_scenarios SET note = 'Акимнің ұсынысы бойынша' WHERE id = 1",),
    "0014_contents": (
        """INSERT INTO package_papers (ref, package_id, unit_id, kind, year, month, paper_id, digest)
           VALUES ('d0:form:1', 1, 1, 'form', 2025, 1, 1, 'ee')""",
        """INSERT INTO package_statements (package_id, kind, content) VALUES (1, 'meetings', '[]')""",
    ),
    "0016_draft_steps": (
        """INSERT INTO budget_draft_steps (document_id, number, undone, content)
           VALUES (1, 1, 0, CAST(
           X'789CAB56CA4BCC4D55B2AA562AA92C00D24AB9A9C5C589E9A94A3A4AD9A995407E4A51625A895E6A' ||
           X'4A66895E5E7E09483C2D333527A518A42527330FA4C550DF' ||
           X'C044DF50A9B65647293923312F3D1528191D5B0B005CF31D5B' AS BLOB))""",
    ),
}


def make(revision: str, target: Path) -> None:
    """Write the sample of ``revision`` to ``target``."""
    real = schema.migrate
    with (
        tempfile.TemporaryDirectory() as folder,
        mock.patch.object(schema, "HEAD", revision),
        mock.patch.object(schema, "migrate", lambda connection, *_: real(connection, revision)),
    ):
        path = Path(folder, "sample.akimat")
        with Workspace.create(path) as workspace:
            name = Trilingual("Ақбұлақ ауылдық округі", "Акбулакский сельский округ")
            unit = create_unit(workspace, DEFAULT_ACTOR, kind=UnitKind.OKRUG, name=name, kato="103230000")
            set_post(workspace, DEFAULT_ACTOR, unit.id, Position.AKIM, "Ә. Үлгіұлы")
            with workspace.changing(DEFAULT_ACTOR, "sample.kept") as change:
                keep_attachment(change, "шешім.txt", "Бюджет туралы шешім".encode())
            workspace.set_setting(DEFAULT_ACTOR, "year", "2025")
            workspace.close(make_backup=False)
        with closing(connect(path, writable=True)) as connection:
            for step, rows in ROWS.items():
                if step <= revision:
                    for row in rows:
                        connection.execute(row)
            row_digests.make_all(connection)  # these rows came past the door
        target.write_bytes(path.read_bytes())


if __name__ == "__main__":
    for each in sys.argv[1:]:
        make(each, Path(__file__).with_name(f"{each}.akimat"))
