-- work: which of the latest collections subscriptions were asked about. Older ones are below a number that is remembered;
-- numbers of transactions that run side by side do not come in their order, so the latest are told one by one.
create table subscription_seen (collection_id bigint primary key);
