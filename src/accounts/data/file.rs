//! The file of a copy: a ZIP, kept in sealed pieces so that no write is long.

use std::io::{Cursor, Write as _};

use zip::{ZipWriter, result::ZipResult, write::SimpleFileOptions};

use crate::{
    app::App,
    store::{
        self,
        exports::{self, Export, ExportId},
    },
};

/// As large is a piece.
const PIECE: usize = 64 * 1024;

/// What a piece begins with: whose it is, and which.
const HEAD: usize = 24;

/// Puts these files, each a name and its text, into a ZIP.
///
/// # Errors
/// If it grows beyond what a ZIP can hold.
pub(super) fn zip(files: &[(&str, String)]) -> ZipResult<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        zip.start_file(*name, SimpleFileOptions::default())?;
        zip.write_all(text.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}

/// Keeps the file of a copy, one piece after the other.
///
/// # Errors
/// If the store cannot answer.
pub(super) async fn keep(app: &App, id: ExportId, file: &[u8]) -> Result<(), store::Error> {
    for (position, piece) in (0_i64..).zip(file.chunks(PIECE)) {
        let sealed = app.seals.export.seal_bytes(&[&head(id, position), piece].concat());
        app.store.write(move |db| exports::add_part(db, id, position, &sealed)).await?;
    }
    Ok(())
}

/// Reads it again.
///
/// # Errors
/// If a piece is missing or none of ours, or the store cannot answer.
pub(super) async fn read(app: &App, export: &Export) -> Result<Vec<u8>, store::Error> {
    let (id, size) = (export.id, usize::try_from(export.size).unwrap_or_default());
    let mut file = Vec::with_capacity(size);
    for position in 0_i64.. {
        if file.len() >= size {
            break;
        }
        let sealed = app.store.survey(move |db| exports::find_part(db, id, position)).await?;
        let piece = sealed.and_then(|sealed| app.seals.export.open_bytes(&sealed));
        let piece = piece.as_ref().and_then(|piece| piece.strip_prefix(&head(id, position)[..]));
        let piece = piece.filter(|piece| !piece.is_empty());
        file.extend_from_slice(piece.ok_or_else(|| store::Error::Broken("a lost piece".into()))?);
    }
    Ok(file)
}

fn head(id: ExportId, position: i64) -> [u8; HEAD] {
    let mut head = [0; HEAD];
    head[..16].copy_from_slice(id.as_bytes());
    head[16..].copy_from_slice(&position.to_be_bytes());
    head
}
