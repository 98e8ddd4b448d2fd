alter table outbox drop column reply;
drop table delayed_recoveries;
