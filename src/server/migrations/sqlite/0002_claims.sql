-- Claims. One row each, as it stands; what happened to it is in claim_entries, in order.
-- Columns that hold something of the shopper's: name, email, email_key, phone, order_number,
-- rating_line here, text in claim_entries, bytes in claim_files. Erasing empties exactly these.
create table claims (
    number integer not null,      -- the tracking number's 60 random bits
    site text not null,
    kind text not null,
    category text not null,
    team text not null,
    lang text not null,
    state text not null,
    name text,
    email text,
    email_key text,               -- lower-cased, to search by
    phone text,
    order_number text,
    slot text,                    -- beginning of a call-back, on the shop's wall: YYYY-MM-DD HH:MM
    goods_received text,          -- of a withdrawal: YYYY-MM-DD
    last_day text,                -- of a withdrawal: YYYY-MM-DD
    late integer,                 -- of a withdrawal: 0 or 1
    opened_ms integer not null,
    promised_ms integer,          -- the first promise; never changes
    due_ms integer,               -- the promise that runs now
    missed integer not null default 0,
    responded_ms integer,
    closed_ms integer,
    merged_into integer,
    rating_delay integer,
    rating_listened integer,
    rating_line text,
    rated_ms integer,
    updated_ms integer not null,
    erased_ms integer,            -- when what is the shopper's was emptied
    key_hash blob not null,       -- SHA-256 of the key it was sent with: sent again, it is the same claim
    content_hash blob not null,   -- SHA-256 of what was sent with that key
    salt blob not null,           -- makes the receipt code of the key
    constraint claims_pk primary key (number),
    constraint claims_sent_once unique (key_hash),
    constraint claims_number_has_60_bits check (number between 0 and 1152921504606846975),
    constraint claims_kind_is_known check (kind in ('request', 'call_back', 'withdrawal')),
    constraint claims_state_is_known check
        (state in ('received', 'taken_up', 'waiting_for_shopper', 'answered', 'closed', 'reopened')),
    constraint claims_ratings_are_one_to_five check
        (coalesce(rating_delay, 1) between 1 and 5 and coalesce(rating_listened, 1) between 1 and 5)
) strict;

create index claims_by_due on claims (site, due_ms) where due_ms is not null;
create index claims_by_updated on claims (site, updated_ms);
create index claims_by_email on claims (email_key) where email_key is not null;
create index claims_by_order on claims (order_number) where order_number is not null;
create index claims_by_slot on claims (site, slot) where slot is not null;

-- What happened to a claim, with what was written.
create table claim_entries (
    claim integer not null,
    rank integer not null,        -- from 1
    at_ms integer not null,
    act text not null,
    actor text not null,
    user text,                    -- of the console
    text text,
    due_ms integer,
    team text,
    key_hash blob,                -- SHA-256 of the key the shopper sent it with
    constraint claim_entries_pk primary key (claim, rank),
    constraint claim_entries_sent_once unique (claim, key_hash),
    constraint claim_entries_of_claim foreign key (claim) references claims (number) on delete cascade
) strict;

-- Files of a claim. Their names and whatever else they say of themselves are not kept.
create table claim_files (
    claim integer not null,
    rank integer not null,        -- from 1, within the claim
    entry integer not null,       -- rank of the entry it came with
    kind text not null,           -- told from its first bytes
    size_bytes integer not null,
    bytes blob not null,
    constraint claim_files_pk primary key (claim, rank),
    constraint claim_files_of_claim foreign key (claim) references claims (number) on delete cascade
) strict;

-- What opens a claim's messages and files. Only hashes: a copy of the database opens nothing.
create table claim_access (
    claim integer not null,
    kind text not null,           -- code: of the receipt; link: of a mail, used once; pass: what a link was exchanged for
    hash blob not null,           -- SHA-256 of number and secret
    expires_ms integer,
    used_ms integer,              -- of a link
    constraint claim_access_pk primary key (claim, hash),
    constraint claim_access_kind_is_known check (kind in ('code', 'link', 'pass')),
    constraint claim_access_of_claim foreign key (claim) references claims (number) on delete cascade
) strict;

create index claim_access_by_expiry on claim_access (expires_ms) where expires_ms is not null;
