alter table users drop column terms_version;
alter table users drop column terms_accepted_at;
drop table contact_changes;
