//! A code by mail or by SMS as the second step, where the first did not come by the same channel.

use serde::{Deserialize, Serialize};

use actix_web::HttpResponse;

use super::{Check, Described, Factor, Started, Step, Verdict, Way, Work, page};
use crate::{
    accounts::{
        codes::{self, Addressee, Allowance, Missed},
        identifier::Identifier,
        new_session, notices,
    },
    app::App,
    delivery::messages::Purpose,
    protocol::auth_context::{Method, Methods},
    store::{
        self, Db,
        challenges::{self, Challenge},
        contacts::{self, Channel, Contact},
        outbox,
        sign_ins::{Reason, SignIn, SignInId},
        users::User,
    },
    text,
    web::{
        error::{Kind, PageError},
        page::Page,
        parts::Problems,
    },
};

/// A code by mail.
pub(super) const EMAIL: OneTimeCode = OneTimeCode { channel: Channel::Email };

/// A code by SMS.
pub(super) const SMS: OneTimeCode = OneTimeCode { channel: Channel::Sms };

/// A code by one of the channels.
pub(super) struct OneTimeCode {
    channel: Channel,
}

/// What the challenge of a code remembers.
#[derive(Serialize, Deserialize)]
struct Facts {
    sign_in: SignInId,
    to: Addressee,
}

impl Factor for OneTimeCode {
    fn name(&self) -> &'static str {
        self.channel.as_str()
    }

    fn ways(
        &'static self,
        db: &mut Db<'_>,
        app: &App,
        user: &User,
        sign_in: &SignIn,
    ) -> Result<Vec<Way>, store::Error> {
        let second = sign_in.amr.has(Method::Password) && sign_in.first_proof != self.name();
        // A new browser is no matter of two-step verification: every proved contact will do.
        let taken = sign_in.reason == Reason::NewBrowser || user.takes_codes_by(self.channel);
        if !second || !taken || !notices::reaches(app, self.channel) {
            return Ok(Vec::new());
        }
        let contacts = contacts::list_of_user(db, user.id)?.into_iter();
        let proved = contacts.filter(|it| it.channel == self.channel && it.verified_at.is_some());
        let methods = Methods::of([new_session::code_by(self.channel)]);
        let way = |contact| Way { factor: self, methods: methods.clone(), contact: Some(contact) };
        Ok(proved.map(way).collect())
    }

    fn describe(&self, page: &Page, way: &Way) -> Described {
        let [title, drawing] = match self.channel {
            Channel::Email => ["factor-email", "mail"],
            Channel::Sms => ["factor-sms", "phone"],
        };
        Described { title: page.text(title).to_string(), state: address(way), drawing }
    }

    fn start<'a>(&'a self, step: &'a Step<'a>) -> Work<'a, Started> {
        Box::pin(async move {
            match find(step).await? {
                Some(sent) => self.send_again(step, &sent).await,
                None => self.send(step).await,
            }
        })
    }

    fn show<'a>(&'a self, step: &'a Step<'a>, problems: Problems) -> Work<'a, HttpResponse> {
        Box::pin(async move {
            let sent = find(step).await?;
            let key = match (self.channel, &sent) {
                (Channel::Email, Some(_)) => "second-factor-email",
                (Channel::Email, None) => "second-factor-email-offer",
                (Channel::Sms, Some(_)) => "second-factor-sms",
                (Channel::Sms, None) => "second-factor-sms-offer",
            };
            let prompt = step.visitor.page.text_with(key, "to", address(&step.way)).to_string();
            let entry = sent.as_ref().map_or(page::Entry::Start, |sent| page::Entry::Sent {
                challenge: sent.id.to_string(),
                wait: codes::wait(step.app, sent).as_secs(),
            });
            page::show(step, problems, &prompt, &entry).await
        })
    }

    fn judge<'a>(&'a self, step: &'a Step<'a>) -> Work<'a, Check> {
        Box::pin(async move {
            let Some(sent) = find(step).await? else {
                return Ok(Box::new(|_: &mut Db<'_>| Ok(Verdict::Gone)) as Check);
            };
            let typed = codes::Typed::read(step.app, step.visitor, &sent, step.named);
            let methods = step.way.methods.clone();
            let allowance =
                Allowance::of(step.app, step.visitor, &Identifier::of_contact(contact(step)?));
            Ok(Box::new(move |db: &mut Db<'_>| {
                Ok(match typed.judge(db)? {
                    Ok(()) => {
                        allowance.take_back(db)?;
                        Verdict::Right(methods.clone())
                    }
                    Err(Missed::Wrong { .. }) => Verdict::Wrong,
                    Err(Missed::Gone) => Verdict::Gone,
                })
            }) as Check)
        })
    }
}

impl OneTimeCode {
    async fn send(&self, step: &Step<'_>) -> Result<Started, PageError> {
        let (app, contact) = (step.app, contact(step)?);
        let to = Identifier::of_contact(contact);
        let language = step.user.language.clone();
        let facts = Facts {
            sign_in: step.sign_in.id,
            to: Addressee {
                recipient: to.recipient.clone(),
                name: step.user.name.clone(),
                language: language.unwrap_or_else(|| step.visitor.page.language.code().to_owned()),
            },
        };
        let (challenge, code) = codes::begin(app, step.visitor, Purpose::SecondFactor, &to, &facts);
        let challenge = Challenge { user_id: Some(step.user.id), ..challenge };
        let letter = codes::letter(app, Purpose::SecondFactor, self.channel, &facts.to, &code)?;
        let (id, now) = (challenge.id, challenge.sent_at);
        let allowance = Allowance::of(app, step.visitor, &to);
        let allowed = app
            .store
            .write(move |db| {
                let allowed = allowance.spend(db, now)?;
                if allowed.is_ok() {
                    challenges::add(db, &challenge)?;
                    outbox::add(db, &letter)?;
                }
                Ok::<_, store::Error>(allowed)
            })
            .await?;
        Ok(match allowed {
            Ok(()) => Started::Challenge(id.to_string()),
            Err(until) => Started::TooSoon(until.since(now)),
        })
    }

    async fn send_again(&self, step: &Step<'_>, sent: &Challenge) -> Result<Started, PageError> {
        let Facts { to, .. } = facts(step.app, sent).ok_or(Kind::FlowLost)?;
        let allowance =
            Allowance::of(step.app, step.visitor, &Identifier::of_contact(contact(step)?));
        let letter =
            |code: &str| codes::letter(step.app, Purpose::SecondFactor, self.channel, &to, code);
        let again = codes::send_again(step.app, sent, allowance, true, letter).await?;
        Ok(match again {
            Ok(()) => Started::Challenge(sent.id.to_string()),
            Err(left) => Started::TooSoon(left),
        })
    }
}

/// The code that this page waits for: sent by this way, for this sign-in.
async fn find(step: &Step<'_>) -> Result<Option<Challenge>, PageError> {
    if step.named.get("challenge").is_none() {
        return Ok(None);
    }
    let purpose = Purpose::SecondFactor.as_str();
    let sent = match codes::find(step.app, step.visitor, purpose, step.named).await {
        Ok(sent) => sent,
        Err(lost) if lost.kind() == Kind::FlowLost => return Ok(None),
        Err(trouble) => return Err(trouble),
    };
    let recipient = contact(step)?.recipient();
    let ours = facts(step.app, &sent)
        .is_some_and(|it| it.sign_in == step.sign_in.id && it.to.recipient == recipient);
    Ok(ours.then_some(sent))
}

fn facts(app: &App, sent: &Challenge) -> Option<Facts> {
    app.seals.challenge.open(&sent.sealed_facts)
}

fn contact<'a>(step: &'a Step<'_>) -> Result<&'a Contact, PageError> {
    step.way.contact.as_ref().ok_or_else(|| Kind::FlowLost.into())
}

/// The address of a way, as far as somebody who has only the password may learn it.
fn address(way: &Way) -> String {
    way.contact.as_ref().map(|contact| text::masked(&contact.address)).unwrap_or_default()
}
