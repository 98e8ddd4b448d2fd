//! Every figure, each beside its limit: first as fast as the server answers, then at a fixed rate.

use std::{cell::OnceCell, path::Path, rc::Rc, thread, time::Duration};

use super::{
    drive::{self, Run, Visitor},
    flows::{self, Again, Authorize, Codes, Exchange, Refresh, SignIn, basic},
    hello::Hello,
    http::Connection,
    prepare::Prepared,
    report::{Limit, Row, Times},
    server::Server,
    wrk::{self, Same},
};

/// The part of its most at which a figure is measured again at a fixed rate.
const PART: f64 = 0.7;
/// What our own connections can send in a second beside the server on two cores.
const OUR_MOST: f64 = 8_000.0;

/// Where and how long.
pub struct Ground<'a> {
    /// The server.
    pub server: &'a Server,
    /// What is in its store.
    pub prepared: &'a Prepared,
    /// A folder for scratch.
    pub place: &'a Path,
    /// How many ask at once.
    pub connections: u32,
    /// How long each loop lasts.
    pub seconds: u32,
    /// The cookies of whoever is signed in, once somebody was needed.
    pub browsers: OnceCell<Vec<String>>,
}

impl Ground<'_> {
    /// The same as a span.
    pub fn span(&self) -> Duration {
        Duration::from_secs(u64::from(self.seconds))
    }

    /// One request again and again, against a hello of the same size.
    pub fn same(&self, name: &'static str, same: &Same, part: f64) -> Result<Row, String> {
        let bytes = self.size(same)?;
        let hello = Hello::start(bytes)?;
        let most =
            wrk::drive(self.place, hello.port, &Same::get("/"), self.connections, self.seconds)?;
        drop(hello);
        let before = self.server.worked();
        let mut seen =
            wrk::drive(self.place, self.server.port, same, self.connections, self.seconds)?;
        seen.worked = self.server.worked().saturating_sub(before);
        let rate = (seen.rate * PART).min(OUR_MOST);
        let again = (0..self.connections).map(|_| Again(same.clone())).collect();
        let fixed = drive::at_rate(self.server.port, again, rate, self.span());
        let mut strange = fixed.strange.clone();
        if seen.strangers > 0 {
            strange.push(format!("{} answers that were not 2xx", seen.strangers));
        }
        Ok(Row {
            closed: Some(Times::from(&seen)),
            fixed: Some(Times::from(&fixed)),
            strange,
            memory: self.server.memory(),
            ..Row::plain(name, seen.rate, "/s")
        }
        .held_to(Limit::at_least("hello", most.rate, part)))
    }

    /// Somebody signed in for each connection: their cookies.
    fn browsers(&self) -> Result<&[String], String> {
        if let Some(browsers) = self.browsers.get() {
            return Ok(browsers);
        }
        let browsers = self.sign_in()?;
        Ok(self.browsers.get_or_init(|| browsers))
    }

    fn sign_in(&self) -> Result<Vec<String>, String> {
        let runtime = super::runtime()?;
        (0..self.connections)
            .map(|nth| runtime.block_on(signed_in(self.server.port, nth, self.prepared.accounts)))
            .collect()
    }

    /// An app asks for people who have said yes before: silent authorization.
    pub fn authorize(&self, scope: &str, span: Duration) -> Result<(Run, Codes), String> {
        let codes = Codes::default();
        let address = flows::authorization(&self.prepared.web, scope);
        let visitors = self.browsers()?.iter().map(|cookies| Authorize {
            address: address.clone(),
            cookies: cookies.clone(),
            codes: Rc::clone(&codes),
        });
        Ok((self.closed(visitors.collect(), span), codes))
    }

    /// Exchanges codes until there is none left or the time is over.
    pub fn exchange(&self, codes: &Codes) -> (Run, Vec<String>) {
        let refresh_tokens = Codes::default();
        let visitors = (0..self.connections).map(|_| Exchange {
            basic: basic(&self.prepared.web),
            codes: Rc::clone(codes),
            refresh_tokens: Rc::clone(&refresh_tokens),
            access_tokens: None,
        });
        let run = self.closed(visitors.collect(), self.span());
        let tokens = refresh_tokens.take();
        (run, tokens)
    }

    /// Refreshes, each visitor along a line of its own; the tokens go on from where they were.
    pub fn refresh(&self, name: &'static str, tokens: &[String], limit: Limit) -> Vec<Row> {
        let port = self.server.port;
        let visitors = |tokens: &[String]| -> Vec<Refresh> {
            let line =
                |token: &String| Refresh { basic: basic(&self.prepared.web), token: token.clone() };
            tokens.iter().map(line).collect()
        };
        let mut lines = tokens.chunks(self.connections as usize);
        let mut next = || visitors(lines.next().unwrap_or_default());
        let closed = self.closed(next(), self.span());
        let rate = closed.rate() * PART;
        let fixed = drive::at_rate(port, next(), rate, self.span());
        let p99 = fixed.millis(990);
        let row = self.row(name, &closed, Some(&fixed)).held_to(limit);
        let patience = Row::plain("  its p99 at 70 %", p99, "ms");
        vec![row, patience.held_to(Limit::at_most("at most", 20.0))]
    }

    /// The same at 70 %, while 200 people a second sign in with their passwords.
    pub fn refresh_beside_sign_ins(&self, tokens: &[String], rate: f64, idle_p99: f64) -> Row {
        let (port, span, accounts) = (self.server.port, self.span(), self.prepared.accounts);
        let crowd = thread::spawn(move || {
            let people = (0..200).map(|nth| SignIn::new(nth, 200, accounts).patient()).collect();
            drive::at_rate(port, people, 200.0, span)
        });
        let visitors: Vec<_> = tokens
            .iter()
            .take(self.connections as usize)
            .map(|token| Refresh { basic: basic(&self.prepared.web), token: token.clone() })
            .collect();
        let run = drive::at_rate(port, visitors, rate, span);
        let crowd = crowd.join().unwrap_or_default();
        let p99 = run.millis(990);
        let mut row = Row::plain("  p99 beside 200 sign-ins/s", p99, "ms")
            .held_to(Limit::at_most("3 × idle", 3.0 * idle_p99));
        row.fixed = Some(Times::from(&run));
        row.strange = run.strange.iter().chain(&crowd.strange).cloned().collect();
        row.memory = self.server.memory();
        row
    }

    /// People sign in with their passwords.
    pub fn passwords(&self, hashes: f64) -> Row {
        let accounts = self.prepared.accounts;
        let line = |nth| SignIn::new(nth, self.connections, accounts);
        let people = (0..self.connections).map(line).collect();
        let closed = self.closed(people, self.span());
        let people = (0..self.connections).map(line).collect();
        let rate = closed.rate() * PART;
        let fixed = drive::at_rate(self.server.port, people, rate, self.span());
        self.row("password sign-in", &closed, Some(&fixed))
            .held_to(Limit::at_least("hashes", hashes, 0.9))
    }

    /// An access token that opens the userinfo endpoint.
    pub fn access_token(&self) -> Result<String, String> {
        let (_, codes) = self.authorize("openid profile email", Duration::from_millis(50))?;
        let kept = Codes::default();
        let one = Exchange {
            basic: basic(&self.prepared.web),
            codes,
            refresh_tokens: Codes::default(),
            access_tokens: Some(Rc::clone(&kept)),
        };
        drive::closed(self.server.port, vec![one], Duration::from_millis(50));
        kept.take().pop().ok_or_else(|| "no access token came back".to_owned())
    }

    /// The most the server can do, and how much it worked for it.
    fn closed<V: Visitor + 'static>(&self, visitors: Vec<V>, span: Duration) -> Run {
        let before = self.server.worked();
        let mut run = drive::closed(self.server.port, visitors, span);
        run.worked = self.server.worked().saturating_sub(before);
        run
    }

    /// A row of two runs.
    pub fn row(&self, name: &'static str, closed: &Run, fixed: Option<&Run>) -> Row {
        let strange = closed.strange.iter().chain(fixed.iter().flat_map(|run| &run.strange));
        Row {
            strange: strange.cloned().collect(),
            closed: Some(Times::from(closed)),
            fixed: fixed.map(Times::from),
            memory: self.server.memory(),
            ..Row::plain(name, closed.rate(), "/s")
        }
    }

    /// How long the body of an answer is.
    fn size(&self, same: &Same) -> Result<usize, String> {
        super::runtime()?.block_on(async {
            let mut connection = Connection::to(self.server.port);
            let answer = connection.ask(&same.bytes()).await;
            let answer = answer.map_err(|error| format!("asking {}: {error}", same.path))?;
            match answer.status {
                200 => Ok(answer.body.len()),
                status => Err(format!("{} answers {status}: {}", same.path, answer.text())),
            }
        })
    }
}

async fn signed_in(port: u16, nth: u32, accounts: u32) -> Result<String, String> {
    use drive::{Step, Visitor as _};
    let mut connection = Connection::to(port);
    let mut person = SignIn::new(nth, 0, accounts);
    loop {
        let Some(request) = person.request() else { return Err("nothing to ask".to_owned()) };
        let answer = connection.ask(&request).await;
        let answer = answer.map_err(|error| format!("signing in: {error}"))?;
        if person.answered(&answer)? == Step::Done {
            return Ok(person.cookies);
        }
    }
}
