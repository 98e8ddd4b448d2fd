drop table leases;
drop table activity;
drop table outbox;
drop table signing_keys;
