alter table users drop column code_channels;
alter table users drop column preferred_factor;
alter table users drop column two_step_at;
drop table sign_ins;
