-- rows: which files an act made public, and of what. Its line names the old object: show it to nobody but who may know of that.
create table published (
  home bigint not null, leaf bigint not null,   -- of the new file
  act uuid not null,
  line text not null,
  primary key (home, leaf)
);
create index published_by_act on published (act);
