//! Lets signing keys grow old: next, active, retired, gone. Also how an instance learns what another
//! one, or an operator, did to them.

use std::time::Duration;

use super::Job;
use crate::{app::App, store::Error};

/// Rotates the signing keys.
pub struct RotateKeys;

impl Job for RotateKeys {
    const NAME: &'static str = "rotate_keys";
    const EVERY: Duration = Duration::from_mins(1);
    // Each instance has the keys in its memory. Who changes the store is settled there.
    const LEASED: bool = false;

    async fn run(&self, app: &App) -> Result<Option<String>, Error> {
        let changes = app.keys.rotate(&app.store, app.clock.now()).await?;
        let told: Vec<_> = changes.iter().map(ToString::to_string).collect();
        Ok((!told.is_empty()).then(|| format!("Rotated the signing keys: {}", told.join("; "))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        clock::{Clock, Moment},
        config::{Config, DatabaseUrl},
        crypto::jose::Algorithm,
    };

    const DAY: Duration = Duration::from_hours(24);

    async fn started(folder: &std::path::Path, now: Moment) -> App {
        let mut config = Config::default();
        config.keys.directory = folder.join("keys");
        config.database.url = DatabaseUrl::Sqlite(folder.join("countersign.db"));
        App::start(config, Clock::fixed(now)).await.unwrap()
    }

    fn active(app: &App) -> String {
        app.keys.active(Algorithm::Es256).unwrap().kid().to_owned()
    }

    #[actix_web::test]
    async fn keys_take_turns_and_every_instance_learns_of_it() {
        let folder = tempfile::tempdir().unwrap();
        let now = Moment::from_seconds(1_800_000_000);
        let (one, other) = (started(folder.path(), now).await, started(folder.path(), now).await);
        let first = active(&one);
        assert_eq!(RotateKeys.run(&one).await.unwrap(), None);

        one.clock.advance(DAY * 89);
        let told = RotateKeys.run(&one).await.unwrap().unwrap();
        assert_eq!(told.matches("will sign next").count(), Algorithm::OURS.len(), "{told}");
        one.clock.advance(DAY);
        let told = RotateKeys.run(&one).await.unwrap().unwrap();
        assert!(told.contains(&format!("{first} signs no longer")), "{told}");

        assert_eq!(active(&other), first);
        other.clock.advance(DAY * 90);
        assert_eq!(RotateKeys.run(&other).await.unwrap(), None);
        assert_eq!(active(&other), active(&one));
        assert_ne!(active(&other), first);
    }
}
