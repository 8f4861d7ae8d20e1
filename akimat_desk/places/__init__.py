"""Units by KATO code, the posts in them and who holds these."""
