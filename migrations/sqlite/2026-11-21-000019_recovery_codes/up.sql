-- Recovery codes: keyed digests only. They count once their owner has typed one back.
create table recovery_codes (
    id blob not null primary key,
    user_id blob not null references users (id),
    code_digest blob not null,
    made_at bigint not null,
    confirmed_at bigint,
    used_at bigint
);
create index recovery_codes_of_user on recovery_codes (user_id);
