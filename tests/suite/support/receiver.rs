//! A client's own server, as far as others call it: it keeps what it is sent, and answers as it is told.

use std::{
    collections::VecDeque,
    net::TcpListener,
    sync::{Arc, Mutex},
    time::Duration,
};

use actix_web::{
    App, HttpRequest, HttpResponse, HttpServer,
    dev::ServerHandle,
    http::StatusCode,
    rt::time::timeout,
    web::{self, Bytes, Data},
};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use url::form_urlencoded;

/// Long enough for the slowest machine; nothing waits as long that works.
const PATIENCE: Duration = Duration::from_secs(30);

/// Something that was sent.
#[derive(Debug)]
pub struct Received {
    pub kind: String,
    pub fields: Vec<(String, String)>,
}

impl Received {
    pub fn get(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str())
    }
}

/// The server; it is gone when dropped.
pub struct Receiver {
    /// Where it is.
    pub address: String,
    arrived: UnboundedReceiver<Received>,
    server: ServerHandle,
}

struct Desk {
    answers: Arc<Mutex<VecDeque<u16>>>,
    arrived: UnboundedSender<Received>,
}

impl Receiver {
    /// A server that gives these answers, one after the other, and then 200 for ever.
    pub fn answering(statuses: &[u16]) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
        let address = format!("http://localhost:{}/told", listener.local_addr().unwrap().port());
        let (sender, arrived) = unbounded_channel();
        let answers = Arc::new(Mutex::new(statuses.iter().copied().collect()));
        let desk = Data::new(Desk { answers, arrived: sender });
        let site = move || App::new().app_data(desk.clone()).route("/told", web::post().to(take));
        let server = HttpServer::new(site).workers(1).disable_signals();
        let server = server.listen(listener).expect("a server that binds").run();
        let handle = server.handle();
        actix_web::rt::spawn(server);
        Self { address, arrived, server: handle }
    }

    /// What arrives next.
    pub async fn next(&mut self) -> Received {
        let next = timeout(PATIENCE, self.arrived.recv()).await;
        next.expect("something that arrives").expect("a server that runs")
    }

    /// Whether nothing more has arrived.
    pub fn is_idle(&mut self) -> bool {
        self.arrived.try_recv().is_err()
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        drop(self.server.stop(false));
    }
}

async fn take(desk: Data<Desk>, http: HttpRequest, body: Bytes) -> HttpResponse {
    let kind = http.headers().get("content-type").and_then(|kind| kind.to_str().ok());
    let kind = kind.unwrap_or_default().to_owned();
    let fields = form_urlencoded::parse(&body).into_owned().collect();
    let status = desk.answers.lock().unwrap().pop_front().unwrap_or(200);
    desk.arrived.send(Received { kind, fields }).expect("a test that listens");
    HttpResponse::build(StatusCode::from_u16(status).expect("a status")).finish()
}
