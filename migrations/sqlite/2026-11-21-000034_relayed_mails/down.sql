drop table relayed_mails;
