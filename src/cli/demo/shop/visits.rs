//! Who is in the shop: one entry per browser, found by its cookie, kept in memory.
//!
//! A sample shop may forget everybody when it stops. What it must not do is mix two visitors up: a
//! visit's name is random, changes when somebody signs in, and never leaves the browser's cookie.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use actix_web::{
    HttpRequest,
    cookie::{Cookie, SameSite},
};
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};

use super::{
    member::Member,
    orders::OrderBook,
    set::Television,
    visit::{Note, Returning, Shown, SignIn, Visit},
};
use crate::{
    clock::{Clock, Moment},
    crypto::random,
};

/// The cookie. Ports share a jar, so the name must not be one the provider uses.
const COOKIE: &str = "harbour_visit";
/// How long a visit outlives its last page.
const IDLE: Duration = Duration::from_hours(8);
/// How long a sign-in may take.
const SIGN_IN: Duration = Duration::from_mins(10);
/// How many sign-ins one browser may have open at once: one for each tab, within reason.
const OPEN_SIGN_INS: usize = 8;
/// How many visits are kept at once.
const MOST: usize = 10_000;

/// Everybody in the shop.
pub struct Visits {
    clock: Clock,
    secure: bool,
    all: Mutex<HashMap<String, Visit>>,
}

impl Visits {
    /// An empty shop; `secure` cookies when it stands on https.
    #[must_use]
    pub fn new(clock: Clock, secure: bool) -> Self {
        Self { clock, secure, all: Mutex::default() }
    }

    /// What the home page shows. A note is said once.
    pub fn show(&self, http: &HttpRequest) -> Shown {
        self.with(http, |visit| Shown {
            member: visit.member.clone(),
            orders: visit.orders.clone(),
            note: visit.note.take(),
        })
        .unwrap_or_default()
    }

    /// Who is signed in here.
    pub fn member(&self, http: &HttpRequest) -> Option<Member> {
        self.with(http, |visit| visit.member.clone()).flatten()
    }

    /// Remembers a sign-in under this browser's visit, or a new one, and gives the cookie for it.
    pub fn begin(&self, http: &HttpRequest, sign_in: SignIn) -> Cookie<'static> {
        self.open(http, |visit| {
            if visit.sign_ins.len() >= OPEN_SIGN_INS {
                visit.sign_ins.remove(0);
            }
            visit.sign_ins.push(sign_in);
        })
    }

    /// Turns on the television, and gives the cookie of whoever plays it.
    pub fn tune(&self, http: &HttpRequest, television: Television) -> Cookie<'static> {
        self.open(http, |visit| visit.television = Some(television))
    }

    /// What stands on the television, changed by `work` if it is on.
    pub fn television<T>(
        &self,
        http: &HttpRequest,
        work: impl FnOnce(&mut Television) -> T,
    ) -> Option<T> {
        self.with(http, |visit| visit.television.as_mut().map(work)).flatten()
    }

    /// Turns the television off.
    pub fn switch_off(&self, http: &HttpRequest) {
        self.with(http, |visit| visit.television = None);
    }

    /// Changes this browser's visit, or a new one, and gives the cookie for it.
    fn open(&self, http: &HttpRequest, work: impl FnOnce(&mut Visit)) -> Cookie<'static> {
        let now = self.clock.now();
        let mut all = self.all();
        let name = match name(http).filter(|name| all.contains_key(*name)) {
            Some(name) => name.to_owned(),
            None => new_name(),
        };
        make_room(&mut all, now);
        let visit = all.entry(name.clone()).or_default();
        visit.seen_at = Some(now);
        work(visit);
        self.cookie(name)
    }

    /// Takes the sign-in that `state` names, once, and only from the browser that began it.
    pub fn take(&self, http: &HttpRequest, state: &str) -> Returning {
        let now = self.clock.now();
        let taken = self.with(http, |visit| {
            let place = visit.sign_ins.iter().position(|open| open.state == state)?;
            Some(visit.sign_ins.remove(place))
        });
        match taken.flatten() {
            Some(open) if now.since(open.begun_at) <= SIGN_IN => Returning::InTime(open),
            Some(_) => Returning::TooLate,
            None => Returning::Unknown,
        }
    }

    /// Lets `member` in under a new name, so that a name somebody knew before is worth nothing.
    pub fn enter(&self, http: &HttpRequest, member: Member, note: Note) -> Cookie<'static> {
        let mut all = self.all();
        let mut visit = name(http).and_then(|name| all.remove(name)).unwrap_or_default();
        if visit.member.as_ref().is_none_or(|before| before.subject != member.subject) {
            visit.orders = None;
        }
        visit.member = Some(member);
        visit.note = Some(note);
        visit.seen_at = Some(self.clock.now());
        let name = new_name();
        all.insert(name.clone(), visit);
        self.cookie(name)
    }

    /// Puts newer tokens in the place of the ones they came from.
    pub fn renew(&self, http: &HttpRequest, member: Member, note: Option<Note>) {
        self.with(http, |visit| {
            if visit.member.as_ref().is_some_and(|before| before.subject == member.subject) {
                visit.member = Some(member);
                visit.note = note;
            }
        });
    }

    /// Keeps what the sample API answered.
    pub fn keep_orders(&self, http: &HttpRequest, orders: OrderBook) {
        self.with(http, |visit| visit.orders = Some(orders));
    }

    /// Forgets who was signed in here.
    pub fn forget(&self, http: &HttpRequest) {
        self.with(http, |visit| *visit = Visit { seen_at: visit.seen_at, ..Visit::default() });
    }

    /// Forgets who was signed in here, and remembers the `state` of the goodbye that follows.
    pub fn leave(&self, http: &HttpRequest, state: String) {
        self.forget(http);
        self.with(http, |visit| visit.leaving = Some(state));
    }

    /// Whether this browser was on its way out with that `state`. Said once.
    pub fn has_left(&self, http: &HttpRequest, state: &str) -> bool {
        self.with(http, |visit| visit.leaving.take_if(|leaving| leaving == state).is_some())
            .unwrap_or(false)
    }

    /// Shows everybody out who fits; says how many that were.
    pub fn end(&self, fits: impl Fn(&Member) -> bool) -> usize {
        let mut ended = 0;
        for visit in self.all().values_mut() {
            if visit.member.as_ref().is_some_and(&fits) {
                visit.member = None;
                visit.orders = None;
                ended += 1;
            }
        }
        ended
    }

    fn with<T>(&self, http: &HttpRequest, work: impl FnOnce(&mut Visit) -> T) -> Option<T> {
        let now = self.clock.now();
        let mut all = self.all();
        let visit = all.get_mut(name(http)?)?;
        if visit.seen_at.is_none_or(|seen| now.since(seen) > IDLE) {
            return None;
        }
        visit.seen_at = Some(now);
        Some(work(visit))
    }

    fn all(&self) -> MutexGuard<'_, HashMap<String, Visit>> {
        self.all.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn cookie(&self, name: String) -> Cookie<'static> {
        Cookie::build(COOKIE, name)
            .path("/")
            .http_only(true)
            .same_site(SameSite::Lax)
            .secure(self.secure)
            .finish()
    }
}

fn name(http: &HttpRequest) -> Option<&str> {
    let header = http.headers().get_all("cookie");
    let pairs = header.filter_map(|value| value.to_str().ok()).flat_map(|line| line.split(';'));
    pairs.filter_map(|pair| pair.trim().split_once('=')).find(|pair| pair.0 == COOKIE).map(|p| p.1)
}

fn new_name() -> String {
    BASE64_URL_SAFE_NO_PAD.encode(random::bytes::<32>())
}

fn make_room(all: &mut HashMap<String, Visit>, now: Moment) {
    if all.len() < MOST {
        return;
    }
    all.retain(|_, visit| visit.seen_at.is_some_and(|seen| now.since(seen) <= IDLE));
    while all.len() >= MOST {
        let oldest =
            all.iter().min_by_key(|(_, visit)| visit.seen_at).map(|(name, _)| name.clone());
        let Some(oldest) = oldest else { return };
        all.remove(&oldest);
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;
    use openidconnect::{Nonce, PkceCodeVerifier};

    use super::{super::visit::Errand, *};

    fn sign_in(state: &str, begun_at: Moment) -> SignIn {
        SignIn {
            state: state.to_owned(),
            nonce: Nonce::new("n".to_owned()),
            verifier: PkceCodeVerifier::new("v".repeat(43)),
            scope: Vec::new(),
            max_age: None,
            errand: Errand::SignIn,
            begun_at,
        }
    }

    fn browser(cookie: &Cookie<'_>) -> HttpRequest {
        TestRequest::default()
            .insert_header(("cookie", format!("{}={}", cookie.name(), cookie.value())))
            .to_http_request()
    }

    #[test]
    fn a_state_is_good_once_and_only_in_its_own_browser() {
        let clock = Clock::fixed(Moment::from_seconds(1_000));
        let visits = Visits::new(clock.clone(), false);
        let stranger = TestRequest::default().to_http_request();
        let mine = browser(&visits.begin(&stranger, sign_in("mine", clock.now())));
        let other = browser(&visits.begin(&stranger, sign_in("other", clock.now())));
        assert!(matches!(visits.take(&other, "mine"), Returning::Unknown));
        assert!(matches!(visits.take(&stranger, "mine"), Returning::Unknown));
        assert!(matches!(visits.take(&mine, "mine"), Returning::InTime(_)));
        assert!(matches!(visits.take(&mine, "mine"), Returning::Unknown));
    }

    #[test]
    fn a_sign_in_that_takes_too_long_is_not_finished() {
        let clock = Clock::fixed(Moment::from_seconds(1_000));
        let visits = Visits::new(clock.clone(), false);
        let stranger = TestRequest::default().to_http_request();
        let mine = browser(&visits.begin(&stranger, sign_in("late", clock.now())));
        clock.advance(SIGN_IN + Duration::from_secs(1));
        assert!(matches!(visits.take(&mine, "late"), Returning::TooLate));
    }

    #[test]
    fn a_visit_is_forgotten_when_nobody_comes() {
        let clock = Clock::fixed(Moment::from_seconds(1_000));
        let visits = Visits::new(clock.clone(), false);
        let stranger = TestRequest::default().to_http_request();
        let mine = browser(&visits.begin(&stranger, sign_in("idle", clock.now())));
        clock.advance(IDLE + Duration::from_secs(1));
        assert!(matches!(visits.take(&mine, "idle"), Returning::Unknown));
    }

    #[test]
    fn a_browser_cannot_fill_the_shop_with_open_sign_ins() {
        let clock = Clock::fixed(Moment::from_seconds(1_000));
        let visits = Visits::new(clock.clone(), false);
        let stranger = TestRequest::default().to_http_request();
        let mine = browser(&visits.begin(&stranger, sign_in("0", clock.now())));
        for nth in 1..=OPEN_SIGN_INS {
            visits.begin(&mine, sign_in(&nth.to_string(), clock.now()));
        }
        assert!(matches!(visits.take(&mine, "0"), Returning::Unknown));
        assert!(matches!(visits.take(&mine, "1"), Returning::InTime(_)));
    }

    #[test]
    fn the_cookie_is_kept_from_scripts_and_from_other_sites() {
        let visits = Visits::new(Clock::fixed(Moment::from_seconds(0)), true);
        let stranger = TestRequest::default().to_http_request();
        let cookie = visits.begin(&stranger, sign_in("x", Moment::from_seconds(0)));
        assert_eq!(cookie.http_only(), Some(true));
        assert_eq!(cookie.same_site(), Some(SameSite::Lax));
        assert_eq!(cookie.secure(), Some(true));
        assert!(cookie.value().len() >= 43);
    }
}
