//! Statements written by hand, compiled once per connection.
//!
//! Diesel compiles every update and every `batch_execute` anew. Where that costs more than the work,
//! the words stand here.

use std::marker::PhantomData;

use diesel::{
    backend::Backend,
    prelude::*,
    query_builder::{AstPass, QueryFragment, QueryId},
    serialize::ToSql,
    sql_types::{BigInt, Binary},
};

use super::token_families::FamilyId;
use crate::clock::Moment;

/// Opens a piece of a transaction that can be undone alone.
#[derive(QueryId)]
pub(super) struct Savepoint;

/// Joins the piece to the transaction.
#[derive(QueryId)]
pub(super) struct Release;

/// The next generation of a family that stands at `generation` and has not ended.
#[derive(QueryId)]
pub(super) struct Rotation {
    pub id: FamilyId,
    pub generation: i64,
    pub next: i64,
    pub rotated_at: Moment,
}

impl<DB: Backend> QueryFragment<DB> for Savepoint {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.push_sql("savepoint piece");
        Ok(())
    }
}

impl<DB: Backend> QueryFragment<DB> for Release {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.push_sql("release piece");
        Ok(())
    }
}

impl<DB: Backend> QueryFragment<DB> for Rotation
where
    FamilyId: ToSql<Binary, DB>,
    Moment: ToSql<BigInt, DB>,
    i64: ToSql<BigInt, DB>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.push_sql("update token_families set generation = ");
        out.push_bind_param::<BigInt, _>(&self.next)?;
        out.push_sql(", rotated_at = ");
        out.push_bind_param::<BigInt, _>(&self.rotated_at)?;
        out.push_sql(" where id = ");
        out.push_bind_param::<Binary, _>(&self.id)?;
        out.push_sql(" and generation = ");
        out.push_bind_param::<BigInt, _>(&self.generation)?;
        out.push_sql(" and ended_at is null");
        Ok(())
    }
}

/// A statement of diesel's that has the same words whatever is bound. `Name` is its own alone.
pub(super) struct Same<Name, S> {
    name: PhantomData<Name>,
    statement: S,
}

impl<Name, S> Same<Name, S> {
    pub(super) fn new(statement: S) -> Self {
        Self { name: PhantomData, statement }
    }
}

impl<Name: 'static, S> QueryId for Same<Name, S> {
    type QueryId = Same<Name, ()>;
    const HAS_STATIC_QUERY_ID: bool = true;
}

impl<DB: Backend, Name, S: QueryFragment<DB>> QueryFragment<DB> for Same<Name, S> {
    fn walk_ast<'b>(&'b self, out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        self.statement.walk_ast(out)
    }
}

impl<C> RunQueryDsl<C> for Savepoint {}
impl<C> RunQueryDsl<C> for Release {}
impl<C> RunQueryDsl<C> for Rotation {}
impl<C, Name, S> RunQueryDsl<C> for Same<Name, S> {}
