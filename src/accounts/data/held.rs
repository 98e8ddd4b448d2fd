//! Everything the store holds about somebody, but for what happened, which can be long.

use crate::{
    clock::Moment,
    store::{
        self, Db, activity,
        app_reports::{self, AppReport},
        clients::{self, Client},
        contacts::{self, Contact},
        grants::{self, Grant},
        known_browsers,
        linked_devices::{self, LinkedDevice},
        outbox::{self, Letter},
        passkeys::{self, Passkey},
        passwords,
        private_emails::{self, PrivateEmail},
        recovery_codes,
        sessions::{self, Session},
        token_families::{self, Connection},
        totp_secrets::{self, Authenticator},
        trusted_browsers::{self, TrustedBrowser},
        users::{self, User, UserId},
    },
};

/// As many letters are listed at most: they are kept for two weeks.
const LETTERS: i64 = 1_000;

/// What is held.
pub(super) struct Held {
    pub user: User,
    pub contacts: Vec<Contact>,
    pub password_at: Option<Moment>,
    pub recovery_codes: i64,
    pub passkeys: Vec<Passkey>,
    pub authenticators: Vec<Authenticator>,
    pub sessions: Vec<Session>,
    pub browsers: Vec<(Moment, Moment)>,
    pub trusted: Vec<TrustedBrowser>,
    pub grants: Vec<Grant>,
    pub connections: Vec<Connection>,
    pub private_emails: Vec<PrivateEmail>,
    /// The apps that either speaks of.
    pub apps: Vec<Client>,
    pub linked: Vec<LinkedDevice>,
    pub own_apps: Vec<Client>,
    pub reports: Vec<AppReport>,
    pub letters: Vec<Letter>,
    /// How much happened.
    pub activity: i64,
}

impl Held {
    /// Reads it; nothing if the account is gone.
    ///
    /// # Errors
    /// If the store cannot answer.
    pub fn read(
        db: &mut Db<'_>,
        user_id: UserId,
        now: Moment,
    ) -> Result<Option<Self>, store::Error> {
        let Some(user) = users::find(db, user_id)? else { return Ok(None) };
        let contacts = contacts::list_of_user(db, user_id)?;
        let recipients: Vec<_> = contacts.iter().map(Contact::recipient).collect();
        let grants = grants::list_of_user(db, user_id)?;
        let mut connections = Vec::new();
        for grant in grants.iter().filter(|grant| grant.ended_at.is_none()) {
            connections.extend(token_families::list_under(db, grant.id, now)?);
        }
        let reports = app_reports::list_of_user(db, user_id)?;
        let ids = grants.iter().map(|grant| grant.client_id);
        let ids: Vec<_> = ids.chain(reports.iter().map(|report| report.client_id)).collect();
        let linked = linked_devices::list_of_user(db, user_id, now)?;
        Ok(Some(Self {
            password_at: passwords::changed_at(db, user_id)?,
            recovery_codes: recovery_codes::count_left(db, user_id)?,
            passkeys: passkeys::list_of_user(db, user_id)?,
            private_emails: private_emails::list_of_user(db, user_id)?,
            authenticators: totp_secrets::list_of_user(db, user_id)?,
            sessions: sessions::list_of_user(db, user_id, now)?,
            browsers: known_browsers::list_of_user(db, user_id)?,
            trusted: trusted_browsers::list_of_user(db, user_id)?,
            apps: clients::list(db, &ids)?,
            linked: linked.into_iter().map(|(device, _)| device).collect(),
            own_apps: clients::list_of_owner(db, user_id)?,
            letters: outbox::list_to(db, &recipients, LETTERS)?,
            activity: activity::count_of_user(db, user_id)?,
            user,
            contacts,
            grants,
            connections,
            reports,
        }))
    }
}
