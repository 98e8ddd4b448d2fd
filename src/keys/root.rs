//! The root secret: the only secret outside the database. Everything else is derived from it or
//! sealed by what is derived.

use std::{
    collections::HashSet,
    fmt,
    fs::{self, DirBuilder, File, OpenOptions},
    io::{self, Read as _, Write as _},
    os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, PermissionsExt as _},
    path::{Path, PathBuf},
};

use base64::{
    Engine as _,
    prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD},
};
use zeroize::Zeroizing;

use crate::crypto::{
    random,
    seal::Sealer,
    secret::{DigestKey, Secret},
};

const FILE: &str = "root.key";
const LENGTH: usize = 32;

/// Thirty-two bytes that nobody else has. Whoever has them and the database has everything.
#[derive(Clone)]
pub struct RootSecret(Zeroizing<[u8; LENGTH]>);

impl RootSecret {
    /// Takes the secret from the configuration, if it is there, or from `root.key` in this directory,
    /// which is made on the first start.
    pub fn load(directory: &Path, configured: Option<&Secret>) -> Result<Self, RootError> {
        if let Some(known) = Self::find(directory, configured)? {
            return Ok(known);
        }
        let path = directory.join(FILE);
        make(directory, &path)?;
        read(&path)
    }

    /// As [`RootSecret::load`], but makes nothing: `None` before the first start.
    pub fn find(directory: &Path, configured: Option<&Secret>) -> Result<Option<Self>, RootError> {
        if let Some(text) = configured {
            return Self::parse(text).map(Some);
        }
        match read(&directory.join(FILE)) {
            Err(RootError::Io(_, _, error)) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            result => result.map(Some),
        }
    }

    /// Reads 64 hexadecimal digits or 43 base64url characters.
    fn parse(text: &Secret) -> Result<Self, RootError> {
        let text = text.expose().trim();
        let bytes = Zeroizing::new(
            match text.len() {
                64 => hexadecimal(text),
                43 => BASE64_URL_SAFE_NO_PAD.decode(text).ok(),
                44 => BASE64_STANDARD.decode(text).ok(),
                _ => None,
            }
            .unwrap_or_default(),
        );
        let bytes: [u8; LENGTH] = bytes.as_slice().try_into().map_err(|_| RootError::NotASecret)?;
        // Thirty-two random bytes with fewer than twelve different ones: not in a universe's time.
        if bytes.iter().collect::<HashSet<_>>().len() < 12 {
            return Err(RootError::TooPlain);
        }
        Ok(Self(Zeroizing::new(bytes)))
    }

    /// What seals values for one purpose.
    #[must_use]
    pub fn sealer(&self, purpose: &'static str) -> Sealer {
        Sealer::derive(&self.0, purpose)
    }

    /// What digests guessable values for one purpose.
    #[must_use]
    pub fn digest_key(&self, purpose: &str) -> DigestKey {
        DigestKey::derive(&self.0, purpose)
    }
}

impl fmt::Debug for RootSecret {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("RootSecret(…)")
    }
}

/// Why there is no root secret. Nothing starts without one.
#[derive(Debug)]
pub enum RootError {
    /// What was being done, where, and what went wrong.
    Io(&'static str, PathBuf, io::Error),
    /// The file's mode lets others read it.
    ReadableByOthers(PathBuf, u32),
    /// The file does not hold thirty-two bytes.
    WrongLength(PathBuf),
    /// The configured text is not thirty-two bytes in one of the forms we read.
    NotASecret,
    /// The configured text was not made by chance.
    TooPlain,
}

impl fmt::Display for RootError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(doing, path, error) => write!(out, "{doing} {}: {error}", path.display()),
            Self::ReadableByOthers(path, mode) => {
                let path = path.display();
                write!(out, "{path} can be read by others (mode {mode:04o}); run `chmod 600 {path}`")
            }
            Self::WrongLength(path) => {
                let path = path.display();
                write!(out, "{path} does not hold the {LENGTH} bytes of a root secret; restore it")
            }
            Self::NotASecret => out.write_str(
                "the configured root secret must be 64 hexadecimal digits or 43 base64url characters; \
                 `openssl rand -hex 32` makes one",
            ),
            Self::TooPlain => out.write_str(
                "the configured root secret was not made by chance; `openssl rand -hex 32` makes one",
            ),
        }
    }
}

impl std::error::Error for RootError {}

fn failed<'a>(doing: &'static str, path: &'a Path) -> impl FnOnce(io::Error) -> RootError + 'a {
    move |error| RootError::Io(doing, path.to_owned(), error)
}

fn read(path: &Path) -> Result<RootSecret, RootError> {
    let file = File::open(path).map_err(failed("opening", path))?;
    let mode = file.metadata().map_err(failed("looking at", path))?.permissions().mode() & 0o7777;
    if mode & 0o077 != 0 {
        return Err(RootError::ReadableByOthers(path.to_owned(), mode));
    }
    let mut bytes = Zeroizing::new(Vec::with_capacity(2 * LENGTH));
    // One byte more than it should have, to see whether it has more.
    file.take(LENGTH as u64 + 1).read_to_end(&mut bytes).map_err(failed("reading", path))?;
    let root = bytes[..].try_into().map_err(|_| RootError::WrongLength(path.to_owned()))?;
    Ok(RootSecret(Zeroizing::new(root)))
}

/// Writes a new secret beside its place, then links it there: it is never half there, and of two
/// servers that start at once the second finds what the first has made.
fn make(directory: &Path, path: &Path) -> Result<(), RootError> {
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(directory)
        .map_err(failed("creating", directory))?;
    let draft = directory.join(format!(".{FILE}.{}", random::digits(12)));
    let placed = write(&draft).and_then(|()| match fs::hard_link(&draft, path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        result => result,
    });
    // The draft has done its work, or has failed and must not stay.
    let tidied = fs::remove_file(&draft);
    placed.and(tidied).map_err(failed("writing", path))?;
    File::open(directory)
        .and_then(|directory| directory.sync_all())
        .map_err(failed("writing", path))
}

fn write(draft: &Path) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(draft)?;
    file.write_all(&*Zeroizing::new(random::bytes::<LENGTH>()))?;
    file.sync_all()
}

fn hexadecimal(text: &str) -> Option<Vec<u8>> {
    let pairs = text.as_bytes().chunks(2);
    pairs
        .map(|pair| {
            let digit = |byte: u8| char::from(byte).to_digit(16);
            u8::try_from(digit(pair[0])? << 4 | digit(pair[1])?).ok()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::{collections::HashSet, fs::Permissions, thread};

    use tempfile::tempdir;

    use super::*;

    fn parse(text: &str) -> Result<RootSecret, RootError> {
        RootSecret::load(Path::new("/nowhere"), Some(&Secret::new(text.to_owned())))
    }

    #[test]
    fn the_first_start_makes_a_secret_and_the_second_finds_it() {
        let directory = tempdir().unwrap();
        let keys = directory.path().join("made/on/the/way");
        assert!(RootSecret::find(&keys, None).unwrap().is_none());
        assert!(!keys.exists());
        let first = RootSecret::load(&keys, None).unwrap();
        let second = RootSecret::load(&keys, None).unwrap();
        assert_eq!(*first.0, *second.0);
        let file = keys.join(FILE);
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::metadata(&keys).unwrap().permissions().mode() & 0o777, 0o700);
        assert_eq!(fs::read_dir(&keys).unwrap().count(), 1, "no draft is left");
    }

    #[test]
    fn many_first_starts_at_once_agree() {
        let directory = tempdir().unwrap();
        let secrets: HashSet<_> = thread::scope(|scope| {
            let start = || *RootSecret::load(directory.path(), None).unwrap().0;
            let starts: Vec<_> = (0..16).map(|_| scope.spawn(start)).collect();
            starts.into_iter().map(|start| start.join().unwrap()).collect()
        });
        assert_eq!(secrets.len(), 1);
        assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 1, "no draft is left");
    }

    #[test]
    fn a_file_that_others_can_read_is_refused() {
        let directory = tempdir().unwrap();
        RootSecret::load(directory.path(), None).unwrap();
        let file = directory.path().join(FILE);
        for mode in [0o640, 0o604, 0o660] {
            fs::set_permissions(&file, Permissions::from_mode(mode)).unwrap();
            let error = RootSecret::load(directory.path(), None).unwrap_err().to_string();
            assert!(
                error.contains("can be read by others") && error.contains("chmod 600"),
                "{error}"
            );
        }
        fs::set_permissions(&file, Permissions::from_mode(0o400)).unwrap();
        assert!(RootSecret::load(directory.path(), None).is_ok());
    }

    #[test]
    fn a_file_of_another_length_is_refused_and_left_alone() {
        let directory = tempdir().unwrap();
        RootSecret::load(directory.path(), None).unwrap();
        let file = directory.path().join(FILE);
        for length in [0, 31, 33] {
            fs::write(&file, vec![7; length]).unwrap();
            let error = RootSecret::load(directory.path(), None).unwrap_err();
            assert!(matches!(error, RootError::WrongLength(_)));
            assert_eq!(fs::read(&file).unwrap().len(), length);
        }
    }

    #[test]
    fn a_place_that_cannot_be_written_is_named() {
        let error = RootSecret::load(Path::new("/proc/countersign"), None).unwrap_err().to_string();
        assert!(error.contains("/proc/countersign"), "{error}");
    }

    #[test]
    fn the_configured_secret_has_three_spellings() {
        let bytes: [u8; 32] = std::array::from_fn(|at| u8::try_from(at).unwrap() * 7);
        let hex = bytes.iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"));
        let url = BASE64_URL_SAFE_NO_PAD.encode(bytes);
        let standard = BASE64_STANDARD.encode(bytes);
        for text in [&hex, &hex.to_uppercase(), &url, &standard, &format!(" {hex}\n")] {
            assert_eq!(*parse(text).unwrap().0, bytes);
        }
    }

    #[test]
    fn what_is_no_secret_is_refused_without_being_shown() {
        for text in ["", "changeme", &"g".repeat(64), &"*".repeat(43), &"é".repeat(32)] {
            let error = parse(text).unwrap_err();
            assert!(matches!(error, RootError::NotASecret), "{error}");
        }
        for text in ["0".repeat(64), "0123456789abcdef".repeat(4)] {
            let error = parse(&text).unwrap_err();
            assert!(matches!(error, RootError::TooPlain));
            assert!(!error.to_string().contains(&text));
        }
    }

    #[test]
    fn every_purpose_has_its_own_keys() {
        let directory = tempdir().unwrap();
        let root = RootSecret::load(directory.path(), None).unwrap();
        let sealed = root.sealer("access-token").seal(&1);
        assert_eq!(root.sealer("access-token").open(&sealed), Some(1));
        assert_eq!(root.sealer("refresh-token").open::<i32>(&sealed), None);
        assert_ne!(
            root.digest_key("csrf").digest(&[b"a"]),
            root.digest_key("code").digest(&[b"a"])
        );
        assert_eq!(format!("{root:?}"), "RootSecret(…)");
    }
}
