"""Files from outside, read under limits: text, tables and cells out of text, HTML, Word and Excel."""
