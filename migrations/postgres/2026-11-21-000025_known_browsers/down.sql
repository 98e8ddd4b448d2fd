alter table attempts drop column opens_at;
drop table known_browsers;
