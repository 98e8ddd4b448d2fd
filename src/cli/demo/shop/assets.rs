//! The shop's own files, part of the program.

use actix_web::{HttpResponse, http::header, web};

/// Name, type, content.
const FILES: &[(&str, &str, &str)] = &[
    ("shop.css", "text/css; charset=utf-8", include_str!("../../../../templates/demo/shop.css")),
    ("mark.svg", "image/svg+xml", include_str!("../../../../templates/demo/mark.svg")),
];

/// One of them.
pub async fn show(name: web::Path<String>) -> HttpResponse {
    let Some((_, kind, content)) = FILES.iter().find(|file| file.0 == *name) else {
        return HttpResponse::NotFound().finish();
    };
    HttpResponse::Ok()
        .content_type(*kind)
        .insert_header((header::CACHE_CONTROL, "public, max-age=300"))
        .body(*content)
}
