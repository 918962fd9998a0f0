-- Homes in which something falls short and may be waiting for an element that comes back.
create index shortfall_open on shortfall (home) where arriving or verdict = 'B';
