//! What a visitor meets: the server as it is reached through `http.public_url`, with everything
//! that stands in between.

use serde_json::Value;
use url::Url;

use super::Finding;
use crate::{
    clock::{Clock, Moment},
    config::Config,
    outbound::{Answer, Call, Error, Outbound},
};

/// Clocks may differ this much between nodes.
const CLOCK_SKEW_SECONDS: u64 = 30;

/// Examines it all, as far as it answers.
pub async fn examine(config: &Config) -> Vec<Finding> {
    let part = "proxy";
    let outbound = match Outbound::new(&config.outbound) {
        Ok(outbound) => outbound,
        Err(problem) => return vec![Finding::bad("outbound", problem)],
    };
    let visit = Visit { config, outbound };
    let answer = match visit.get(Door::Public, "/.well-known/openid-configuration", None).await {
        Err(error) => return vec![visit.silent(&error).await],
        Ok(answer) => answer,
    };
    let mut findings = vec![discovery(config, &answer)];
    findings.extend(clock(&answer));
    findings.push(visit.authorization_header().await);
    findings.push(visit.post().await);
    if config.http.public_url.is_https() && config.http.trusted_proxies.is_empty() {
        findings.push(Finding::doubtful(
            part,
            "http.trusted_proxies is empty, so every visitor seems to come from your proxy: set it to \
             the proxy's address, and let the proxy append to X-Forwarded-For \
             (nginx: proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;)",
        ));
    }
    findings
}

/// Which way in.
#[derive(Clone, Copy)]
enum Door {
    /// As visitors come.
    Public,
    /// Straight to this process.
    Own,
}

struct Visit<'a> {
    config: &'a Config,
    outbound: Outbound,
}

impl Visit<'_> {
    async fn get(
        &self,
        door: Door,
        path: &str,
        authorization: Option<&str>,
    ) -> Result<Answer, Error> {
        let mut call = Call::get(&self.url(door, path)).named_by_operator();
        if let Some(value) = authorization {
            call = call.header("authorization", value);
        }
        self.outbound.send(call).await
    }

    fn url(&self, door: Door, path: &str) -> Url {
        let mut url = self.config.http.public_url.url().clone();
        if matches!(door, Door::Own) {
            let listen = self.config.http.listen;
            // Setting an address and a port of an http URL cannot fail.
            let _ = url.set_scheme("http");
            let _ = url.set_ip_host(if listen.ip().is_unspecified() {
                std::net::Ipv4Addr::LOCALHOST.into()
            } else {
                listen.ip()
            });
            let _ = url.set_port(Some(listen.port()));
        }
        url.set_path(path);
        url
    }

    /// Nobody answered in public: is it the server, or what stands before it?
    async fn silent(&self, error: &Error) -> Finding {
        let (public, listen) = (&self.config.http.public_url, self.config.http.listen);
        if self.get(Door::Own, "/health/live", None).await.is_ok_and(|answer| answer.status == 200)
        {
            return Finding::bad(
                "proxy",
                format!(
                    "the server answers at {listen}, but not at {}: {error}. Look at the name's \
                     address, the certificate, and the line that leads to {listen} \
                     (nginx: proxy_pass http://{listen};)",
                    public.as_str()
                ),
            );
        }
        Finding::bad(
            "server",
            format!(
                "nothing answers at {} ({error}) nor at {listen}: is it running?",
                public.as_str()
            ),
        )
    }

    /// Bearer tokens must arrive (RFC 6750 §3.1): with a wrong one, the server says so.
    async fn authorization_header(&self) -> Finding {
        let answer = self.get(Door::Public, "/oauth/userinfo", Some("Bearer doctor")).await;
        let challenge = answer.as_ref().ok().and_then(|answer| answer.header("www-authenticate"));
        if challenge.is_some_and(|challenge| challenge.contains("invalid_token")) {
            return Finding::good("proxy", "the Authorization header arrives");
        }
        Finding::bad(
            "proxy",
            "the Authorization header does not arrive, so no app can use its tokens: let the proxy \
             pass it on (Apache: CGIPassAuth On; nginx: no proxy_set_header Authorization line)",
        )
    }

    /// Forms must arrive (RFC 6749 §3.2): an empty one is refused in OAuth's words.
    async fn post(&self) -> Finding {
        let call =
            Call::post_form(&self.url(Door::Public, "/oauth/token"), &[]).named_by_operator();
        let answer = self.outbound.send(call).await;
        let said = |answer: &Answer| {
            let body: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
            body["error"].is_string()
        };
        match answer {
            Ok(answer) if said(&answer) => Finding::good("proxy", "forms arrive"),
            Ok(answer) => Finding::bad(
                "proxy",
                format!(
                    "a form sent to /oauth/token was answered with {} by something else than this \
                     server: let the proxy pass POST on, and switch off its filters for /oauth",
                    answer.status
                ),
            ),
            Err(error) => Finding::bad("proxy", format!("a form sent to /oauth/token: {error}")),
        }
    }
}

fn discovery(config: &Config, answer: &Answer) -> Finding {
    let (part, public) = ("proxy", config.http.public_url.as_str());
    let document = match answer.json::<Value>() {
        Ok(document) => document,
        Err(Error::Status(status @ 300..=399)) => {
            let to = answer.header("location").unwrap_or("somewhere else");
            let says =
                format!("{public} redirects ({status}) to {to}: set http.public_url to that");
            return Finding::bad(part, says);
        }
        Err(error) => {
            let says = format!("{public} answers, but not with this server's discovery: {error}");
            return Finding::bad(part, says);
        }
    };
    match document["issuer"].as_str() {
        Some(issuer) if issuer == public => Finding::good(part, format!("{public} leads here")),
        Some(issuer) => Finding::bad(
            part,
            format!(
                "{public} leads to a server that calls itself {issuer}: set http.public_url to \
                 that, or let the proxy lead to this server"
            ),
        ),
        None => Finding::bad(part, format!("{public} leads to something that is not this server")),
    }
}

/// The answer's own time beside ours.
fn clock(answer: &Answer) -> Option<Finding> {
    let told = chrono::DateTime::parse_from_rfc2822(answer.header("date")?).ok()?;
    let (told, now) = (Moment::from_seconds(told.timestamp()), Clock::System.now());
    let apart = told.since(now).max(now.since(told)).as_secs();
    Some(if apart <= CLOCK_SKEW_SECONDS {
        Finding::good("clock", "this machine's clock agrees with the server's")
    } else {
        Finding::bad(
            "clock",
            format!("this machine's clock and the server's are {apart} s apart: run an NTP client"),
        )
    })
}
