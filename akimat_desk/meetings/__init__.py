"""Meetings of the community and of the mäslikhat: the law's rules, the record, what follows from it."""
