//! Which instance runs which job: any number may stand ready, one works.

use diesel::prelude::*;

use super::{Db, Error, db::on, schema::leases};
use crate::clock::Moment;

/// Takes or renews the lease on a job until `until`; `false` while another holds it.
///
/// # Errors
/// If the store cannot answer.
pub fn take(
    db: &mut Db<'_>,
    name: &str,
    holder: &str,
    now: Moment,
    until: Moment,
) -> Result<bool, Error> {
    let free =
        leases::table.find(name).filter(leases::holder.eq(holder).or(leases::until_at.lt(now)));
    let renewed = on!(db, |c| diesel::update(free)
        .set((leases::holder.eq(holder), leases::until_at.eq(until)))
        .execute(c))?;
    if renewed == 1 {
        return Ok(true);
    }
    Ok(on!(db, |c| diesel::insert_into(leases::table)
        .values((leases::name.eq(name), leases::holder.eq(holder), leases::until_at.eq(until),))
        .on_conflict(leases::name)
        .do_nothing()
        .execute(c))?
        == 1)
}

/// Who holds the lease on a job, if anybody took it ever.
///
/// # Errors
/// If the store cannot answer.
pub fn find(db: &mut Db<'_>, name: &str) -> Result<Option<String>, Error> {
    Ok(on!(db, |c| leases::table.find(name).select(leases::holder).first(c).optional())?)
}
