-- Sign-ins that wait for a yes from a browser where the same person is signed in.
create table approvals (
    id blob primary key not null,
    sign_in_id blob not null,
    user_id blob not null references users (id),
    browser_digest blob not null,
    -- What stands at the door, and the three that are chosen from.
    number text not null,
    numbers text not null,
    user_agent text not null,
    address text not null,
    asked_at bigint not null,
    expires_at bigint not null,
    approved_at bigint,
    refused_at bigint
);
create index approvals_of_sign_in on approvals (sign_in_id);
create index approvals_of_user on approvals (user_id, expires_at);
create index approvals_by_expiry on approvals (expires_at);
