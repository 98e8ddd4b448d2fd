-- The browsers in which somebody has shown a second step, and is not asked for one again for a while.
create table trusted_browsers (
    id blob primary key not null,
    user_id blob not null references users (id),
    browser_digest blob not null,
    secret_digest blob not null,
    user_agent text not null,
    address text not null,
    trusted_at bigint not null,
    last_used_at bigint not null,
    expires_at bigint not null
);
create unique index trusted_browsers_of_user on trusted_browsers (user_id, browser_digest);
create index trusted_browsers_by_browser on trusted_browsers (browser_digest);
create index trusted_browsers_by_expiry on trusted_browsers (expires_at);

-- In which browser a session is: another one of the same person there takes its place.
alter table sessions add column browser_digest blob;
