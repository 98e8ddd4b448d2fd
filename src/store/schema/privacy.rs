//! The tables of what people take with them, of their leaving, and of what apps hear of it.

diesel::table! {
    exports (id) {
        id -> Binary,
        user_id -> Binary,
        language -> Text,
        asked_at -> BigInt,
        claimed_until -> Nullable<BigInt>,
        done -> BigInt,
        total -> BigInt,
        ready_at -> Nullable<BigInt>,
        size -> BigInt,
        expires_at -> BigInt,
    }
}

diesel::table! {
    export_parts (export_id, position) {
        export_id -> Binary,
        position -> BigInt,
        sealed_bytes -> Binary,
    }
}

diesel::table! {
    deletions (user_id) {
        user_id -> Binary,
        asked_at -> BigInt,
        due_at -> BigInt,
        told_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    client_notices (id) {
        id -> Binary,
        client_id -> Binary,
        user_id -> Binary,
        session_id -> Nullable<Binary>,
        event -> Text,
        details -> Text,
        created_at -> BigInt,
        due_at -> BigInt,
        attempts -> BigInt,
        sent_at -> Nullable<BigInt>,
        failed_at -> Nullable<BigInt>,
        last_error -> Nullable<Text>,
    }
}

diesel::table! {
    app_reports (id) {
        id -> Binary,
        client_id -> Binary,
        user_id -> Nullable<Binary>,
        reason -> Text,
        details -> Text,
        reported_at -> BigInt,
    }
}
