//! A store of the asked size, written directly: accounts, grants and families as years of use would
//! leave them, and the apps and people that the load comes from.

use countersign::{
    clock::{Clock, Moment},
    config::{Config, Loaded},
    crypto::password,
    protocol::{client_metadata::ProposedMetadata, scope::Scope},
    store::{
        self, Db, Store,
        client_secrets::{self, ClientSecret},
        clients::{self, Client, ClientId},
        contacts::{self, Channel, Contact, ContactId},
        grants::{self, Consent},
        migrations, passwords,
        token_families::{self, FamilyId, TokenFamily},
        users::{self, User, UserId},
    },
};
use serde_json::json;

use super::server::told;

/// Everybody's password.
pub const PASSWORD: &str = "lantern-copper-tulip-42";
/// Where the load's app would be.
pub const REDIRECT_URI: &str = "http://localhost:1/callback";
/// How many apps the standing grants are spread over.
const APPS: u32 = 5;
/// How many accounts are written in one transaction.
const BATCH: u32 = 250;

/// What the load needs to know of the store.
pub struct Prepared {
    /// The app that signs people in.
    pub web: Credentials,
    /// The app that speaks for itself.
    pub machine: Credentials,
    /// How many people there are: `p0@example.com` and so on.
    pub accounts: u32,
    /// Families nobody else uses, for the bare commit.
    pub families: Vec<Family>,
}

/// A client's name and proof.
#[derive(Clone)]
pub struct Credentials {
    /// Its `client_id`.
    pub id: String,
    /// Its `client_secret`.
    pub secret: String,
}

/// A token family at generation 0.
#[derive(Clone, Copy)]
pub struct Family {
    /// Which.
    pub id: FamilyId,
}

/// The mail address of a person.
pub fn email(nth: u32) -> String {
    format!("p{nth}@example.com")
}

/// Reads settings as the server will.
pub fn config(variables: &[(String, String)]) -> Result<Config, String> {
    let loaded = Loaded::read(None, variables.iter().cloned()).map_err(told("reading settings"))?;
    Ok(loaded.config)
}

/// Opens the store as the server will.
pub fn open(config: &Config) -> Result<Store, String> {
    migrations::run(&config.database).map_err(told("migrating"))?;
    Store::open(&config.database).map_err(told("opening the store"))
}

/// Fills the store.
pub fn fill(
    store: &Store,
    config: &Config,
    accounts: u32,
    connections: u32,
) -> Result<Prepared, String> {
    let runtime = super::runtime()?;
    let hash = password::hash(PASSWORD, &config.sign_in.password_cost());
    let now = Clock::System.now();
    runtime.block_on(async {
        let web = register(store, config, &web_app(), now).await?;
        let machine = register(store, config, &machine_app(), now).await?;
        let mut apps = vec![web.0];
        for _ in 1..APPS {
            apps.push(register(store, config, &web_app(), now).await?.0);
        }
        let mut from = 0;
        while from < accounts {
            let (to, hash, apps) = ((from + BATCH).min(accounts), hash.clone(), apps.clone());
            let many = move |db: &mut Db<'_>| {
                (from..to).try_for_each(|nth| account(db, nth, &hash, &apps, now))
            };
            store.write(many).await.map_err(told("writing accounts"))?;
            from = to;
            if from % 50_000 == 0 {
                eprintln!("  {from} accounts");
            }
        }
        let families = families(store, apps[0], connections, now).await?;
        Ok(Prepared { web: web.1, machine: machine.1, accounts, families })
    })
}

/// A person with a password, an address, a grant for each app and a family under each.
fn account(
    db: &mut Db<'_>,
    nth: u32,
    hash: &str,
    apps: &[ClientId],
    now: Moment,
) -> Result<(), store::Error> {
    let user = User::named(&format!("Person {nth}"), now);
    users::add(db, &user)?;
    passwords::set(db, user.id, hash, now)?;
    contacts::add(db, &contact(user.id, nth, now))?;
    for app in apps {
        let scope = scope("openid profile email");
        let grant = grants::allow(db, user.id, *app, &Consent::to(&scope), now)?;
        token_families::begin(db, &family(grant.id, *app, user.id, now))?;
    }
    Ok(())
}

/// Families for the bare commit: as many as wait at once.
async fn families(
    store: &Store,
    app: ClientId,
    many: u32,
    now: Moment,
) -> Result<Vec<Family>, String> {
    let begin = move |db: &mut Db<'_>| {
        let user = User::named("Nobody", now);
        users::add(db, &user)?;
        let grant = grants::allow(db, user.id, app, &Consent::to(&scope("profile")), now)?;
        let mut begun = Vec::new();
        for _ in 0..many {
            let family = family(grant.id, app, user.id, now);
            token_families::begin(db, &family)?;
            begun.push(Family { id: family.id });
        }
        Ok::<_, store::Error>(begun)
    };
    store.write(begin).await.map_err(told("writing families"))
}

async fn register(
    store: &Store,
    config: &Config,
    metadata: &serde_json::Value,
    now: Moment,
) -> Result<(ClientId, Credentials), String> {
    let said = ProposedMetadata::parse(metadata.to_string().as_bytes());
    let metadata = said.and_then(|said| said.check(config.client_rules()));
    let mut client = Client::registered(metadata.map_err(told("registering"))?, None, now);
    client.live_at = Some(now);
    let (row, secret) = ClientSecret::made(client.id, now, None);
    let id = client.id;
    let add = move |db: &mut Db<'_>| {
        clients::add(db, &client)?;
        client_secrets::add(db, &row)
    };
    store.write(add).await.map_err(told("registering"))?;
    Ok((id, Credentials { id: id.to_string(), secret: secret.expose().to_owned() }))
}

fn web_app() -> serde_json::Value {
    json!({
        "client_name": "Load",
        "redirect_uris": [REDIRECT_URI],
        "grant_types": ["authorization_code", "refresh_token"],
        "scope": "openid profile email",
        "id_token_signed_response_alg": "ES256",
    })
}

fn machine_app() -> serde_json::Value {
    json!({
        "client_name": "Load, by itself",
        "redirect_uris": [],
        "response_types": [],
        "grant_types": ["client_credentials"],
    })
}

fn contact(user_id: UserId, nth: u32, now: Moment) -> Contact {
    Contact {
        id: ContactId::random(),
        user_id,
        channel: Channel::Email,
        address: email(nth),
        canonical: email(nth),
        is_primary: true,
        created_at: now,
        verified_at: Some(now),
    }
}

fn family(
    grant_id: grants::GrantId,
    client_id: ClientId,
    user_id: UserId,
    now: Moment,
) -> TokenFamily {
    TokenFamily {
        id: FamilyId::random(),
        grant_id,
        client_id,
        user_id,
        session_id: None,
        scope: scope("openid profile email"),
        resource: None,
        claims: None,
        acr: "1".to_owned(),
        amr: "pwd".to_owned(),
        auth_at: now,
        generation: 0,
        rotated_at: now,
        created_at: now,
        expires_at: now + std::time::Duration::from_hours(24 * 30),
        ended_at: None,
        end_reason: None,
    }
}

fn scope(words: &str) -> Scope {
    words.parse().unwrap_or_default()
}
