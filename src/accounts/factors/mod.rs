//! What an account can prove itself with at the second step.
//!
//! Each method is one file here with its [`Factor`], and one line in [`ALL`]. A factor says in which
//! ways an account can use it, starts one of them if it has to be started, asks for it, and judges
//! what came back. It owns nothing else: whether a second step is needed is `sign_in::enter`'s, how
//! many guesses there are and what follows a right one is `sign_in::second_factor`'s, which also
//! runs the judgement in the transaction that finishes the sign-in. Never decide anything in
//! `show`: it may be asked for again and again.
//!
//! A factor that asks for something else than a code draws its own page, with the same hidden fields
//! and the same list of other ways (`parts/proof.html`).

pub mod approval;
mod one_time_code;
pub mod page;
pub mod passkey;
pub mod recovery_code;
mod totp;

use std::{pin::Pin, time::Duration};

use actix_web::{HttpResponse, web::Data};

use crate::{
    app::App,
    clock::Moment,
    protocol::auth_context::Methods,
    store::{
        self, Db,
        contacts::Contact,
        sign_ins::{Reason, SignIn},
        users::User,
    },
    web::{
        error::PageError,
        form::Parameters,
        page::Page,
        parts::{OtherWay, Problems},
        urls,
        visitor::Visitor,
    },
};

/// Every method, in the order in which they are offered unless the person prefers one.
const ALL: &[&dyn Factor] = &[
    &passkey::Key,
    &totp::Totp,
    &one_time_code::EMAIL,
    &one_time_code::SMS,
    &approval::Elsewhere,
    &recovery_code::RecoveryCode,
];

/// What takes a while, and may be refused.
pub(super) type Work<'a, T> = Pin<Box<dyn Future<Output = Result<T, PageError>> + 'a>>;

/// One method of proving who one is.
pub(super) trait Factor: Sync {
    /// Its name in addresses, in forms, and as somebody's preference.
    fn name(&self) -> &'static str;

    /// Whether it will be there tomorrow: what is not is no way back to count on.
    fn lasts(&self) -> bool {
        true
    }

    /// The ways in which this person can use it to go on with this sign-in.
    fn ways(
        &'static self,
        db: &mut Db<'_>,
        app: &App,
        user: &User,
        sign_in: &SignIn,
    ) -> Result<Vec<Way>, store::Error>;

    /// A way in words, for the list of ways.
    fn describe(&self, page: &Page, way: &Way) -> Described;

    /// Starts a way, at the press of a button.
    fn start<'a>(&'a self, step: &'a Step<'a>) -> Work<'a, Started> {
        let _ = step;
        Box::pin(async { Ok(Started::Ready) })
    }

    /// Asks for it; `problems` says what was wrong the last time.
    fn show<'a>(&'a self, step: &'a Step<'a>, problems: Problems) -> Work<'a, HttpResponse>;

    /// Prepares the judgement of what was sent.
    fn judge<'a>(&'a self, step: &'a Step<'a>) -> Work<'a, Check>;
}

/// One way to go on: a method and, if there are several of the kind, which of them.
#[derive(Clone)]
pub(super) struct Way {
    pub factor: &'static dyn Factor,
    /// What it proves at least.
    pub methods: Methods,
    /// Where a code would go.
    pub contact: Option<Contact>,
}

/// A way in words, and its icon by its name in `assets/icons.svg`.
pub(super) struct Described {
    pub title: String,
    pub state: String,
    pub drawing: &'static str,
}

/// What became of starting a way.
pub(super) enum Started {
    /// Nothing has to ride along to its page.
    Ready,
    /// The page that asks is told of this challenge.
    Challenge(String),
    /// It is too soon to start it again.
    TooSoon(Duration),
}

/// What the judgement of a proof comes to.
pub(super) enum Verdict {
    /// It is right, and proves this.
    Right(Methods),
    /// It is wrong.
    Wrong,
    /// There is nothing to judge any more; it can be started anew.
    Gone,
}

/// Judges, and uses up what can be used once. Runs in the transaction that finishes the sign-in,
/// perhaps more than once.
pub(super) type Check = Box<dyn Fn(&mut Db<'_>) -> Result<Verdict, store::Error> + Send>;

/// The step that a request is about: which sign-in, whose, in which of the ways that are open.
pub(super) struct Step<'a> {
    pub app: &'a Data<App>,
    pub visitor: &'a Visitor,
    /// What came in the query or the form.
    pub named: &'a Parameters,
    pub sign_in: SignIn,
    pub user: User,
    pub way: Way,
    /// Every way that is open, this one too.
    pub ways: Vec<Way>,
}

impl Way {
    /// Its name in addresses and forms.
    pub fn by(&self) -> String {
        let which = self.contact.as_ref().map(|contact| format!(".{}", contact.id));
        format!("{}{}", self.factor.name(), which.unwrap_or_default())
    }
}

impl Step<'_> {
    /// The address of the page that asks for this way.
    pub fn here(&self, challenge: Option<&str>) -> String {
        let (id, by) = (self.sign_in.id.to_string(), self.way.by());
        let mut query = vec![("sign_in", &*id), ("by", &*by)];
        query.extend(challenge.map(|challenge| ("challenge", challenge)));
        let rides = ["flow", "next"].map(|name| self.named.get(name).map(|value| (name, value)));
        query.extend(rides.into_iter().flatten());
        urls::with_query(urls::SECOND_FACTOR, &query)
    }

    /// The other ways, in words.
    pub fn others(&self) -> Vec<OtherWay> {
        let here = self.way.by();
        let others = self.ways.iter().filter(|way| way.by() != here);
        others.map(|way| describe(&self.visitor.page, way)).collect()
    }
}

/// A way as the list of ways shows it.
pub(super) fn describe(page: &Page, way: &Way) -> OtherWay {
    let Described { title, state, drawing } = way.factor.describe(page, way);
    OtherWay { by: way.by(), title, state, drawing }
}

/// Every way in which this person can go on with this sign-in, the one they prefer first.
pub(super) fn ways(
    db: &mut Db<'_>,
    app: &App,
    user: &User,
    sign_in: &SignIn,
) -> Result<Vec<Way>, store::Error> {
    let mut ways = Vec::new();
    for factor in ALL {
        ways.extend(factor.ways(db, app, user, sign_in)?);
    }
    ways.retain(|way| leads_there(way, sign_in));
    let preferred = |way: &Way| user.preferred_factor.as_deref() == Some(way.factor.name());
    ways.sort_by_key(|way| !preferred(way));
    Ok(ways)
}

/// Every way that would be open to this person after their password, today and tomorrow, if two-step
/// verification were on.
pub(super) fn usual(
    db: &mut Db<'_>,
    app: &App,
    user: &User,
    now: Moment,
) -> Result<Vec<Way>, store::Error> {
    let mut user = user.clone();
    user.two_step_at = Some(now);
    let mut ways = ways(db, app, &user, &SignIn::after_password(user.id, now))?;
    ways.retain(|way| way.factor.lasts());
    Ok(ways)
}

/// The name of the method that a way belongs to, if there is such a method that lasts.
pub(super) fn named(by: &str) -> Option<&'static str> {
    let name = by.split('.').next().unwrap_or_default();
    let lasting = ALL.iter().filter(|factor| factor.lasts());
    lasting.map(|factor| factor.name()).find(|known| *known == name)
}

/// Whether a way makes us as sure as an app wants to be; otherwise any will do.
fn leads_there(way: &Way, sign_in: &SignIn) -> bool {
    let Some(wanted) = sign_in.wanted_acr.filter(|_| sign_in.reason == Reason::StepUp) else {
        return true;
    };
    let reached = sign_in.amr.union(&way.methods).acr();
    reached.is_some_and(|reached| reached.satisfies(wanted))
}
