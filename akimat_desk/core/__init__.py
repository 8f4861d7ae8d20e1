"""What everything else stands on: money, language, findings, deadlines, errors. Knows no other room."""
