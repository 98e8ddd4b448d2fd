//! Two ways to drive a server: as fast as it answers, and at a rate that does not wait for it.
//!
//! In a closed loop every visitor asks again as soon as it is answered: that finds the most a server
//! can do. At a fixed rate each request has a moment at which it is due, and its time counts from
//! that moment, also while it waits for a free visitor: a server that stalls cannot hide it by
//! being asked less (coordinated omission).

use std::{
    cell::RefCell,
    rc::Rc,
    time::{Duration, Instant},
};

use tokio::{task::LocalSet, time::sleep_until};

use super::http::{Answer, Connection};

/// Somebody with something to ask.
pub trait Visitor {
    /// The next request, or nothing if there is nothing left to ask.
    fn request(&mut self) -> Option<Vec<u8>>;

    /// Looks at the answer. Whatever was not asked for makes the whole figure invalid.
    fn answered(&mut self, answer: &Answer<'_>) -> Result<Step, String>;
}

/// What an answer was.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The thing that is counted.
    Done,
    /// Something on the way to it: its time counts, it does not.
    OnTheWay,
    /// Turned away, as was to be expected when more is asked than can be done.
    TurnedAway,
}

/// How a run went.
#[derive(Clone, Debug, Default)]
pub struct Run {
    /// How many were done.
    pub done: u32,
    /// How many were turned away, where that was to be expected.
    pub turned_away: u32,
    /// From the first request to the last answer.
    pub took: Duration,
    /// How long each one took, in microseconds.
    pub micros: Vec<u32>,
    /// What came that nobody asked for: the first few, and how many.
    pub strange: Vec<String>,
    /// How many strange answers there were.
    pub strangers: u32,
    /// How long the cores worked for the server meanwhile, if somebody watched.
    pub worked: Duration,
}

impl Run {
    /// How many were done in a second.
    pub fn rate(&self) -> f64 {
        f64::from(self.done) / self.took.as_secs_f64().max(1e-9)
    }

    /// The time, in milliseconds, that so many of a thousand stayed below.
    pub fn millis(&self, of_a_thousand: usize) -> f64 {
        let place = (self.micros.len() * of_a_thousand / 1000).min(self.micros.len().max(1) - 1);
        self.micros.get(place).map_or(0.0, |&micros| f64::from(micros) / 1000.0)
    }

    fn record(&mut self, outcome: Result<Step, String>, time: Duration) -> bool {
        match outcome {
            Ok(Step::Done) => {
                self.done += 1;
                self.micros.push(u32::try_from(time.as_micros()).unwrap_or(u32::MAX));
                true
            }
            Ok(Step::TurnedAway) => {
                self.turned_away += 1;
                true
            }
            Ok(Step::OnTheWay) => false,
            Err(why) => {
                self.strangers += 1;
                if self.strange.len() < 3 {
                    self.strange.push(why);
                }
                true
            }
        }
    }
}

/// Every visitor asks again as soon as it is answered, until `span` is over or there is nothing left
/// to ask.
pub fn closed<V: Visitor + 'static>(port: u16, visitors: Vec<V>, span: Duration) -> Run {
    drive(port, visitors, Pace::Closed, span)
}

/// `rate` requests become due in each second, evenly; the visitors share them.
pub fn at_rate<V: Visitor + 'static>(
    port: u16,
    visitors: Vec<V>,
    rate: f64,
    span: Duration,
) -> Run {
    drive(port, visitors, Pace::Rate(rate.max(0.1)), span)
}

#[derive(Clone, Copy)]
enum Pace {
    Closed,
    Rate(f64),
}

fn drive<V: Visitor + 'static>(port: u16, visitors: Vec<V>, pace: Pace, span: Duration) -> Run {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let Ok(runtime) = runtime else { return Run::default() };
    let run = Rc::new(RefCell::new(Run::default()));
    let next = Rc::new(RefCell::new(0_u32));
    let begun = Instant::now();
    let local = LocalSet::new();
    for visitor in visitors {
        let (run, next) = (Rc::clone(&run), Rc::clone(&next));
        local.spawn_local(visit(
            Connection::to(port),
            visitor,
            move || {
                let due = match pace {
                    Pace::Closed => Instant::now(),
                    Pace::Rate(rate) => {
                        let nth = *next.borrow();
                        *next.borrow_mut() += 1;
                        begun + Duration::from_secs_f64(f64::from(nth) / rate)
                    }
                };
                (due.duration_since(begun) < span).then_some(due)
            },
            run,
        ));
    }
    runtime.block_on(local);
    let mut run = Rc::try_unwrap(run).map(RefCell::into_inner).unwrap_or_default();
    run.took = begun.elapsed();
    run.micros.sort_unstable();
    run
}

/// One visitor: waits until its next request is due, asks until that is done, records the time.
async fn visit<V: Visitor>(
    mut connection: Connection,
    mut visitor: V,
    next: impl Fn() -> Option<Instant>,
    run: Rc<RefCell<Run>>,
) {
    while let Some(due) = next() {
        if due > Instant::now() {
            sleep_until(due.into()).await;
        }
        loop {
            let Some(request) = visitor.request() else { return };
            let outcome = match connection.ask(&request).await {
                Ok(answer) => visitor.answered(&answer),
                Err(error) => Err(format!("no answer: {error}")),
            };
            if run.borrow_mut().record(outcome, due.elapsed()) {
                break;
            }
        }
    }
}
