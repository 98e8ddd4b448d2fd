drop table refusals;
