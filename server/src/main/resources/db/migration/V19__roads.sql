-- What a copy is carried for, what it waits for though nothing went wrong, and which copy it is only made for.
alter table demand add column activity text collate "C" not null default 'custody';
alter table demand add column waits text;
alter table demand add column onward_id int;     -- the element it goes on to; null where it is wanted for itself
drop index demand_due;
-- The head of each activity's queue is found without reading the queue.
create index demand_due on demand (storage_id, activity, urgency, due_at);

-- What a rule says it is for, as it stands in its line.
alter table rule add column activity text collate "C"
  generated always as (substring(line from E'\t\\{"activity":"([^"\\\\]{1,100})"')) stored;

-- Copies under way, by the lease under which they went: work. A row whose lease is over says nothing.
create table trip (
  home bigint not null, leaf bigint not null, storage_id int not null,
  epoch int not null, source_id int not null,
  primary key (home, leaf, storage_id)
) with (fillfactor = 60);
