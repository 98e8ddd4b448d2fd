//! How other systems write their hashes, read into the one way we keep each.

use base64::{Engine as _, prelude::BASE64_STANDARD};

use super::foreign::{Digest, Foreign};

/// Reads a hash that another system made, as we keep it. Understood are bcrypt; Argon2, scrypt and
/// PBKDF2 as PHC strings; PBKDF2 as Passlib writes it; scrypt and PBKDF2 as Django and Werkzeug do.
/// Nothing if it is none of these, or costs more than we spend on one password.
#[must_use]
pub fn read_foreign(text: &str) -> Option<String> {
    let text = text.trim();
    if super::is_argon2(text) {
        return Some(text.to_owned());
    }
    let read = Foreign::read(text).or_else(|| passlib(text));
    let read = read.or_else(|| django(text)).or_else(|| werkzeug(text))?;
    // Read again, so that nothing is kept that we would not compare with.
    Foreign::read(&read.phc()).map(|read| read.phc())
}

/// `$pbkdf2-sha256$29000$salt$output`, with `.` for `+`.
fn passlib(text: &str) -> Option<Foreign> {
    let [name, rounds, salt, output] = text.strip_prefix('$')?.split('$').collect::<Vec<_>>()[..]
    else {
        return None;
    };
    let digest = match name {
        "pbkdf2" => Digest::Sha1,
        "pbkdf2-sha256" => Digest::Sha256,
        "pbkdf2-sha512" => Digest::Sha512,
        _ => return None,
    };
    let bytes = |text: &str| base64(&text.replace('.', "+"));
    Some(Foreign::Pbkdf2 {
        digest,
        rounds: rounds.parse().ok()?,
        salt: bytes(salt)?,
        output: bytes(output)?,
    })
}

/// `pbkdf2_sha256$rounds$salt$output` and `scrypt$N$salt$r$p$output`; the salt is text.
fn django(text: &str) -> Option<Foreign> {
    match text.split('$').collect::<Vec<_>>()[..] {
        [name @ ("pbkdf2_sha256" | "pbkdf2_sha1"), rounds, salt, output] => Some(Foreign::Pbkdf2 {
            digest: if name == "pbkdf2_sha1" { Digest::Sha1 } else { Digest::Sha256 },
            rounds: rounds.parse().ok()?,
            salt: salt.into(),
            output: base64(output)?,
        }),
        ["scrypt", n, salt, r, p, output] => Some(Foreign::Scrypt {
            cost: (logarithm(n)?, r.parse().ok()?, p.parse().ok()?),
            salt: salt.into(),
            output: base64(output)?,
        }),
        ["bcrypt", "", version, cost, rest] => Foreign::read(&format!("${version}${cost}${rest}")),
        _ => None,
    }
}

/// `pbkdf2:sha256:rounds$salt$hex` and `scrypt:N:r:p$salt$hex`; the salt is text.
fn werkzeug(text: &str) -> Option<Foreign> {
    let [method, salt, output] = text.split('$').collect::<Vec<_>>()[..] else { return None };
    let (salt, output) = (salt.into(), hex(output)?);
    match method.split(':').collect::<Vec<_>>()[..] {
        ["pbkdf2", digest, rounds] => Some(Foreign::Pbkdf2 {
            digest: match digest {
                "sha1" => Digest::Sha1,
                "sha256" => Digest::Sha256,
                "sha512" => Digest::Sha512,
                _ => return None,
            },
            rounds: rounds.parse().ok()?,
            salt,
            output,
        }),
        ["scrypt", n, r, p] => Some(Foreign::Scrypt {
            cost: (logarithm(n)?, r.parse().ok()?, p.parse().ok()?),
            salt,
            output,
        }),
        _ => None,
    }
}

/// The binary logarithm of N, which is a power of two.
fn logarithm(n: &str) -> Option<u8> {
    let n: u64 = n.parse().ok()?;
    n.is_power_of_two().then(|| u8::try_from(n.trailing_zeros()).ok())?
}

fn base64(text: &str) -> Option<Vec<u8>> {
    let padding = "=".repeat((4 - text.trim_end_matches('=').len() % 4) % 4);
    BASE64_STANDARD.decode(format!("{}{padding}", text.trim_end_matches('='))).ok()
}

fn hex(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes().chunks(2);
    digits.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::password::{Cost, Verdict, verify};

    const PASSWORD: &str = "correct horse";

    /// Hashes of it, and the systems that made them.
    const MADE_ELSEWHERE: [(&str, &str); 9] = [
        ("bcrypt", "$2b$04$pEHlYQWqh5vU.U22jAVMpuThHz/WVQBjo78TaGsA9Z7SefygL/xaO"),
        ("PHP", "$2y$04$YvOAcXfz0DKKAsZie5vKj.HyI9ytZKrFqdz2V5lCF9JPEu5j7VCA2"),
        (
            "Passlib",
            "$pbkdf2-sha256$1000$1NobwzhHiHFO6d279x5DKA$7oE9mS3DzmbQ6pg1vPXe6aSiJrFGZgvn6rDjI\
             Q8BhB0",
        ),
        (
            "Passlib",
            "$scrypt$ln=4,r=8,p=1$cS6F0FrL+f/fm3OOUcqZUw$ZqY2K9FnSYZd8M2wHpvqGUYoMvq3UIhrVIvG\
             DUbCxaA",
        ),
        ("Django", "pbkdf2_sha256$1000$seasalt$mQnueSakb748zqBAC1tmWVZsZbi2zPGZarEzTGdfmso="),
        (
            "Django",
            "scrypt$16$seasalt$8$5$VBIK7Th4LcTBl6yHoTk2/LZfB/CjEGs0i+R5znssQ0seo4hWtstM1gN4Bl\
             y0e7O0ILSX9F1oQYX+frYPtQvNOg==",
        ),
        (
            "Werkzeug",
            "pbkdf2:sha256:1000$fNajGeHpj8Jol1co$8ecac5ae4bd1e20cd2b9a49e23f30128c94f32bbe88c\
             305d3a02b2524e95dd0d",
        ),
        (
            "Werkzeug",
            "scrypt:1024:8:1$K804glx5uIfQTtLY$baac3bab639fb066eb14952d306687b5eedb738966ece3d\
             9a2ccdd3ebb7b3479bcd49ee568cd2ff2388c85e96cdfedd9d547cd13998fd7ea0017d4dae7f4316\
             9",
        ),
        (
            "argon2-cffi",
            "$argon2id$v=19$m=16,t=1,p=1$aM8m2ms9b/pDteK/+cxEGw$9wCqibJX0gosf5+KBskblzMop950y\
             iIJpXVhDWgEbo4",
        ),
    ];

    #[test]
    fn hashes_of_other_systems_are_read_and_compared_with() {
        let cost = Cost::new(8, 1, 1).unwrap();
        for (system, hash) in MADE_ELSEWHERE {
            let kept = read_foreign(hash).unwrap_or_else(|| panic!("{system}: {hash}"));
            assert_eq!(verify(PASSWORD, &kept, &cost), Verdict::RightButOld, "{system}: {kept}");
            assert_eq!(verify("wrong", &kept, &cost), Verdict::Wrong, "{system}");
            assert_eq!(verify("", &kept, &cost), Verdict::Wrong, "{system}");
            assert_eq!(read_foreign(&kept).as_deref(), Some(&*kept), "{system}");
        }
    }

    #[test]
    fn what_is_no_hash_or_too_dear_is_not_read() {
        for text in [
            "",
            "password",
            "5f4dcc3b5aa765d61d8327deb882cf99",
            "$1$salt$qJH7.N4xYta3aEG/dfqo/0",
            "$2b$12$tooshort",
            "$2b$31$abcdefghijklmnopqrstuuABCDEFGHIJKLMNOPQRSTUVWXYZ01234",
            "$scrypt$ln=30,r=8,p=1$c2FsdHNhbHQ$MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE",
            "$scrypt$ln=64,r=8,p=1$c2FsdHNhbHQ$MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE",
            "scrypt:32767:8:1$salt$00112233445566778899aabbccddeeff",
            "$pbkdf2-sha256$i=99999999$c2FsdHNhbHQ$MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE",
            "$pbkdf2-sha256$i=1000$c2FsdHNhbHQ$YQ",
            "pbkdf2_md5$1000$salt$MDEyMzQ1Njc4OTAxMjM0NQ==",
            "pbkdf2:sha256:1000$salt$zz112233445566778899aabbccddeeff",
            "$argon2id$v=19$m=65536",
        ] {
            assert_eq!(read_foreign(text), None, "{text}");
        }
    }
}
