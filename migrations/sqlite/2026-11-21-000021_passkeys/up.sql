-- Public keys that people prove themselves with (WebAuthn). The counter is part of the credential.
create table passkeys (
    id blob not null primary key,
    user_id blob not null references users (id),
    kind text not null,
    credential_id blob not null,
    credential text not null,
    aaguid blob,
    name text,
    created_at bigint not null,
    last_used_at bigint
);
create unique index passkeys_by_credential on passkeys (credential_id);
create index passkeys_of_user on passkeys (user_id);
