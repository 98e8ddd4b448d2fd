-- Changes to how a person is reached, each with what was listed before it: for some days whoever was
-- told of it can take it back.
create table contact_changes (
    id blob not null primary key,
    user_id blob not null references users (id),
    -- The person's contacts before the change, as JSON.
    contacts_before text not null,
    made_at bigint not null,
    expires_at bigint not null,
    undone_at bigint
);
create index contact_changes_of_user on contact_changes (user_id);
create index contact_changes_by_expiry on contact_changes (expires_at);
-- When the person accepted the terms, and which.
alter table users add column terms_accepted_at bigint;
alter table users add column terms_version text;
