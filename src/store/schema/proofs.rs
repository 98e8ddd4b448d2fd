//! The tables of what people prove themselves with, and of what they tried.

diesel::table! {
    passwords (user_id) {
        user_id -> Binary,
        hash -> Text,
        changed_at -> BigInt,
    }
}

diesel::table! {
    sign_ins (id) {
        id -> Binary,
        user_id -> Binary,
        browser_digest -> Binary,
        session_id -> Nullable<Binary>,
        reason -> Text,
        first_proof -> Text,
        amr -> Text,
        wanted_acr -> Nullable<Text>,
        event -> Text,
        proved_at -> BigInt,
        attempts -> BigInt,
        expires_at -> BigInt,
        finished_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    challenges (id) {
        id -> Binary,
        purpose -> Text,
        browser_digest -> Binary,
        user_id -> Nullable<Binary>,
        channel -> Text,
        address -> Text,
        code_digest -> Binary,
        sealed_facts -> Binary,
        attempts -> BigInt,
        sends -> BigInt,
        sent_at -> BigInt,
        expires_at -> BigInt,
        used_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    attempts (id) {
        id -> Binary,
        tries -> BigInt,
        expires_at -> BigInt,
        opens_at -> BigInt,
    }
}

diesel::table! {
    known_browsers (user_id, browser_digest) {
        user_id -> Binary,
        browser_digest -> Binary,
        first_seen_at -> BigInt,
        last_seen_at -> BigInt,
        forgotten_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    approvals (id) {
        id -> Binary,
        sign_in_id -> Binary,
        user_id -> Binary,
        browser_digest -> Binary,
        number -> Text,
        numbers -> Text,
        user_agent -> Text,
        address -> Text,
        asked_at -> BigInt,
        expires_at -> BigInt,
        approved_at -> Nullable<BigInt>,
        refused_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    trusted_browsers (id) {
        id -> Binary,
        user_id -> Binary,
        browser_digest -> Binary,
        secret_digest -> Binary,
        user_agent -> Text,
        address -> Text,
        trusted_at -> BigInt,
        last_used_at -> BigInt,
        expires_at -> BigInt,
    }
}

diesel::table! {
    passkeys (id) {
        id -> Binary,
        user_id -> Binary,
        kind -> Text,
        credential_id -> Binary,
        credential -> Text,
        aaguid -> Nullable<Binary>,
        name -> Nullable<Text>,
        created_at -> BigInt,
        last_used_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    totp_secrets (id) {
        id -> Binary,
        user_id -> Binary,
        name -> Text,
        sealed_secret -> Binary,
        last_step -> BigInt,
        created_at -> BigInt,
        last_used_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    recovery_codes (id) {
        id -> Binary,
        user_id -> Binary,
        code_digest -> Binary,
        made_at -> BigInt,
        confirmed_at -> Nullable<BigInt>,
        used_at -> Nullable<BigInt>,
    }
}
