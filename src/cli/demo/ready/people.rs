//! The people of the demo.

use super::{Error, Source};
use crate::{
    clock::Moment,
    config::Config,
    crypto::{
        password::{self, Verdict},
        secret::Secret,
    },
    identity::{email_address::EmailAddress, phone_number::PhoneNumber},
    store::{
        self, Db, Store,
        contacts::{self, Channel, Contact, ContactId},
        passwords,
        users::{self, Address, Profile, User, UserId},
    },
};

/// Somebody who can sign in.
pub struct Person {
    /// Their name.
    pub name: &'static str,
    /// What they sign in with.
    pub email: &'static str,
    /// Their password; nothing if they have changed it since.
    pub password: Option<Secret>,
    /// What they are good for.
    pub part: &'static str,
}

/// Everybody, and who of them published the apps.
pub(super) struct People {
    pub all: Vec<Person>,
    pub publisher: UserId,
}

/// Somebody as the demo wants them to be.
struct Draft {
    name: &'static str,
    email: &'static str,
    phone: Option<&'static str>,
    profile: Profile,
    operator: bool,
    part: &'static str,
}

/// What passwords are made of: short, of one spelling, and far apart.
const WORDS: [&str; 64] = [
    "anchor", "apple", "arrow", "autumn", "bakery", "basket", "beacon", "birch", "bottle",
    "breeze", "bridge", "button", "candle", "canvas", "castle", "cedar", "cellar", "cherry",
    "cobalt", "copper", "cotton", "dolphin", "ember", "engine", "falcon", "feather", "fiddle",
    "forest", "garden", "ginger", "granite", "hammer", "harbour", "hazel", "island", "jacket",
    "kettle", "ladder", "lantern", "lemon", "linen", "marble", "meadow", "mirror", "needle",
    "orchard", "oyster", "paper", "pebble", "pepper", "pillow", "quarry", "ribbon", "river",
    "saddle", "silver", "spring", "thimble", "tulip", "velvet", "walnut", "willow", "window",
    "winter",
];

/// Makes sure that everybody is there.
pub(super) async fn prepare(
    store: &Store,
    source: &Source,
    config: &Config,
    now: Moment,
) -> Result<People, Error> {
    let cost = config.sign_in.password_cost();
    let mut people = People { all: Vec::new(), publisher: UserId::from_bytes([0; 16]) };
    for draft in drafts() {
        let password = Secret::new(phrase(source.bytes("password", draft.email)));
        let told = Person {
            name: draft.name,
            email: draft.email,
            password: Some(password.clone()),
            part: draft.part,
        };
        let email: EmailAddress = draft.email.parse().map_err(strange)?;
        let (id, hash) = match find(store, email.canonical().to_owned()).await? {
            Some(known) => known,
            None => add(store, draft, password::hash(password.expose(), &cost), now).await?,
        };
        let right =
            |hash: &String| password::verify(password.expose(), hash, &cost) != Verdict::Wrong;
        people.publisher = id;
        people
            .all
            .push(Person { password: told.password.filter(|_| hash.iter().any(right)), ..told });
    }
    Ok(people)
}

/// Finds who signs in with this address, and what their password is compared with.
async fn find(store: &Store, email: String) -> Result<Option<(UserId, Option<String>)>, Error> {
    store
        .read(move |db| {
            let Some(contact) = contacts::find_verified(db, Channel::Email, &email)? else {
                return Ok(None);
            };
            Ok(Some((contact.user_id, passwords::find(db, contact.user_id)?)))
        })
        .await
}

async fn add(
    store: &Store,
    draft: Draft,
    hash: String,
    now: Moment,
) -> Result<(UserId, Option<String>), Error> {
    let mut user = User::named(draft.name, now).with_profile(&draft.profile);
    user.operator = draft.operator;
    let email: EmailAddress = draft.email.parse().map_err(strange)?;
    let mut reached = vec![contact(&user, Channel::Email, (draft.email, email.canonical()), now)];
    if let Some(phone) = draft.phone {
        let phone = PhoneNumber::read(phone, None).map_err(strange)?;
        reached.push(contact(&user, Channel::Sms, (phone.as_str(), phone.as_str()), now));
    }
    let added = (user.id, Some(hash.clone()));
    let work = move |db: &mut Db<'_>| {
        users::add(db, &user)?;
        passwords::set(db, user.id, &hash, now)?;
        reached.iter().try_for_each(|contact| contacts::add(db, contact))
    };
    store.write(move |db| work(db).map_err(|error: store::Error| Error::from(error))).await?;
    Ok(added)
}

fn contact(user: &User, channel: Channel, written: (&str, &str), now: Moment) -> Contact {
    Contact {
        id: ContactId::random(),
        user_id: user.id,
        channel,
        address: written.0.to_owned(),
        canonical: written.1.to_owned(),
        is_primary: true,
        created_at: now,
        verified_at: Some(now),
    }
}

/// Four words and two digits: `lantern-copper-tulip-river-42`.
fn phrase(bytes: [u8; 32]) -> String {
    let words = bytes[..4].iter().map(|byte| WORDS[usize::from(*byte) % WORDS.len()]);
    let number = u16::from_be_bytes([bytes[4], bytes[5]]) % 90 + 10;
    format!("{}-{number}", words.collect::<Vec<_>>().join("-"))
}

/// Everybody; the last one published the apps.
fn drafts() -> [Draft; 3] {
    let said = |text: &str| Some(text.to_owned());
    let ada = Profile {
        given_name: said("Ada"),
        family_name: said("Lovelace"),
        nickname: said("Ada"),
        preferred_username: said("ada"),
        birthdate: said("1815-12-10"),
        zoneinfo: said("Europe/London"),
        locale: said("en-GB"),
        address: Some(Address {
            formatted: said("12 St James's Square\nLondon SW1Y 4JH\nUnited Kingdom"),
            street_address: said("12 St James's Square"),
            locality: said("London"),
            region: None,
            postal_code: said("SW1Y 4JH"),
            country: said("United Kingdom"),
        }),
        ..Profile::default()
    };
    let grace = Profile {
        given_name: said("Grace"),
        family_name: said("Hopper"),
        locale: said("en-US"),
        ..Profile::default()
    };
    [
        Draft {
            name: "Ada Lovelace",
            email: "ada@example.com",
            phone: Some("+12025550123"),
            profile: ada,
            operator: false,
            part: "has a phone number and an address to share",
        },
        Draft {
            name: "Grace Hopper",
            email: "grace@example.com",
            phone: None,
            profile: grace,
            operator: false,
            part: "has only a name and an email",
        },
        Draft {
            name: "Morgan Harbour",
            email: "morgan@example.com",
            phone: None,
            profile: Profile::default(),
            operator: true,
            part: "publishes the apps and operates this server",
        },
    ]
}

fn strange(problem: impl std::fmt::Display) -> Error {
    Error::Strange(problem.to_string())
}
