//! One of the codes that somebody keeps for the day they lose everything else. Its owner is told.

use actix_web::HttpResponse;

use super::{Check, Described, Factor, Step, Verdict, Way, Work, page};
use crate::{
    accounts::{codes, notices::Notice},
    app::App,
    delivery::messages::Alarm,
    protocol::auth_context::{Method, Methods},
    store::{
        self, Db,
        activity::{self, Activity, Event},
        recovery_codes,
        sign_ins::SignIn,
        users::{User, UserId},
    },
    web::{page::Page, parts::Problems},
};

/// The name of the method: it alone is no way to switch two-step verification on with.
pub(in crate::accounts) const NAME: &str = "recovery";

/// A recovery code.
pub(super) struct RecoveryCode;

/// A code's digest, under a key that is not in the store: it is short enough to be guessed at.
pub(in crate::accounts) fn digest(app: &App, user_id: UserId, code: &str) -> Vec<u8> {
    let code = codes::without_gaps(code);
    app.seals.recovery_code.digest(&[user_id.as_bytes(), code.as_bytes()]).to_vec()
}

impl Factor for RecoveryCode {
    fn name(&self) -> &'static str {
        NAME
    }

    fn ways(
        &'static self,
        db: &mut Db<'_>,
        _: &App,
        user: &User,
        _: &SignIn,
    ) -> Result<Vec<Way>, store::Error> {
        let left = recovery_codes::count_left(db, user.id)?;
        let methods = Methods::of([Method::OneTimeCode]);
        let way = Way { factor: self, methods, contact: None };
        Ok((left > 0).then_some(way).into_iter().collect())
    }

    fn describe(&self, page: &Page, _: &Way) -> Described {
        Described {
            title: page.text("factor-recovery").to_string(),
            state: page.text("factor-recovery-text").to_string(),
            drawing: "key",
        }
    }

    fn show<'a>(&'a self, step: &'a Step<'a>, problems: Problems) -> Work<'a, HttpResponse> {
        Box::pin(async move {
            let prompt = step.visitor.page.text("second-factor-recovery").to_string();
            page::show(step, problems, &prompt, &page::Entry::Typed).await
        })
    }

    fn judge<'a>(&'a self, step: &'a Step<'a>) -> Work<'a, Check> {
        let (app, user_id, now) = (step.app, step.user.id, step.app.clock.now());
        let digest = digest(app, user_id, step.named.get("code").unwrap_or_default());
        let notice = Notice::of(app, step.visitor, Alarm::RecoveryCodeUsed, now);
        let happened = Activity {
            user_id: Some(user_id),
            ..step.visitor.activity(Event::RecoveryCodeUsed, now)
        };
        let methods = step.way.methods.clone();
        let check = move |db: &mut Db<'_>| {
            if !recovery_codes::redeem(db, user_id, &digest, now)? {
                return Ok(Verdict::Wrong);
            }
            notice.send(db, user_id, None)?;
            activity::add(db, &happened)?;
            Ok(Verdict::Right(methods.clone()))
        };
        Box::pin(async move { Ok(Box::new(check) as Check) })
    }
}
