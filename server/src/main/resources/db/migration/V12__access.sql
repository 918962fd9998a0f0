-- work: when a name was last used, as clients say.
create table access (home bigint not null, leaf bigint not null, at bigint not null, primary key (home, leaf)) with (fillfactor = 80);
