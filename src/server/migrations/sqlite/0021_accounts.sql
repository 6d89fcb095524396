-- The shop's people, their sessions, and what they did.
create table users (
    name text not null,           -- what they sign in with; stands in the timeline's audit trail
    role text not null,
    password text not null,       -- an argon2 hash with its salt and settings, as PHC text
    created_ms integer not null,
    constraint users_pk primary key (name),
    constraint users_role_is_known check (role in ('owner', 'agent', 'reader'))
) strict;

create table sessions (
    token_hash blob not null,     -- SHA-256 of the cookie: who reads this table can't sign in with it
    user text not null,
    created_ms integer not null,
    used_ms integer not null,
    constraint sessions_pk primary key (token_hash),
    constraint sessions_user foreign key (user) references users (name) on delete cascade
) strict;

create index sessions_by_user on sessions (user);

-- Only ever added to. Outlives the users it names.
create table audit (
    id integer not null,
    at_ms integer not null,
    user text not null,
    what text not null,           -- a stable word such as `sign_in` or `answer`
    claim text,                   -- tracking number of the claim it was done to
    detail text not null,
    constraint audit_pk primary key (id)
) strict;

create index audit_by_claim on audit (claim, id) where claim is not null;
