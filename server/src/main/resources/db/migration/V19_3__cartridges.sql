-- Which copies lie on a cartridge, for addresses of the form LABEL:POSITION; and proofs that lean on a cartridge's sample, which
-- are to be taken anew where the plan stops allowing that.
create index copy_on_cartridge on copy (storage_id, split_part(locator, ':', 1)) where position(':' in locator) > 1;
create index copy_from_sample on copy (storage_id, proof_at) where state = 'P' and proof_kind = 'C';
