//! Budgets: how much of something a page may repeat before it is too much.

use ego_tree::NodeId;

/// How many bytes of something a page may repeat.
#[derive(Debug, Default)]
pub(super) struct Budget {
    left: usize,
    /// The first node that would have taken more.
    pub(super) exceeded_at: Option<NodeId>,
}

impl Budget {
    pub(super) fn new(bytes: usize) -> Self {
        Self {
            left: bytes,
            ..Self::default()
        }
    }

    /// Whether a node may take so many bytes more; once one may not, none may.
    pub(super) fn spend(&mut self, bytes: usize, node: NodeId) -> bool {
        match self.left.checked_sub(bytes) {
            Some(left) if self.exceeded_at.is_none() => self.left = left,
            _ => self.exceeded_at = self.exceeded_at.or(Some(node)),
        }
        self.exceeded_at.is_none()
    }
}
