"""Reports: each defined once as a neutral document, rendered to PDF, Excel, Word, JSON or the screen."""
