-- Devices that wait for somebody to type their code (RFC 8628). Both codes are kept as digests only; the key is
-- the id of the token family that redeeming begins.
create table device_codes (
    id blob not null primary key,
    code_digest blob not null,
    user_code_digest blob not null,
    client_id blob not null references clients (id),
    scope text not null,
    resource text,
    device_name text,
    address text not null,
    user_agent text not null,
    created_at bigint not null,
    expires_at bigint not null,
    interval_seconds bigint not null,
    polled_at bigint,
    user_id blob references users (id),
    grant_id blob references grants (id),
    acr text,
    amr text,
    auth_at bigint,
    allowed_at bigint,
    denied_at bigint,
    redeemed_at bigint
);
create unique index device_codes_by_code on device_codes (code_digest);
create unique index device_codes_by_user_code on device_codes (user_code_digest);
create index device_codes_by_expiry on device_codes (expires_at);

-- A device that was linked by its code: a token family with a name.
create table linked_devices (
    id blob not null primary key references token_families (id) on delete cascade,
    user_id blob not null references users (id),
    name text,
    linked_at bigint not null
);
create index linked_devices_of_user on linked_devices (user_id);

-- Counted tries, by the digest of who tries what.
create table attempts (
    id blob not null primary key,
    tries bigint not null,
    expires_at bigint not null
);
create index attempts_by_expiry on attempts (expires_at);
