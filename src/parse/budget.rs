//! Budgets: how much of something a page may have before it is too much.

use ego_tree::NodeId;

use super::findings::Finding;
use crate::problem::ParseProblem;

/// How much of something a page may have.
#[derive(Debug, Default)]
pub(super) struct Budget {
    left: usize,
    /// The first node that would have taken more.
    exceeded_at: Option<NodeId>,
}

impl Budget {
    pub(super) fn new(left: usize) -> Self {
        Self {
            left,
            exceeded_at: None,
        }
    }

    /// Whether a node may take so much more; once one may not, none may.
    pub(super) fn spend(&mut self, amount: usize, node: NodeId) -> bool {
        match self.left.checked_sub(amount) {
            Some(left) if self.exceeded_at.is_none() => self.left = left,
            _ => self.exceeded_at = self.exceeded_at.or(Some(node)),
        }
        self.exceeded_at.is_none()
    }

    /// The problem that there is too much, at the first node that would have taken more.
    pub(super) fn excess(&self, problem: ParseProblem) -> Option<Finding> {
        self.exceeded_at.map(|node| (node, problem))
    }
}
