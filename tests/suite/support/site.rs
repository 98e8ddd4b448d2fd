//! Somebody's web site on this machine, with one document.

use std::{
    net::TcpListener,
    sync::{Arc, Mutex},
};

use actix_web::{
    App, HttpResponse, HttpServer,
    http::StatusCode,
    web::{self, Data},
};

/// The site; it stays as long as the test.
pub struct Site {
    /// Where the document is.
    pub address: String,
    text: Arc<Mutex<String>>,
}

#[derive(Clone)]
struct Shown {
    status: StatusCode,
    kind: &'static str,
    text: Arc<Mutex<String>>,
}

impl Site {
    /// A site whose document is of this kind.
    pub fn of(status: StatusCode, kind: &'static str) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
        let port = listener.local_addr().unwrap().port();
        let text = Arc::default();
        let shown = Shown { status, kind, text: Arc::clone(&text) };
        let site =
            move || App::new().app_data(Data::new(shown.clone())).default_service(web::to(show));
        let server = HttpServer::new(site).workers(1).disable_signals();
        actix_web::rt::spawn(server.listen(listener).expect("a server that binds").run());
        Self { address: format!("http://localhost:{port}/document"), text }
    }

    /// Lets it show this from now on.
    pub fn publish(&self, text: &str) {
        text.clone_into(&mut self.text.lock().unwrap());
    }
}

/// Where this can be read.
pub fn published(kind: &'static str, text: &str) -> String {
    let site = Site::of(StatusCode::OK, kind);
    site.publish(text);
    site.address
}

async fn show(shown: Data<Shown>) -> HttpResponse {
    let text = shown.text.lock().unwrap().clone();
    HttpResponse::build(shown.status).content_type(shown.kind).body(text)
}
