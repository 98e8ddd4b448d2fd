alter table grants drop column ask_again_at;
alter table grants drop column declined;
