-- When a collection is to be asked about once more, for not all rules that were ordered for it could be made.
alter table subscription_seen add column again bigint;
create index subscription_seen_again on subscription_seen (again) where again is not null;
