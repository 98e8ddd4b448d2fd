-- People, how to reach them, and what proves who they are.
create table users (
    id bytea not null primary key,
    name text not null,
    -- The standard claims of OpenID Connect Core §5.1 besides name and contacts, as JSON.
    profile text not null,
    operator boolean not null,
    created_at bigint not null,
    updated_at bigint not null,
    suspended_at bigint,
    suspended_reason text,
    deleted_at bigint
);

create table contacts (
    id bytea not null primary key,
    user_id bytea not null references users (id),
    channel text not null,
    -- As the person wrote it; `canonical` is what is compared.
    address text not null,
    canonical text not null,
    is_primary boolean not null,
    created_at bigint not null,
    verified_at bigint
);
create index contacts_of_user on contacts (user_id);
create unique index contacts_verified_once on contacts (channel, canonical) where verified_at is not null;

create table passwords (
    user_id bytea not null primary key references users (id),
    hash text not null,
    changed_at bigint not null
);

-- A browser, signed in. The cookie's secret is kept as a digest only.
create table sessions (
    id bytea not null primary key,
    secret_digest bytea not null,
    user_id bytea not null references users (id),
    acr text not null,
    amr text not null,
    user_agent text not null,
    address text not null,
    created_at bigint not null,
    auth_at bigint not null,
    last_seen_at bigint not null,
    expires_at bigint not null,
    ended_at bigint
);
create unique index sessions_by_secret on sessions (secret_digest);
create index sessions_of_user on sessions (user_id);
create index sessions_by_expiry on sessions (expires_at);

-- Codes that wait to be typed once: keyed digest only, bound to a purpose and a browser.
create table challenges (
    id bytea not null primary key,
    purpose text not null,
    browser_digest bytea not null,
    user_id bytea references users (id),
    channel text not null,
    address text not null,
    code_digest bytea not null,
    sealed_facts bytea not null,
    attempts bigint not null,
    sends bigint not null,
    sent_at bigint not null,
    expires_at bigint not null,
    used_at bigint
);
create index challenges_by_expiry on challenges (expires_at);
