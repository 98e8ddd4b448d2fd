drop table challenges;
drop table sessions;
drop table passwords;
drop table contacts;
drop table users;
