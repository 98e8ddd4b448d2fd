-- Mails of others that wait in the outbox, sealed; each goes once it left, or will not.
create table relayed_mails (
    letter_id blob not null primary key,
    sealed_mail blob not null,
    created_at bigint not null
);
create index relayed_mails_by_age on relayed_mails (created_at);
