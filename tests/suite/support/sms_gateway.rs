//! An SMS gateway, an operator's or a provider's: it keeps what is posted to it, and answers what it is
//! told to.

use std::{
    collections::VecDeque,
    net::TcpListener,
    sync::{Arc, Mutex},
};

use actix_web::{
    App, HttpRequest, HttpResponse, HttpServer,
    dev::ServerHandle,
    http::StatusCode,
    web::{self, Bytes, Data},
};
use serde_json::Value;

/// A post as it came.
#[derive(Clone, Debug)]
pub struct Post {
    pub timestamp: Option<String>,
    pub signature: Option<String>,
    pub authorization: Option<String>,
    pub body: Vec<u8>,
}

impl Post {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect("JSON")
    }

    /// A field of a form.
    pub fn field(&self, name: &str) -> Option<String> {
        let mut fields = url::form_urlencoded::parse(&self.body);
        fields.find(|(known, _)| known == name).map(|(_, value)| value.into_owned())
    }
}

/// The gateway; it is gone when dropped.
pub struct SmsGateway {
    pub url: String,
    state: Data<State>,
    server: ServerHandle,
}

#[derive(Default)]
struct State {
    posts: Arc<Mutex<Vec<Post>>>,
    answers: Mutex<VecDeque<(u16, Value)>>,
    usually: Mutex<Value>,
}

impl SmsGateway {
    pub fn start() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
        let url = format!("http://localhost:{}/sms", listener.local_addr().unwrap().port());
        let state = Data::new(State::default());
        let shared = state.clone();
        let gateway =
            move || App::new().app_data(shared.clone()).route("/sms", web::post().to(take));
        let server = HttpServer::new(gateway).workers(1).disable_signals();
        let server = server.listen(listener).expect("a server that binds").run();
        let handle = server.handle();
        actix_web::rt::spawn(server);
        Self { url, state, server: handle }
    }

    /// Answers the next post with this status; without any, 200.
    pub fn answer(&self, status: u16) {
        self.answer_with(status, Value::Null);
    }

    /// Answers the next post with this status and JSON.
    pub fn answer_with(&self, status: u16, body: Value) {
        self.state.answers.lock().unwrap().push_back((status, body));
    }

    /// Answers every post with 200 and this JSON, unless told otherwise.
    pub fn usually(&self, body: Value) {
        *self.state.usually.lock().unwrap() = body;
    }

    pub fn posts(&self) -> Vec<Post> {
        self.state.posts.lock().unwrap().clone()
    }
}

impl Drop for SmsGateway {
    fn drop(&mut self) {
        drop(self.server.stop(false));
    }
}

async fn take(state: Data<State>, http: HttpRequest, body: Bytes) -> HttpResponse {
    let header = |name| http.headers().get(name)?.to_str().ok().map(str::to_owned);
    state.posts.lock().unwrap().push(Post {
        timestamp: header("Countersign-Timestamp"),
        signature: header("Countersign-Signature"),
        authorization: header("Authorization"),
        body: body.to_vec(),
    });
    let told = state.answers.lock().unwrap().pop_front();
    let (status, body) = told.unwrap_or_else(|| (200, state.usually.lock().unwrap().clone()));
    HttpResponse::build(StatusCode::from_u16(status).expect("a status")).json(body)
}
