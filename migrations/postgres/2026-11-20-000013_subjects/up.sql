-- Who the person is to the client, where it may speak of them in an assertion (RFC 7523): a pairwise subject
-- cannot be computed back.
alter table grants add column subject text;
create index grants_by_subject on grants (client_id, subject) where ended_at is null;

-- Registrations are counted like every other try, in attempts.
drop index activity_of_registrations;
