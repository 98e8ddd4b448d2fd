-- Recovery codes: keyed digests only. They count once their owner has typed one back.
create table recovery_codes (
    id bytea not null primary key,
    user_id bytea not null references users (id),
    code_digest bytea not null,
    made_at bigint not null,
    confirmed_at bigint,
    used_at bigint
);
create index recovery_codes_of_user on recovery_codes (user_id);
