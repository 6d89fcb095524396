-- What the widget told us. One row per event; the first of an id is kept, repeats are ignored.
-- No column can hold an address, a name or anything else that tells who the shopper is.
create table events (
    id blob not null,
    site text not null,
    visit blob not null,
    at_ms integer not null,       -- the shopper's clock, unix milliseconds; may be wrong
    received_ms integer not null, -- the server's clock, unix milliseconds
    locale text not null,
    what text not null,           -- what happened, as JSON
    constraint events_id_has_128_bits check (length(id) = 16),
    constraint events_visit_has_128_bits check (length(visit) = 16),
    constraint events_what_is_json check (json_valid(what))
) strict;

-- Ids are random. The first log imported is written without these two, which are made at its end.
create unique index events_by_id on events (id);
create index events_by_visit on events (visit, received_ms);
