//! Metadata that was accepted can be kept, read again and accepted again.
#![no_main]

use countersign::{
    crypto::jose::Algorithm,
    protocol::client_metadata::{
        ClientMetadata, Loopback, Offer, Pkce, ProposedMetadata, Rules, SubjectType,
    },
};
use libfuzzer_sys::fuzz_target;

const RULES: Rules = Rules {
    loopback: Loopback::Allowed,
    offer: Offer::Certification,
    default_subject_type: SubjectType::Pairwise,
    default_id_token_alg: Algorithm::Rs256,
    pkce: Pkce::Waivable,
};

fuzz_target!(|body: &[u8]| {
    let Ok(said) = ProposedMetadata::parse(body) else { return };
    let Ok(client) = said.check(RULES) else { return };
    let json = serde_json::to_vec(&client).expect("metadata is JSON");
    let kept: ClientMetadata = serde_json::from_slice(&json).expect("what was kept can be read");
    assert_eq!(kept, client);
    assert_eq!(client.as_proposal().check(RULES).as_ref(), Ok(&client));
});
