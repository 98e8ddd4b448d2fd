-- Addresses made for one app each, which forward to a person. One is kept as long as the account, so
-- that it comes back with the app's access and is never anybody else's.
create table private_emails (
    id blob not null primary key,
    user_id blob not null references users (id),
    client_id blob not null references clients (id),
    address text not null,
    -- Where mail goes; to the primary address if none was chosen, or that one is gone.
    contact_id blob,
    created_at bigint not null,
    -- Since when the person wants no mail by it.
    stopped_at bigint
);
create unique index private_emails_of_user on private_emails (user_id, client_id);
create unique index private_emails_by_address on private_emails (address);
-- The address that the app is told, if it hides the others.
alter table grants add column private_email_id blob;
