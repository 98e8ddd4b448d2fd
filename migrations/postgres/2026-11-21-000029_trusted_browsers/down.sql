alter table sessions drop column browser_digest;
drop table trusted_browsers;
