-- How many apps an address has registered lately is asked at each registration.
create index activity_of_registrations on activity (address, happened_at) where event = 'app_registered';
