alter table grants drop column email_contact_id;
