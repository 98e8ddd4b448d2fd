-- The browsers that somebody has signed in with. A forgotten one is a stranger again; that there was one stays known.
create table known_browsers (
    user_id blob not null references users (id),
    browser_digest blob not null,
    first_seen_at bigint not null,
    last_seen_at bigint not null,
    forgotten_at bigint,
    primary key (user_id, browser_digest)
);
create index known_browsers_by_last_seen on known_browsers (last_seen_at);

-- Where each try makes the next one wait: when that may come.
alter table attempts add column opens_at bigint not null default 0;
