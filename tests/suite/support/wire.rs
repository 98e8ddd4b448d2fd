//! The wire between a server and its database, and a pair of pliers.

use std::{
    io,
    net::{Shutdown, SocketAddr, TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
};

/// Passes on what is said to an address, until it is cut.
pub struct Wire {
    pub near: SocketAddr,
    state: Arc<Mutex<State>>,
}

struct State {
    whole: bool,
    sockets: Vec<TcpStream>,
}

impl Wire {
    /// A wire to `far`, such as `127.0.0.1:5432`.
    pub fn to(far: String) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
        let near = listener.local_addr().expect("an address");
        let state = Arc::new(Mutex::new(State { whole: true, sockets: Vec::new() }));
        let shared = state.clone();
        thread::spawn(move || {
            for caller in listener.incoming().map_while(Result::ok) {
                connect(caller, &far, &shared);
            }
        });
        Self { near, state }
    }

    /// Ends every conversation and lets none begin.
    pub fn cut(&self) {
        let mut state = self.state.lock().unwrap();
        state.whole = false;
        for socket in state.sockets.drain(..) {
            let _ = socket.shutdown(Shutdown::Both);
        }
    }

    /// Lets conversations begin again.
    pub fn mend(&self) {
        self.state.lock().unwrap().whole = true;
    }
}

fn connect(caller: TcpStream, far: &str, state: &Mutex<State>) {
    let mut state = state.lock().unwrap();
    if !state.whole {
        return; // dropped: the caller sees its connection closed
    }
    let server = TcpStream::connect(far).expect("the far end");
    state.sockets.extend([caller.try_clone().unwrap(), server.try_clone().unwrap()]);
    pass_on(caller.try_clone().unwrap(), server.try_clone().unwrap());
    pass_on(server, caller);
}

fn pass_on(mut from: TcpStream, mut to: TcpStream) {
    thread::spawn(move || {
        let _ = io::copy(&mut from, &mut to);
        let _ = to.shutdown(Shutdown::Both);
        let _ = from.shutdown(Shutdown::Both);
    });
}
