drop index activity_by_moment;
