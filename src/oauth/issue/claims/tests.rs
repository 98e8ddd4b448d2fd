//! Whatever is asked, under whatever consent: nothing is told that was not allowed.

use proptest::{collection::vec, prelude::*, sample::select};

use super::*;
use crate::{
    clock::Moment,
    store::{
        clients::ClientId,
        contacts::{Channel, Contact, ContactId},
        private_emails::PrivateEmail,
        reach::{Addresses, EmailChoice},
        users::{Address, Profile},
    },
};

const NOW: Moment = Moment::from_seconds(1_000);
const CLIENT: ClientId = ClientId::from_bytes([1; 16]);

/// Somebody who has said some of what can be said.
fn somebody() -> impl Strategy<Value = (User, Reach)> {
    let text = || proptest::option::of("[a-zé ]{1,8}");
    let said = (text(), text(), text(), any::<bool>(), any::<bool>());
    let proved = vec((any::<bool>(), any::<bool>(), any::<bool>()), 0..3);
    (said, proved).prop_map(|((given_name, locale, website, lives, hides), contacts)| {
        let country = Some("Freedonia".to_owned());
        let address = lives.then(|| Address { country, ..Address::default() });
        let profile = Profile { given_name, website, locale, address, ..Profile::default() };
        let user = User::named("Ada", NOW).with_profile(&profile);
        let user_id = user.id;
        let contacts = contacts.into_iter().map(|(phone, is_primary, proved)| Contact {
            id: ContactId::random(),
            user_id,
            channel: if phone { Channel::Sms } else { Channel::Email },
            address: "ada@example.org".to_owned(),
            canonical: "+4930123456".to_owned(),
            is_primary,
            created_at: NOW,
            verified_at: proved.then_some(NOW),
        });
        let private = hides.then(|| PrivateEmail::new(user_id, CLIENT, "private.example", NOW));
        let choice = private.as_ref().map(|private| EmailChoice::Private(private.id));
        let reach = Reach::of(&Addresses { contacts: contacts.collect(), private }, choice);
        (user, reach)
    })
}

/// A scope of those there are, of single claims and of words that mean nothing here.
fn scope() -> impl Strategy<Value = Scope> {
    let single = names().map(|name| format!("{SINGLE}{name}"));
    let words = KNOWN_SCOPES.iter().map(|name| (*name).to_owned());
    let words: Vec<String> =
        words.chain(single).chain(["read".into(), "claim:nothing".into()]).collect();
    vec(select(words), 0..8).prop_map(|words| words.join(" ").parse().unwrap())
}

fn request() -> impl Strategy<Value = ClaimsRequest> {
    let name = || select(names().chain(["acr", "sub", "nothing"]).collect::<Vec<_>>());
    (vec(name(), 0..5), vec(name(), 0..5)).prop_map(|(userinfo, id_token)| {
        let place = |names: Vec<&str>| -> Map<String, Value> {
            names.into_iter().map(|name| (name.to_owned(), Value::Null)).collect()
        };
        let request = json!({ "userinfo": place(userinfo), "id_token": place(id_token) });
        request.to_string().parse().unwrap()
    })
}

fn asks_for(place: &Claims, name: &str) -> bool {
    place.iter().any(|(asked, _, _)| asked == name)
}

/// Whether every member of `part` stands in `whole` with the same value.
fn within(part: &Map<String, Value>, whole: &Map<String, Value>) -> bool {
    part.iter().all(|(name, value)| whole.get(name) == Some(value))
}

proptest! {
    #[test]
    fn nothing_is_told_beyond_the_scope(
        (user, reach) in somebody(), scope in scope(), request in request(),
    ) {
        let may = allowed(&scope, &user, &reach);
        let userinfo = for_userinfo(&scope, &request, &user, &reach);
        let id_token = for_id_token(&scope, &request, &user, &reach);
        prop_assert!(within(&userinfo, &may) && within(&id_token, &may));
        for name in may.keys() {
            let covers = |(known, claims): &(&str, &[&str])| {
                scope.contains(known) && claims.contains(&name.as_str())
            };
            let by_scope = SCOPES.iter().any(covers);
            prop_assert!(by_scope || scope.contains(&format!("{SINGLE}{name}")), "{}", name);
            let asked = asks_for(request.userinfo(), name);
            prop_assert_eq!(userinfo.contains_key(name), by_scope || asked, "{}", name);
            let asked = asks_for(request.id_token(), name);
            prop_assert_eq!(id_token.contains_key(name), asked, "{}", name);
        }
    }

    #[test]
    fn a_narrower_scope_never_tells_more(
        (user, reach) in somebody(), scope in scope(), other in scope(), request in request(),
    ) {
        let less = scope.intersection(&other);
        let told = |scope: &Scope| for_userinfo(scope, &request, &user, &reach);
        prop_assert!(within(&told(&less), &told(&scope)));
        let told = |scope: &Scope| for_id_token(scope, &request, &user, &reach);
        prop_assert!(within(&told(&less), &told(&scope)));
        prop_assert_eq!(told(&Scope::EMPTY), Map::new());
    }

    #[test]
    fn what_a_person_has_not_said_is_left_out((user, reach) in somebody(), scope in scope()) {
        for (name, value) in allowed(&scope, &user, &reach) {
            prop_assert!(!value.is_null() && value != json!("") && value != json!({}), "{}", name);
            prop_assert_eq!(value.is_boolean(), name.ends_with("_verified") || name == IS_PRIVATE, "{}", name);
            prop_assert_eq!(value.is_number(), name == "updated_at", "{}", name);
            prop_assert_eq!(value.is_object(), name == "address", "{}", name);
        }
    }

    #[test]
    fn consent_covers_what_is_asked_and_programs_see_the_rest(
        (user, reach) in somebody(), asked in vec(select(KNOWN_SCOPES), 0..6),
        request in request(),
    ) {
        let asked: Scope = asked.join(" ").parse().unwrap();
        let wide = widened(&asked, &request);
        prop_assert!(asked.is_subset_of(&wide));
        prop_assert_eq!(public(&wide), asked);
        prop_assert_eq!(widened(&wide, &request), wide.clone());
        let may = allowed(&wide, &user, &reach);
        for (name, _) in everything(&user, &reach) {
            let single = asks_for(request.userinfo(), &name) || asks_for(request.id_token(), &name);
            prop_assert!(!single || may.contains_key(&name), "{} was asked for", name);
        }
    }
}
