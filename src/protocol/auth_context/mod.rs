//! How sure we are of a person: what they showed (`amr`), how much that is (`acr`), and when.

use std::{collections::BTreeSet, fmt, str::FromStr, time::Duration};

use diesel::{deserialize::FromSqlRow, expression::AsExpression, sql_types::Text};
use serde::{Deserialize, Serialize};

use super::error::{OAuthError, invalid_request};
use crate::clock::Moment;

wire_names! {
    /// One way a person proved who they are (RFC 8176 §2): only what we can really ask for.
    Method, refused by invalid_request: "amr holds a method this server does not know" {
        /// A password.
        Password => "pwd",
        /// A PIN, for one act.
        Pin => "pin",
        /// A code from an app, a mail or a list of recovery codes.
        OneTimeCode => "otp",
        /// A code sent to a phone.
        Sms => "sms",
        /// A key that cannot leave its hardware.
        HardwareKey => "hwk",
        /// A key that software keeps, as synced passkeys are.
        SoftwareKey => "swk",
        /// The device asked for a fingerprint, a face or its own PIN.
        UserVerified => "user",
        /// A yes from another device of theirs.
        OtherChannel => "mca",
        /// More than one kind of proof: follows from the others.
        SeveralFactors => "mfa",
    }
}

wire_names! {
    /// How sure we are, from the least to the most: `acr_values_supported`.
    Acr, refused by invalid_request: "acr is not one this server reaches" {
        /// One proof.
        OneFactor => "urn:countersign:acr:1fa",
        /// Two proofs of different kinds.
        TwoFactors => "urn:countersign:acr:2fa",
        /// Proof that no look-alike site can collect (OpenID EAP ACR Values §2).
        PhishingResistant => "phr",
    }
}

impl Acr {
    /// Whether having reached this is enough for somebody who asks for `wanted`.
    #[must_use]
    pub fn satisfies(self, wanted: Self) -> bool {
        self >= wanted
    }
}

/// Everything a person showed in one sign-in.
#[derive(Clone, Debug, Default, PartialEq, Eq, AsExpression, FromSqlRow)]
#[diesel(sql_type = Text)]
pub struct Methods {
    shown: BTreeSet<Method>,
    text: String,
}

impl Methods {
    /// These methods, and `mfa` if they are of different kinds.
    #[must_use]
    pub fn of(methods: impl IntoIterator<Item = Method>) -> Self {
        let mut shown: BTreeSet<Method> = methods.into_iter().collect();
        shown.remove(&Method::SeveralFactors);
        if is_several_factors(&shown) {
            shown.insert(Method::SeveralFactors);
        }
        let text = shown.iter().map(|method| method.as_str()).collect::<Vec<_>>().join(" ");
        Self { shown, text }
    }

    /// These and one more.
    #[must_use]
    pub fn and(&self, method: Method) -> Self {
        Self::of(self.iter().chain([method]))
    }

    /// These and those.
    #[must_use]
    pub fn union(&self, others: &Self) -> Self {
        Self::of(self.iter().chain(others.iter()))
    }

    /// Whether this was shown.
    #[must_use]
    pub fn has(&self, method: Method) -> bool {
        self.shown.contains(&method)
    }

    /// Each, in a fixed order: the `amr` claim.
    pub fn iter(&self) -> impl Iterator<Item = Method> {
        self.shown.iter().copied()
    }

    /// As kept in a column.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// How much that is; nothing at all is no level.
    #[must_use]
    pub fn acr(&self) -> Option<Acr> {
        let key = self.has(Method::HardwareKey) || self.has(Method::SoftwareKey);
        match self.has(Method::SeveralFactors) {
            true if key => Some(Acr::PhishingResistant),
            true => Some(Acr::TwoFactors),
            false => (!self.shown.is_empty()).then_some(Acr::OneFactor),
        }
    }
}

/// Something known and something owned; or a key whose device verified its person, which is both.
fn is_several_factors(shown: &BTreeSet<Method>) -> bool {
    use Method::{
        HardwareKey, OneTimeCode, OtherChannel, Password, Pin, Sms, SoftwareKey, UserVerified,
    };
    let any = |of: &[Method]| of.iter().any(|method| shown.contains(method));
    let owned = any(&[OneTimeCode, Sms, HardwareKey, SoftwareKey, OtherChannel]);
    let verified_key = any(&[HardwareKey, SoftwareKey]) && any(&[UserVerified]);
    verified_key || owned && any(&[Password, Pin])
}

impl FromStr for Methods {
    type Err = OAuthError;

    fn from_str(text: &str) -> Result<Self, OAuthError> {
        let words = text.split(' ').filter(|word| !word.is_empty());
        words.map(str::parse).collect::<Result<Vec<Method>, _>>().map(Self::of)
    }
}

impl fmt::Display for Methods {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.text)
    }
}

impl Serialize for Methods {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.text)
    }
}

from_text!(Methods);
crate::text_column!(Methods);

/// A sign-in as the protocol sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthContext {
    /// When the person last proved who they are.
    pub auth_time: Moment,
    /// What they showed.
    pub methods: Methods,
}

impl AuthContext {
    /// Whether it is young enough for `max_age` (OpenID Connect Core §3.1.2.1), at most that old in
    /// whole seconds, as `auth_time` tells it.
    #[must_use]
    pub fn is_fresh(&self, max_age: Duration, now: Moment) -> bool {
        let age = now.seconds().saturating_sub(self.auth_time.seconds());
        u64::try_from(age).unwrap_or(0) <= max_age.as_secs()
    }
}

/// The `acr_values` parameter: the levels a client hopes for, the best first (OpenID Connect Core
/// §3.1.2.1). Names we do not know are passed over: the wish is voluntary.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AcrValues(Vec<Acr>);

impl AcrValues {
    /// Reads the parameter.
    #[must_use]
    pub fn read(text: &str) -> Self {
        Self::among(text.split(' '))
    }

    /// Reads a list, as in `default_acr_values` and in the `claims` parameter.
    #[must_use]
    pub fn among<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        let mut known: Vec<Acr> = Vec::new();
        for acr in names.into_iter().filter_map(|name| name.parse().ok()) {
            if !known.contains(&acr) {
                known.push(acr);
            }
        }
        Self(known)
    }

    /// The level to aim for: the one the client would like best.
    #[must_use]
    pub fn best(&self) -> Option<Acr> {
        self.0.first().copied()
    }

    /// The level that is enough for one of them and asks the least of the person.
    #[must_use]
    pub fn least(&self) -> Option<Acr> {
        self.0.iter().copied().min()
    }

    /// Whether `reached` is enough for one of them, or nothing that we know was asked for.
    #[must_use]
    pub fn are_met_by(&self, reached: Acr) -> bool {
        self.0.is_empty() || self.0.iter().any(|wanted| reached.satisfies(*wanted))
    }

    /// What to say in `acr`: the first wish that is met, so that the client finds its own word;
    /// without one, what was reached.
    #[must_use]
    pub fn told(&self, reached: Acr) -> Acr {
        self.0.iter().copied().find(|wanted| reached.satisfies(*wanted)).unwrap_or(reached)
    }
}

#[cfg(test)]
mod tests;
