drop table logout_notices;
