alter table users drop column language;
alter table users drop column thawed_at;
alter table users drop column frozen_at;
