//! The tables, as both databases hold them: one schema, because only portable types are used.

mod privacy;
mod proofs;

pub use privacy::*;
pub use proofs::*;

diesel::table! {
    users (id) {
        id -> Binary,
        name -> Text,
        profile -> Text,
        operator -> Bool,
        created_at -> BigInt,
        updated_at -> BigInt,
        suspended_at -> Nullable<BigInt>,
        suspended_reason -> Nullable<Text>,
        deleted_at -> Nullable<BigInt>,
        frozen_at -> Nullable<BigInt>,
        thawed_at -> Nullable<BigInt>,
        language -> Nullable<Text>,
        terms_accepted_at -> Nullable<BigInt>,
        terms_version -> Nullable<Text>,
        two_step_at -> Nullable<BigInt>,
        preferred_factor -> Nullable<Text>,
        code_channels -> Text,
    }
}

diesel::table! {
    contacts (id) {
        id -> Binary,
        user_id -> Binary,
        channel -> Text,
        address -> Text,
        canonical -> Text,
        is_primary -> Bool,
        created_at -> BigInt,
        verified_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    contact_changes (id) {
        id -> Binary,
        user_id -> Binary,
        contacts_before -> Text,
        made_at -> BigInt,
        expires_at -> BigInt,
        undone_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    delayed_recoveries (id) {
        id -> Binary,
        user_id -> Nullable<Binary>,
        address -> Text,
        place -> Text,
        user_agent -> Text,
        language -> Text,
        begun_at -> BigInt,
        due_at -> BigInt,
        told_at -> Nullable<BigInt>,
        reminded_at -> Nullable<BigInt>,
        sent_at -> Nullable<BigInt>,
        expires_at -> BigInt,
        ended_at -> Nullable<BigInt>,
        end_reason -> Nullable<Text>,
    }
}

diesel::table! {
    sessions (id) {
        id -> Binary,
        secret_digest -> Binary,
        user_id -> Binary,
        acr -> Text,
        amr -> Text,
        user_agent -> Text,
        address -> Text,
        created_at -> BigInt,
        auth_at -> BigInt,
        last_seen_at -> BigInt,
        expires_at -> BigInt,
        ended_at -> Nullable<BigInt>,
        browser_digest -> Nullable<Binary>,
    }
}

diesel::table! {
    clients (id) {
        id -> Binary,
        owner_id -> Nullable<Binary>,
        team_id -> Binary,
        name -> Text,
        metadata -> Text,
        first_party -> Bool,
        registration_token_digest -> Nullable<Binary>,
        created_at -> BigInt,
        updated_at -> BigInt,
        live_at -> Nullable<BigInt>,
        tokens_not_before -> Nullable<BigInt>,
        suspended_at -> Nullable<BigInt>,
        deleted_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    client_secrets (id) {
        id -> Binary,
        client_id -> Binary,
        secret_digest -> Binary,
        sealed_secret -> Nullable<Binary>,
        hint -> Text,
        created_at -> BigInt,
        expires_at -> Nullable<BigInt>,
        revoked_at -> Nullable<BigInt>,
        last_used_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    grants (id) {
        id -> Binary,
        user_id -> Binary,
        client_id -> Binary,
        scope -> Text,
        created_at -> BigInt,
        consented_at -> BigInt,
        last_used_at -> Nullable<BigInt>,
        ended_at -> Nullable<BigInt>,
        end_reason -> Nullable<Text>,
        subject -> Nullable<Text>,
        declined -> Text,
        ask_again_at -> Nullable<BigInt>,
        email_contact_id -> Nullable<Binary>,
        private_email_id -> Nullable<Binary>,
    }
}

diesel::table! {
    private_emails (id) {
        id -> Binary,
        user_id -> Binary,
        client_id -> Binary,
        address -> Text,
        contact_id -> Nullable<Binary>,
        created_at -> BigInt,
        stopped_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    relayed_mails (letter_id) {
        letter_id -> Binary,
        sealed_mail -> Binary,
        created_at -> BigInt,
    }
}

diesel::table! {
    token_families (id) {
        id -> Binary,
        grant_id -> Binary,
        client_id -> Binary,
        user_id -> Binary,
        session_id -> Nullable<Binary>,
        scope -> Text,
        resource -> Nullable<Text>,
        claims -> Nullable<Text>,
        acr -> Text,
        amr -> Text,
        auth_at -> BigInt,
        generation -> BigInt,
        rotated_at -> BigInt,
        created_at -> BigInt,
        expires_at -> BigInt,
        ended_at -> Nullable<BigInt>,
        end_reason -> Nullable<Text>,
    }
}

diesel::table! {
    revoked_tokens (id) {
        id -> Binary,
        expires_at -> BigInt,
    }
}

diesel::table! {
    signing_keys (id) {
        id -> Text,
        algorithm -> Text,
        sealed_private -> Binary,
        public_jwk -> Text,
        created_at -> BigInt,
        active_at -> Nullable<BigInt>,
        retired_at -> Nullable<BigInt>,
        expires_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    outbox (id) {
        id -> Binary,
        channel -> Text,
        recipient -> Text,
        sealed_message -> Binary,
        created_at -> BigInt,
        due_at -> BigInt,
        attempts -> BigInt,
        sent_at -> Nullable<BigInt>,
        failed_at -> Nullable<BigInt>,
        last_error -> Nullable<Text>,
        reply -> Nullable<Text>,
    }
}

diesel::table! {
    activity (id) {
        id -> Binary,
        user_id -> Nullable<Binary>,
        client_id -> Nullable<Binary>,
        session_id -> Nullable<Binary>,
        event -> Text,
        details -> Text,
        address -> Text,
        user_agent -> Text,
        trace_id -> Text,
        happened_at -> BigInt,
    }
}

diesel::table! {
    leases (name) {
        name -> Text,
        holder -> Text,
        until_at -> BigInt,
    }
}

diesel::table! {
    pushed_requests (id) {
        id -> Binary,
        client_id -> Binary,
        parameters -> Text,
        signed -> Bool,
        expires_at -> BigInt,
        used_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    used_ids (id) {
        id -> Binary,
        expires_at -> BigInt,
    }
}

diesel::table! {
    device_codes (id) {
        id -> Binary,
        code_digest -> Binary,
        user_code_digest -> Binary,
        client_id -> Binary,
        scope -> Text,
        resource -> Nullable<Text>,
        device_name -> Nullable<Text>,
        address -> Text,
        user_agent -> Text,
        created_at -> BigInt,
        expires_at -> BigInt,
        interval_seconds -> BigInt,
        polled_at -> Nullable<BigInt>,
        user_id -> Nullable<Binary>,
        grant_id -> Nullable<Binary>,
        acr -> Nullable<Text>,
        amr -> Nullable<Text>,
        auth_at -> Nullable<BigInt>,
        allowed_at -> Nullable<BigInt>,
        denied_at -> Nullable<BigInt>,
        redeemed_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    linked_devices (id) {
        id -> Binary,
        user_id -> Binary,
        name -> Nullable<Text>,
        linked_at -> BigInt,
    }
}

diesel::table! {
    client_resources (resource, client_id) {
        resource -> Text,
        client_id -> Binary,
    }
}

diesel::table! {
    refusals (id) {
        id -> Binary,
        client_id -> Binary,
        endpoint -> Text,
        error -> Text,
        description -> Text,
        cause -> Nullable<Text>,
        trace_id -> Text,
        left_out -> BigInt,
        refused_at -> BigInt,
    }
}

diesel::allow_tables_to_appear_in_same_query! {
    users, contacts, passwords, passkeys, sessions, sign_ins, totp_secrets, recovery_codes,
    challenges, clients, client_secrets, grants, token_families, revoked_tokens, signing_keys,
    outbox, activity, leases, client_notices, pushed_requests, used_ids, device_codes,
    linked_devices, attempts, client_resources, refusals, known_browsers,
    trusted_browsers, approvals, exports, export_parts, deletions, app_reports,
}
