-- What the person left out: not asked again, as long as the app can do without.
alter table grants add column declined text not null default '';
-- When the person wished to be asked again; the next answer fulfils it.
alter table grants add column ask_again_at bigint;
