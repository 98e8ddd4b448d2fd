//! The tables of what people take with them, and of their leaving.

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
