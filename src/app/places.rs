//! Which place an address belongs to, as far as a file of the operator's tells.

use std::{collections::BTreeMap, fmt, net::IpAddr, path::Path};

use maxminddb::Reader;
use serde::Deserialize;

/// A database of places in the format `.mmdb`, if the operator gave us one.
pub struct Places(Option<Reader<Vec<u8>>>);

/// What we read of a network: the members that every such database has under these names.
#[derive(Deserialize)]
struct Found {
    city: Option<Named>,
    country: Option<Named>,
}

#[derive(Deserialize)]
struct Named {
    names: Option<BTreeMap<String, String>>,
    iso_code: Option<String>,
}

impl Places {
    /// Opens the file, if there is one.
    ///
    /// # Errors
    /// What is wrong with it, in a sentence for the operator.
    pub fn open(file: Option<&Path>) -> Result<Self, String> {
        let reader = file.map(|file| {
            Reader::open_readfile(file).map_err(|error| {
                format!("sign_in.places_database: reading {}: {error}", file.display())
            })
        });
        Ok(Self(reader.transpose()?))
    }

    /// "Lyon, France", in this language where the file has it; nothing if it is not known.
    #[must_use]
    pub fn find(&self, address: &str, language: &str) -> Option<String> {
        let address: IpAddr = address.parse().ok()?;
        let found = self.0.as_ref()?.lookup(address).ok()?.decode::<Found>().ok()??;
        let parts = [found.city, found.country].into_iter().flatten();
        let parts: Vec<_> = parts.filter_map(|named| named.said_in(language)).collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    }

    /// The country of an address, as its two letters (ISO 3166-1); nothing if it is not known.
    #[must_use]
    pub fn country(&self, address: &str) -> Option<String> {
        let address: IpAddr = address.parse().ok()?;
        let found = self.0.as_ref()?.lookup(address).ok()?.decode::<Found>().ok()??;
        found.country?.iso_code
    }
}

impl Named {
    fn said_in(self, language: &str) -> Option<String> {
        let mut names = self.names.unwrap_or_default();
        names.remove(language).or_else(|| names.remove("en")).or(self.iso_code)
    }
}

impl fmt::Debug for Places {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = self.0.as_ref().map(|reader| &reader.metadata().database_type);
        out.debug_tuple("Places").field(&kind).finish()
    }
}
