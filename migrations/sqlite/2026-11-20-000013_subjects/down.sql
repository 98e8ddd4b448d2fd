create index activity_of_registrations on activity (address, happened_at) where event = 'app_registered';
drop index grants_by_subject;
alter table grants drop column subject;
