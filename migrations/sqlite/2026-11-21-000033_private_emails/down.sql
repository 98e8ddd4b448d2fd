alter table grants drop column private_email_id;
drop table private_emails;
