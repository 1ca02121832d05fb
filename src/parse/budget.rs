//! Budgets: how much of something a page may have before it is too much.

use ego_tree::NodeId;

use super::findings::Finding;
use crate::problem::ParseProblem;

/// How much of something a page has so far.
#[derive(Debug, Default)]
pub(super) struct Budget {
    spent: usize,
    /// The first node that would have taken more than there may be.
    exceeded_at: Option<NodeId>,
}

impl Budget {
    /// Whether a node may take so much more; once one may not, none may.
    pub(super) fn spend(&mut self, amount: usize, limit: usize, node: NodeId) -> bool {
        self.spent = self.spent.saturating_add(amount);
        let is_exceeded = self.spent > limit;
        if is_exceeded {
            self.exceeded_at.get_or_insert(node);
        }
        !is_exceeded
    }

    /// The problem that there is too much, where there is.
    pub(super) fn excess(&self, problem: ParseProblem) -> Option<Finding> {
        self.exceeded_at.map(|node| (node, problem))
    }
}
