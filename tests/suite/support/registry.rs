//! People and apps that are there before a story begins: put into the store, not through pages.

use std::time::Duration;

use countersign::{
    crypto::secret::Secret,
    protocol::client_metadata::{ProposedMetadata, TokenEndpointAuthMethod},
    store::{
        Db, Error, client_secrets,
        client_secrets::ClientSecret,
        clients::{self, Client, ClientId},
        contacts::{self, Channel, Contact, ContactId},
        passwords,
        users::{self, Address, Profile, User},
    },
};
use serde_json::{Value, json};

use super::{person::Person, relying_party::RelyingParty, world::World};

impl World {
    /// Somebody whose address is proved, with every claim there is.
    pub async fn person(&self, name: &str) -> Person {
        let person = Person::new(name);
        let now = self.clock.now();
        let user = User::named(&person.name, now).with_profile(&profile(name));
        let contact = Contact {
            id: ContactId::random(),
            user_id: user.id,
            channel: Channel::Email,
            address: person.email.clone(),
            canonical: person.email.clone(),
            is_primary: true,
            created_at: now,
            verified_at: Some(now),
        };
        let hash = self.app.hasher.hash(person.password.clone()).await.expect("a hash");
        let add = move |db: &mut Db<'_>| -> Result<(), Error> {
            users::add(db, &user)?;
            contacts::add(db, &contact)?;
            passwords::set(db, user.id, &hash, now)
        };
        self.app.store.write(add).await.expect("a new person");
        person
    }

    /// Gives somebody another proved contact.
    pub async fn add_contact(&self, person: &Person, channel: Channel, address: &str) {
        let (own, address, now) = (person.email.clone(), address.to_owned(), self.clock.now());
        let add = move |db: &mut Db<'_>| -> Result<(), Error> {
            let known = contacts::find_verified(db, Channel::Email, &own)?.expect("a person");
            let contact = Contact {
                id: ContactId::random(),
                channel,
                address: address.clone(),
                canonical: address.clone(),
                is_primary: channel == Channel::Sms,
                created_at: now,
                verified_at: Some(now),
                ..known
            };
            contacts::add(db, &contact)
        };
        self.app.store.write(add).await.expect("a contact");
    }

    /// A web app with a secret, live, that may ask for everything.
    pub async fn app(&self, name: &str) -> RelyingParty {
        let host = format!("https://{}.example", name.to_lowercase());
        self.register(json!({
            "client_name": name,
            "redirect_uris": [format!("{host}/cb")],
            "post_logout_redirect_uris": [format!("{host}/bye")],
            "grant_types": ["authorization_code", "refresh_token"],
        }))
        .await
    }

    /// An app in a browser: no secret.
    pub async fn public_app(&self, name: &str) -> RelyingParty {
        self.register(json!({
            "client_name": name,
            "redirect_uris": [format!("https://{}.example/cb", name.to_lowercase())],
            "grant_types": ["authorization_code", "refresh_token"],
            "token_endpoint_auth_method": "none",
        }))
        .await
    }

    /// An app that says this of itself (RFC 7591 §2).
    pub async fn register(&self, metadata: Value) -> RelyingParty {
        let now = self.clock.now();
        let metadata = ProposedMetadata::parse(metadata.to_string().as_bytes());
        let metadata = metadata.expect("metadata").check(self.app.config.client_rules());
        let metadata = metadata.expect("metadata that passes");
        let mut client = Client::registered(metadata, None, now);
        client.live_at = Some(now);
        let method = client.metadata.token_endpoint_auth_method;
        let readable = method == TokenEndpointAuthMethod::ClientSecretJwt;
        let sealer = readable.then_some(&self.app.seals.client_secret);
        let made = method.needs_secret().then(|| ClientSecret::made(client.id, now, sealer));
        let (row, secret) = made.unzip();
        let id = client.id.to_string();
        let back = client.metadata.redirect_uris.first().map(ToString::to_string);
        let add = move |db: &mut Db<'_>| -> Result<(), Error> {
            clients::add(db, &client)?;
            row.iter().try_for_each(|row| client_secrets::add(db, row))
        };
        self.app.store.write(add).await.expect("a new client");
        let secret = secret.as_ref().map(Secret::expose);
        RelyingParty::discover(&self.url, &id, secret, &back.unwrap_or_default()).await
    }

    /// An operator suspends an app.
    pub async fn suspend(&self, app: &RelyingParty) {
        let now = self.clock.now();
        self.change(app, move |client| client.suspended_at = Some(now)).await;
    }

    /// Changes an app's row, whoever may do that.
    pub async fn change(&self, app: &RelyingParty, change: impl Fn(&mut Client) + Send + 'static) {
        let id = ClientId::parse(&app.id).expect("an id");
        let change = move |db: &mut Db<'_>| -> Result<(), Error> {
            let mut client = clients::find(db, id)?.expect("the client");
            change(&mut client);
            client.updated_at = client.updated_at + Duration::from_micros(1);
            clients::set_details(db, &client)
        };
        self.app.store.write(change).await.expect("a change");
    }
}

/// Every standard claim (OpenID Connect Core §5.1).
fn profile(name: &str) -> Profile {
    let text = |text: &str| Some(text.to_owned());
    Profile {
        given_name: text(name),
        family_name: text("Example"),
        middle_name: text("Q"),
        nickname: text("Lovely"),
        preferred_username: text(&name.to_lowercase()),
        profile: text("https://example.org/people/1"),
        picture: text("https://example.org/people/1.png"),
        website: text("https://example.org"),
        gender: text("female"),
        birthdate: text("1815-12-10"),
        zoneinfo: text("Europe/London"),
        locale: text("en-GB"),
        address: Some(Address {
            formatted: text("12 St James's Square\nLondon"),
            street_address: text("12 St James's Square"),
            locality: text("London"),
            region: None,
            postal_code: text("SW1Y 4JH"),
            country: text("United Kingdom"),
        }),
    }
}
