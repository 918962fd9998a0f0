-- work: how much lies at each element, by slice of a home. Recomputed to absolute numbers under the home's lock; homes that
-- are due are counted from the rows by whoever asks.
create table stored (
  home bigint not null, slice int not null, storage_id int not null,
  files bigint not null, bytes bigint not null,
  primary key (home, slice, storage_id)
) with (fillfactor = 60);
create index stored_by_storage on stored (storage_id);
-- What is there already is counted when its home is attended next.
insert into due(home) select home from directory;
