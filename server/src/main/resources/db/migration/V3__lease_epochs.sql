-- Epochs of leases of demands, never the same twice: a demand may be withdrawn and raised again while its old lease runs.
create sequence demand_epoch as int cycle;
