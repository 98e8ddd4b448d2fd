//! How many may come in at once, and how many of them from one network.

use std::{
    cell::{Cell, RefCell},
    collections::HashMap,
    rc::Rc,
};

use crate::{config::HideMyEmail, web::client_ip};

/// Counts who is in.
pub struct Door {
    most: u32,
    most_of_one: u32,
    all: Cell<u32>,
    of: RefCell<HashMap<String, u32>>,
}

/// A place inside; it is free again when dropped.
pub struct Place {
    door: Rc<Door>,
    network: String,
}

impl Door {
    /// A door as wide as the settings say.
    pub fn new(settings: &HideMyEmail) -> Self {
        Self {
            most: settings.connections_limit,
            most_of_one: settings.connections_per_network,
            all: Cell::new(0),
            of: RefCell::default(),
        }
    }

    /// A place for somebody at this address, if there is one.
    pub fn enter(self: &Rc<Self>, address: &str) -> Option<Place> {
        let network = client_ip::network(address);
        let inside = self.of.borrow().get(&network).copied().unwrap_or_default();
        if self.all.get() >= self.most || inside >= self.most_of_one {
            return None;
        }
        self.all.set(self.all.get() + 1);
        self.of.borrow_mut().insert(network.clone(), inside + 1);
        Some(Place { door: Rc::clone(self), network })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.door.all.set(self.door.all.get().saturating_sub(1));
        let mut of = self.door.of.borrow_mut();
        match of.get_mut(&self.network) {
            Some(inside) if *inside > 1 => *inside -= 1,
            _ => drop(of.remove(&self.network)),
        }
    }
}
