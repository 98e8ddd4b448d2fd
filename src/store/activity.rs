//! What happened: for people, developers and operators. Rows are added, never changed; old ones go.

use diesel::{
    deserialize::FromSqlRow,
    expression::AsExpression,
    prelude::*,
    sql_types::{Bool, Text},
};

use super::{
    Db, Error, clients::ClientId, db::on, schema::activity, sessions::SessionId, users::UserId,
};
use crate::clock::Moment;

crate::id! {
    /// Names something that happened.
    ActivityId
}

/// Declares the events with the words they are kept under.
macro_rules! events {
    ($($(#[$doc:meta])* $name:ident = $word:literal,)*) => {
        /// What can happen to an account or an app.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, AsExpression, FromSqlRow)]
        #[diesel(sql_type = Text)]
        pub enum Event {
            $($(#[$doc])* $name,)*
        }

        impl Event {
            /// All of them, in the order of the table.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The word it is kept under; fixed for ever.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $word,)*
                }
            }
        }

        impl std::str::FromStr for Event {
            type Err = String;

            fn from_str(text: &str) -> Result<Self, String> {
                match text {
                    $($word => Ok(Self::$name),)*
                    other => Err(format!("`{other}` is no event")),
                }
            }
        }
    };
}

events! {
    /// An account was made.
    SignedUp = "sign_up",
    /// Somebody tried to make an account with an address that has one.
    SignUpRepeated = "sign_up_repeated",
    /// Somebody signed in.
    SignedIn = "sign_in",
    /// A password was wrong.
    SignInFailed = "sign_in_failed",
    /// What was shown at the second step was wrong.
    SecondFactorFailed = "second_factor_failed",
    /// Somebody signed in proved again that it is them.
    ProvedAgain = "proved_again",
    /// Two-step verification was switched on.
    TwoStepOn = "two_step_on",
    /// Two-step verification was switched off.
    TwoStepOff = "two_step_off",
    /// Which way comes first at the second step, or which channels count, was changed.
    TwoStepChanged = "two_step_changed",
    /// An authenticator app was set up.
    AuthenticatorAdded = "authenticator_added",
    /// An authenticator app was removed.
    AuthenticatorRemoved = "authenticator_removed",
    /// New recovery codes were made, and the old ones count no more.
    RecoveryCodesMade = "recovery_codes_made",
    /// A recovery code was used.
    RecoveryCodeUsed = "recovery_code_used",
    /// A sign-in elsewhere was approved.
    SignInApproved = "sign_in_approved",
    /// A sign-in elsewhere was refused.
    SignInRefused = "sign_in_refused",
    /// Somebody chose not to be asked for a second step in a browser for a while.
    BrowserTrusted = "browser_trusted",
    /// Somebody wants to be asked again there.
    TrustEnded = "trust_ended",
    /// Somebody signed out.
    SignedOut = "sign_out",
    /// A session was ended from elsewhere.
    SessionEnded = "session_ended",
    /// Consent was given or widened.
    ConsentGiven = "consent_given",
    /// Consent was refused.
    ConsentRefused = "consent_refused",
    /// An app's access was removed.
    AccessRemoved = "access_removed",
    /// One thing was taken out of what an app may do.
    ScopeRemoved = "scope_removed",
    /// Another mail address was chosen for an app.
    SharedEmailChanged = "shared_email_changed",
    /// Mail by the address that was made for an app was stopped.
    PrivateEmailStopped = "private_email_stopped",
    /// It is let through again.
    PrivateEmailResumed = "private_email_resumed",
    /// It goes to another contact.
    PrivateEmailMoved = "private_email_moved",
    /// An app's access was ended in one place.
    AppSignedOut = "app_signed_out",
    /// A device was linked by its code.
    DeviceLinked = "device_linked",
    /// A linked device was given another name.
    DeviceRenamed = "device_renamed",
    /// A linked device was removed.
    DeviceRemoved = "device_removed",
    /// A code was redeemed: the app signed the person in.
    AppSignedIn = "app_signed_in",
    /// A code or refresh token was used twice, and its tokens were ended.
    TokenReused = "token_reused",
    /// The password was changed.
    PasswordChanged = "password_changed",
    /// Somebody asked for a code to choose a new password.
    RecoveryBegun = "recovery_begun",
    /// A new password was chosen with a code.
    Recovered = "recovered",
    /// Somebody who lost every way in began to wait for one.
    DelayedRecoveryBegun = "delayed_recovery_begun",
    /// That was cancelled by the link in a message.
    DelayedRecoveryCancelled = "delayed_recovery_cancelled",
    /// A new password was chosen after the wait.
    DelayedRecoveryDone = "delayed_recovery_done",
    /// The owner froze the account because somebody else was in.
    Frozen = "frozen",
    /// A passkey or security key was added.
    PasskeyAdded = "passkey_added",
    /// A passkey or security key was given another name.
    PasskeyRenamed = "passkey_renamed",
    /// A passkey or security key was removed.
    PasskeyRemoved = "passkey_removed",
    /// A contact was proved and listed.
    ContactAdded = "contact_added",
    /// A contact was removed.
    ContactRemoved = "contact_removed",
    /// Another contact is the primary one.
    PrimaryContactChanged = "primary_contact_changed",
    /// Changes to the contacts were taken back by the link in a message.
    ContactChangeUndone = "contact_change_undone",
    /// Somebody tried to list a contact of this account in another.
    ContactClaimed = "contact_claimed",
    /// An operator suspended the account.
    Suspended = "suspended",
    /// An operator took that back.
    Unsuspended = "unsuspended",
    /// An operator forgot the tries that were counted, and took a freezing back.
    Unlocked = "unlocked",
    /// An operator signed everybody out and took the second steps away.
    SignInReset = "sign_in_reset",
    /// An operator made a link to sign in with, once.
    SignInLinkMade = "sign_in_link_made",
    /// Somebody signed in with it.
    SignedInByLink = "sign_in_by_link",
    /// A passkey of this account was shown, and not accepted.
    PasskeyRefused = "passkey_refused",
    /// A copy of what is held was asked for.
    ExportAsked = "export_asked",
    /// It was fetched.
    ExportFetched = "export_fetched",
    /// An app was reported to the operator.
    AppReported = "app_reported",
    /// The owner wants the account removed.
    DeletionAsked = "deletion_asked",
    /// They took that back.
    AccountKept = "account_kept",
    /// An account was removed for good; whose is not said.
    AccountErased = "account_erased",
    /// Name or profile was changed.
    ProfileChanged = "profile_changed",
    /// An app registered itself.
    AppRegistered = "app_registered",
    /// An app changed its registration.
    AppChanged = "app_changed",
    /// An app ended its registration.
    AppDeleted = "app_deleted",
    /// An app was refused, with the reason.
    Refused = "refused",
}

crate::text_column!(Event);

/// Something that happened.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = activity)]
pub struct Activity {
    /// Which.
    pub id: ActivityId,
    /// To whose account.
    pub user_id: Option<UserId>,
    /// By or with which app.
    pub client_id: Option<ClientId>,
    /// In which session.
    pub session_id: Option<SessionId>,
    /// What.
    pub event: Event,
    /// More about it, in words for a person; may be empty.
    pub details: String,
    /// Where the request came from.
    pub address: String,
    /// What the browser called itself.
    pub user_agent: String,
    /// The request's id, as error pages and logs carry it.
    pub trace_id: String,
    /// When.
    pub happened_at: Moment,
}

/// Writes down what happened.
///
/// # Errors
/// If the store cannot answer.
pub fn add(db: &mut Db<'_>, happened: &Activity) -> Result<(), Error> {
    on!(db, |c| diesel::insert_into(activity::table).values(happened).execute(c))?;
    Ok(())
}

/// What is wanted of all that happened to an account.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// Only these.
    pub events: Vec<Event>,
    /// Only with this app.
    pub client_id: Option<ClientId>,
    /// Only since then.
    pub since: Moment,
    /// Only what comes after this one in the list.
    pub after: Option<(Moment, ActivityId)>,
}

impl Wanted {
    /// Everything.
    #[must_use]
    pub fn everything() -> Self {
        let since = Moment::from_micros(0);
        Self { events: Event::ALL.to_vec(), client_id: None, since, after: None }
    }
}

/// Lists what happened to an account, the newest first.
///
/// # Errors
/// If the store cannot answer.
pub fn list_of_user(
    db: &mut Db<'_>,
    user_id: UserId,
    wanted: &Wanted,
    most: i64,
) -> Result<Vec<Activity>, Error> {
    let any_client = wanted.client_id.is_none().into_sql::<Bool>().nullable();
    let last = (Moment::from_micros(i64::MAX), ActivityId::from_bytes([0; 16]));
    let (at, id) = wanted.after.unwrap_or(last);
    let later = activity::happened_at.lt(at);
    let later = later.or(activity::happened_at.eq(at).and(activity::id.lt(id)));
    Ok(on!(db, |c| activity::table
        .filter(activity::user_id.eq(user_id))
        .filter(activity::event.eq_any(&wanted.events))
        .filter(any_client.or(activity::client_id.eq(wanted.client_id)))
        .filter(activity::happened_at.ge(wanted.since))
        .filter(later)
        .order((activity::happened_at.desc(), activity::id.desc()))
        .limit(most)
        .select(Activity::as_select())
        .load(c))?)
}

/// Counts what happened to an account.
///
/// # Errors
/// If the store cannot answer.
pub fn count_of_user(db: &mut Db<'_>, user_id: UserId) -> Result<i64, Error> {
    let own = activity::table.filter(activity::user_id.eq(user_id)).count();
    Ok(on!(db, |c| own.get_result(c))?)
}

/// The apps that something happened with on an account.
///
/// # Errors
/// If the store cannot answer.
pub fn clients_of_user(db: &mut Db<'_>, user_id: UserId) -> Result<Vec<ClientId>, Error> {
    let found = on!(db, |c| activity::table
        .filter(activity::user_id.eq(user_id))
        .filter(activity::client_id.is_not_null())
        .select(activity::client_id)
        .distinct()
        .load::<Option<ClientId>>(c))?;
    Ok(found.into_iter().flatten().collect())
}

/// Removes at most `most` entries from before `before`.
///
/// # Errors
/// If the store cannot answer.
pub fn prune(db: &mut Db<'_>, before: Moment, most: i64) -> Result<usize, Error> {
    let gone = on!(db, |c| activity::table
        .filter(activity::happened_at.lt(before))
        .order(activity::happened_at)
        .limit(most)
        .select(activity::id)
        .load::<ActivityId>(c))?;
    Ok(on!(db, |c| diesel::delete(activity::table.filter(activity::id.eq_any(&gone))).execute(c))?)
}

/// Lists what happened with an app before `before`, the newest first.
///
/// # Errors
/// If the store cannot answer.
pub fn list_of_client(
    db: &mut Db<'_>,
    client_id: ClientId,
    before: Moment,
    most: i64,
) -> Result<Vec<Activity>, Error> {
    Ok(on!(db, |c| activity::table
        .filter(activity::client_id.eq(client_id))
        .filter(activity::happened_at.lt(before))
        .order(activity::happened_at.desc())
        .limit(most)
        .select(Activity::as_select())
        .load(c))?)
}
