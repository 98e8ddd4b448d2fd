-- The mail address that the app is told; the primary one if none was chosen, or that one is gone.
alter table grants add column email_contact_id bytea;
