-- A frozen account is usable by nobody until its owner has chosen a new password.
alter table users add column frozen_at bigint;
-- When that last happened: what was said of the account before does not freeze it again.
alter table users add column thawed_at bigint;
-- The language that messages are written in.
alter table users add column language text;
