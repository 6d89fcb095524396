-- Everything, as it stands in SQLite after the migration of the same number: numbers are bigint there and here,
-- yes and no are 1 and 0, so that one statement serves both.

-- What the widget told us. One row per event; the first of an id is kept, repeats are ignored.
-- No column can hold an address, a name or anything else that tells who the shopper is.
create table events (
    rowid bigint generated always as identity, -- the order they were written in; SQLite counts by itself
    id bytea not null,
    site text not null,
    visit bytea not null,
    at_ms bigint not null,       -- the shopper's clock, unix milliseconds; may be wrong
    received_ms bigint not null, -- the server's clock, unix milliseconds
    locale text not null,
    what text not null,           -- what happened, as JSON
    constraint events_pk primary key (rowid),
    constraint events_id_has_128_bits check (length(id) = 16),
    constraint events_visit_has_128_bits check (length(visit) = 16),
    constraint events_what_is_json check (what::json is not null)
);

create unique index events_by_id on events (id);
create index events_by_visit on events (visit, received_ms);

-- Claims. One row each, as it stands; what happened to it is in claim_entries, in order.
-- Columns that hold something of the shopper's: name, email, email_key, phone, order_number,
-- rating_line here, text in claim_entries, bytes in claim_files. Erasing empties exactly these.
create table claims (
    number bigint not null,      -- the tracking number's 60 random bits
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
    slot text collate "C",        -- beginning of a call-back, on the shop's wall: YYYY-MM-DD HH:MM
    goods_received text,          -- of a withdrawal: YYYY-MM-DD
    last_day text,                -- of a withdrawal: YYYY-MM-DD
    late bigint,                 -- of a withdrawal: 0 or 1
    opened_ms bigint not null,
    promised_ms bigint,          -- the first promise; never changes
    due_ms bigint,               -- the promise that runs now
    missed bigint not null default 0,
    responded_ms bigint,
    closed_ms bigint,
    merged_into bigint,
    rating_delay bigint,
    rating_listened bigint,
    rating_line text,
    rated_ms bigint,
    updated_ms bigint not null,
    erased_ms bigint,            -- when what is the shopper's was emptied
    key_hash bytea not null,       -- SHA-256 of the key it was sent with: sent again, it is the same claim
    content_hash bytea not null,   -- SHA-256 of what was sent with that key
    salt bytea not null,           -- makes the receipt code of the key
    constraint claims_pk primary key (number),
    constraint claims_sent_once unique (key_hash),
    constraint claims_number_has_60_bits check (number between 0 and 1152921504606846975),
    constraint claims_kind_is_known check (kind in ('request', 'call_back', 'withdrawal')),
    constraint claims_state_is_known check
        (state in ('received', 'taken_up', 'waiting_for_shopper', 'answered', 'closed', 'reopened')),
    constraint claims_ratings_are_one_to_five check
        (coalesce(rating_delay, 1) between 1 and 5 and coalesce(rating_listened, 1) between 1 and 5)
);

create index claims_by_due on claims (site, due_ms) where due_ms is not null;
create index claims_by_updated on claims (site, updated_ms);
create index claims_by_email on claims (email_key) where email_key is not null;
create index claims_by_order on claims (order_number) where order_number is not null;
create index claims_by_slot on claims (site, slot) where slot is not null;

-- What happened to a claim, with what was written.
create table claim_entries (
    claim bigint not null,
    rank bigint not null,        -- from 1
    at_ms bigint not null,
    act text not null,
    actor text not null,
    "user" text,                    -- of the console
    text text,
    due_ms bigint,
    team text,
    key_hash bytea,                -- SHA-256 of the key the shopper sent it with
    constraint claim_entries_pk primary key (claim, rank),
    constraint claim_entries_sent_once unique (claim, key_hash),
    constraint claim_entries_of_claim foreign key (claim) references claims (number) on delete cascade
);

-- Files of a claim. Their names and whatever else they say of themselves are not kept.
create table claim_files (
    claim bigint not null,
    rank bigint not null,        -- from 1, within the claim
    entry bigint not null,       -- rank of the entry it came with
    kind text not null,           -- told from its first bytes
    size_bytes bigint not null,
    bytes bytea not null,
    constraint claim_files_pk primary key (claim, rank),
    constraint claim_files_of_claim foreign key (claim) references claims (number) on delete cascade
);

-- What opens a claim's messages and files. Only hashes: a copy of the database opens nothing.
create table claim_access (
    claim bigint not null,
    kind text not null,           -- code: of the receipt; link: of a mail, used once; pass: what a link was exchanged for
    hash bytea not null,           -- SHA-256 of number and secret
    expires_ms bigint,
    used_ms bigint,              -- of a link
    constraint claim_access_pk primary key (claim, hash),
    constraint claim_access_kind_is_known check (kind in ('code', 'link', 'pass')),
    constraint claim_access_of_claim foreign key (claim) references claims (number) on delete cascade
);

create index claim_access_by_expiry on claim_access (expires_ms) where expires_ms is not null;

-- Contacts out of imported call logs: that somebody contacted the shop, when and about what; never who.
create table contacts (
    id bytea not null,          -- made from the line, so that a log imported twice counts once
    site text not null,
    at_ms bigint not null,    -- unix milliseconds
    channel text not null,
    category text,
    document text,
    case_key bytea,             -- equal for the contacts of one claim; nothing else can be read from it
    after_help bigint,        -- 1: had looked at the help before, 0: had not, null: was not asked
    constraint contacts_pk primary key (id),
    constraint contacts_id_has_128_bits check (length(id) = 16),
    constraint contacts_case_has_64_bits check (case_key is null or length(case_key) = 8),
    constraint contacts_after_help_is_yes_or_no check (after_help is null or after_help in (0, 1))
);

create index contacts_by_site on contacts (site, at_ms);

-- Mails to send. A row is written with what caused it, in one transaction, and is the queue: a restart goes on with it.
-- Of a mail that was sent, subject and body are emptied: they hold codes that open a claim.
create table mails (
    id bigint generated always as identity,
    key text not null,            -- what caused it: one mail for each
    site text not null,
    claim text,                   -- tracking number of the claim it is about
    recipient text not null,
    lang text not null,
    subject text not null,
    body text not null,
    state text not null,
    attempts bigint not null,    -- how often a server was asked to take it
    created_ms bigint not null,
    due_ms bigint not null,      -- when it is tried next; while sending: when that attempt counts as lost
    ended_ms bigint,             -- when it was sent or given up
    problem text not null,        -- what kept the last attempt from ending well
    constraint mails_pk primary key (id),
    constraint mails_one_for_each_cause unique (key),
    constraint mails_state_is_known check (state in ('waiting', 'sending', 'sent', 'failed'))
);

create index mails_due on mails (due_ms, id) where state in ('waiting', 'sending');
create index mails_by_claim on mails (claim) where claim is not null;
create index mails_by_recipient on mails (recipient);

-- The shop's people, their sessions, and what they did.
create table users (
    name text collate "C" not null, -- what they sign in with; stands in the timeline's audit trail
    role text not null,
    password text not null,       -- an argon2 hash with its salt and settings, as PHC text
    created_ms bigint not null,
    constraint users_pk primary key (name),
    constraint users_role_is_known check (role in ('owner', 'agent', 'reader'))
);

create table sessions (
    token_hash bytea not null,     -- SHA-256 of the cookie: who reads this table can't sign in with it
    "user" text not null,
    created_ms bigint not null,
    used_ms bigint not null,
    constraint sessions_pk primary key (token_hash),
    constraint sessions_user foreign key ("user") references users (name) on delete cascade
);

create index sessions_by_user on sessions ("user");

-- Only ever added to. Outlives the users it names.
create table audit (
    id bigint generated always as identity,
    at_ms bigint not null,
    "user" text not null,
    what text not null,           -- a stable word such as `sign_in` or `answer`
    claim text,                   -- tracking number of the claim it was done to
    detail text not null,
    constraint audit_pk primary key (id)
);

create index audit_by_claim on audit (claim, id) where claim is not null;

-- What another program is told of claims. A row is written by the database itself, in the
-- transaction that adds the entry to the timeline, so that neither exists without the other.
create table webhook_deliveries (
    id bigint generated always as identity primary key, -- never used again: the receiver knows repeats by it
    claim bigint not null,
    entry bigint not null,       -- rank of the entry in the claim's timeline
    event text not null,
    state text not null default 'waiting',
    attempts bigint not null default 0,
    created_ms bigint not null,
    due_ms bigint not null,      -- when it is tried next; while sending: when that attempt counts as lost
    ended_ms bigint,
    problem text not null default '',
    constraint webhook_deliveries_state_is_known check (state in ('waiting', 'sending', 'sent', 'failed')),
    constraint webhook_deliveries_of_claim foreign key (claim) references claims (number) on delete cascade
);

create index webhook_deliveries_due on webhook_deliveries (due_ms, id) where state in ('waiting', 'sending');
create index webhook_deliveries_by_claim on webhook_deliveries (claim);

create function webhook_deliveries_of_entry() returns trigger language plpgsql as $$
begin
    insert into webhook_deliveries (claim, entry, event, created_ms, due_ms)
    values (
        new.claim,
        new.rank,
        case new.act
            when 'open' then 'claim.opened'
            when 'complete' then 'claim.completed'
            when 'answer' then 'claim.answered'
            when 'reopen' then 'claim.reopened'
            else 'claim.closed'
        end,
        new.at_ms,
        new.at_ms
    );
    return null;
end
$$;

create trigger webhook_deliveries_after_entry
after insert on claim_entries
for each row
when (new.act in ('open', 'complete', 'answer', 'reopen', 'close', 'cancel', 'merge'))
execute function webhook_deliveries_of_entry();

-- Which indicators the owner made public. Their figures are computed from claims and stand nowhere.
create table public_indicators (
    site text not null,
    indicator text not null,
    constraint public_indicators_pk primary key (site, indicator)
);

create index claims_by_opened on claims (site, opened_ms);

-- What was told of each week. A row is written once, with the mails that tell of it.
create table digests (
    site text not null,
    week text not null,           -- its Monday, as YYYY-MM-DD
    lang text not null,
    title text not null,
    body text not null,           -- HTML of our own making
    created_ms bigint not null,
    constraint digests_pk primary key (site, week)
);
