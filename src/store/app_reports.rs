//! What people report of apps, for whoever runs this installation. Rows are added, never changed, but
//! that who reported is forgotten when they leave.

use diesel::{deserialize::FromSqlRow, expression::AsExpression, prelude::*, sql_types::Text};

use super::{Db, Error, clients::ClientId, db::on, schema::app_reports, users::UserId};
use crate::clock::Moment;

crate::id! {
    /// Names a report.
    AppReportId
}

/// What is wrong with an app.
#[derive(Clone, Copy, Debug, PartialEq, Eq, AsExpression, FromSqlRow)]
#[diesel(sql_type = Text)]
pub enum Reason {
    /// It pretends to be somebody else.
    Pretends,
    /// It asks for more than it needs.
    AsksTooMuch,
    /// It does with what it got what it should not.
    Misuses,
    /// Anything else.
    Other,
}

impl Reason {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Pretends, Self::AsksTooMuch, Self::Misuses, Self::Other];

    /// The word in the store and in forms.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pretends => "pretends",
            Self::AsksTooMuch => "asks_too_much",
            Self::Misuses => "misuses",
            Self::Other => "other",
        }
    }
}

impl std::str::FromStr for Reason {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let known = Self::ALL.into_iter().find(|reason| reason.as_str() == text);
        known.ok_or_else(|| format!("`{text}` is no reason"))
    }
}

crate::text_column!(Reason);

/// Something that a person reported of an app.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = app_reports)]
pub struct AppReport {
    /// Which.
    pub id: AppReportId,
    /// Of which app.
    pub client_id: ClientId,
    /// By whom; nobody any more, if they left.
    pub user_id: Option<UserId>,
    /// What is wrong.
    pub reason: Reason,
    /// More about it, in their words; may be empty.
    pub details: String,
    /// When.
    pub reported_at: Moment,
}

/// Adds a report.
///
/// # Errors
/// If the store cannot answer.
pub fn add(db: &mut Db<'_>, report: &AppReport) -> Result<(), Error> {
    on!(db, |c| diesel::insert_into(app_reports::table).values(report).execute(c))?;
    Ok(())
}

/// Lists the latest reports, the newest first; of one app only, if one is named.
///
/// # Errors
/// If the store cannot answer.
pub fn list(
    db: &mut Db<'_>,
    client_id: Option<ClientId>,
    most: i64,
) -> Result<Vec<AppReport>, Error> {
    let newest = app_reports::table.order(app_reports::reported_at.desc()).limit(most);
    Ok(match client_id {
        Some(id) => on!(db, |c| newest
            .filter(app_reports::client_id.eq(id))
            .select(AppReport::as_select())
            .load(c))?,
        None => on!(db, |c| newest.select(AppReport::as_select()).load(c))?,
    })
}

/// Lists what a person reported, the newest first.
///
/// # Errors
/// If the store cannot answer.
pub fn list_of_user(db: &mut Db<'_>, user_id: UserId) -> Result<Vec<AppReport>, Error> {
    Ok(on!(db, |c| app_reports::table
        .filter(app_reports::user_id.eq(user_id))
        .order(app_reports::reported_at.desc())
        .select(AppReport::as_select())
        .load(c))?)
}

/// Forgets who reported, and what they wrote: it may tell who they are.
pub(super) fn forget(db: &mut Db<'_>, user_id: UserId) -> Result<(), Error> {
    let own = app_reports::table.filter(app_reports::user_id.eq(user_id));
    on!(db, |c| diesel::update(own)
        .set((app_reports::user_id.eq(None::<UserId>), app_reports::details.eq("")))
        .execute(c))?;
    Ok(())
}
