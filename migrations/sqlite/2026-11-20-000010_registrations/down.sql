drop index activity_of_registrations;
