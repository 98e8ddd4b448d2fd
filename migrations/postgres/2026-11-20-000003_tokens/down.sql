drop table revoked_tokens;
drop table token_families;
drop table grants;
