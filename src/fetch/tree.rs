//! The tree of the site's pages, and those among them that have error codes.
//!
//! Its shape is known from others who read it: `value.catalogTreeList` is a list of nodes with a
//! name, perhaps a page (`relateDocument`), and perhaps `children`. What differs from that is
//! taken as far as it goes.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::failure::Failure;
use crate::config::is_page_name;
use crate::diagnostic::Diagnostic;

/// The most nodes that are followed upwards from a page; trees that were seen have seven levels.
const MAX_DEPTH: usize = 64;

/// The pages with error codes that the tree of the site has.
#[derive(Debug)]
pub struct Tree {
    /// The pages, in the order of the tree.
    pub pages: Vec<FoundPage>,
    /// What was found in the tree that can be no page.
    pub diagnostics: Vec<Diagnostic>,
    /// How many nodes the tree has.
    pub nodes: usize,
    /// How many pages with error codes the site hides, or has in a part that it hides.
    pub hidden: usize,
}

/// A page with error codes, as the tree has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundPage {
    /// What the site calls the page.
    pub id: String,
    /// What the page is called in the tree.
    pub title: String,
    /// The names of the nodes above it, the outermost first.
    pub path: Vec<String>,
}

impl FoundPage {
    /// The kit that the page belongs to: the innermost node above it that is called a kit, or the
    /// page itself where it is.
    #[must_use]
    pub fn kit(&self) -> Option<&str> {
        let names = self.path.iter().chain([&self.title]);
        let mut kits = names.map(String::as_str).filter(|name| is_kit(name));
        kits.next_back()
    }
}

/// Finds the pages with error codes in an answer.
pub(super) fn read(bytes: &[u8]) -> Result<Tree, Failure> {
    let text = String::from_utf8_lossy(bytes);
    let answer: Value = serde_json::from_str(text.trim_start_matches('\u{feff}'))
        .map_err(|error| no_list().note(error.to_string()))?;
    let nodes = Nodes::of(list(&answer).ok_or_else(no_list)?);
    let mut tree = Tree {
        pages: Vec::new(),
        diagnostics: Vec::new(),
        nodes: nodes.all.len(),
        hidden: 0,
    };
    let mut seen = HashSet::new();
    for node in nodes.all.iter().filter(|node| node.has_error_codes()) {
        let above = nodes.above(node);
        if node.is_hidden || above.iter().any(|node| node.is_hidden) {
            tree.hidden += 1;
        } else if !is_page_name(node.page) {
            tree.diagnostics.push(bad_name(node));
        } else if seen.insert(node.page) {
            let path = above.iter().rev().map(|node| node.name.to_owned());
            tree.pages.push(FoundPage {
                id: node.page.to_owned(),
                title: node.name.to_owned(),
                path: path.collect(),
            });
        }
    }
    Ok(tree)
}

/// The list of the outermost nodes of an answer.
fn list(answer: &Value) -> Option<&Vec<Value>> {
    let value = ["value", "data"].iter().find_map(|key| answer.get(key))?;
    let members = ["catalogTreeList", "catalogTree", "children"].iter();
    let mut members = members.filter_map(|key| value.get(key));
    value
        .as_array()
        .or_else(|| members.find_map(Value::as_array))
}

/// A node of the tree.
#[derive(Debug)]
struct Node<'a> {
    id: Option<String>,
    name: &'a str,
    /// What the site calls its page; empty where it has none.
    page: &'a str,
    is_hidden: bool,
    /// The id of the node above it, by its own account.
    stated_parent: Option<String>,
    /// The node that it stands in.
    parent: Option<usize>,
}

impl<'a> Node<'a> {
    fn of(value: &'a Value, parent: Option<usize>) -> Self {
        let text = |key: &str| value.get(key).and_then(Value::as_str).unwrap_or_default();
        Self {
            id: value.get("nodeId").and_then(number_or_text),
            name: text("nodeName").trim(),
            page: text("relateDocument").trim(),
            is_hidden: value.get("realHided").is_some_and(is_yes),
            stated_parent: value.get("parent").and_then(number_or_text),
            parent,
        }
    }

    /// Whether it is a page with error codes, by its names.
    fn has_error_codes(&self) -> bool {
        let name = self.name.to_lowercase();
        let page = self.page.to_lowercase().replace(['-', '_'], "");
        let is_named = name.contains("错误码") || name.contains("error code");
        let is_called = page.contains("errorcode") || page.contains("errcode");
        !page.is_empty() && (is_named || is_called)
    }
}

/// All nodes of a tree, in its order.
#[derive(Debug)]
struct Nodes<'a> {
    all: Vec<Node<'a>>,
    by_id: HashMap<String, usize>,
}

impl<'a> Nodes<'a> {
    fn of(list: &'a [Value]) -> Self {
        let mut nodes = Self {
            all: Vec::new(),
            by_id: HashMap::new(),
        };
        // What is left to do, the next last; trees are not walked by recursion, whoever made them.
        let mut left: Vec<(&Value, Option<usize>)> =
            list.iter().rev().map(|node| (node, None)).collect();
        while let Some((value, parent)) = left.pop() {
            if !value.is_object() {
                continue;
            }
            let index = nodes.all.len();
            let node = Node::of(value, parent);
            if let Some(id) = &node.id {
                nodes.by_id.entry(id.clone()).or_insert(index);
            }
            nodes.all.push(node);
            let children = value.get("children").and_then(Value::as_array);
            let children = children.into_iter().flatten().rev();
            left.extend(children.map(|child| (child, Some(index))));
        }
        nodes
    }

    /// The nodes above one, the innermost first: those that it stands in, or, in a flat list, that
    /// it names. A list may have it that nodes stand above themselves.
    fn above(&self, node: &Node<'_>) -> Vec<&Node<'a>> {
        let mut above = Vec::new();
        let mut seen = HashSet::new();
        let mut next = self.parent(node);
        while let Some(index) = next.filter(|index| above.len() < MAX_DEPTH && seen.insert(*index))
        {
            let parent = &self.all[index];
            above.push(parent);
            next = self.parent(parent);
        }
        above
    }

    fn parent(&self, node: &Node<'_>) -> Option<usize> {
        let stated = || self.by_id.get(node.stated_parent.as_ref()?).copied();
        node.parent.or_else(stated)
    }
}

fn number_or_text(value: &Value) -> Option<String> {
    match value {
        Value::Number(number) => Some(number.to_string()),
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        _ => None,
    }
}

fn is_yes(value: &Value) -> bool {
    match value {
        Value::Bool(is_yes) => *is_yes,
        Value::Number(number) => number.as_i64() == Some(1),
        Value::String(text) => matches!(text.as_str(), "1" | "true"),
        _ => false,
    }
}

/// Whether a node is called a kit: `Scan Kit（统一扫码服务）`.
fn is_kit(name: &str) -> bool {
    let mut words = name.split(|c: char| !c.is_ascii_alphanumeric());
    words.any(|word| word == "Kit")
}

fn no_list() -> Failure {
    Failure::new("fetch-tree", "the answer has no list of pages")
        .help("see that `catalog` in the table `[fetch]` of arkerr.toml is right; the site may also have changed its API")
}

/// A page whose name leads elsewhere, or nowhere.
fn bad_name(node: &Node<'_>) -> Diagnostic {
    const SHOWN: usize = 80;
    let name: String = node.page.chars().take(SHOWN).collect();
    let more = if name.len() < node.page.len() {
        "…"
    } else {
        ""
    };
    let title: String = node.name.chars().take(SHOWN).collect();
    Diagnostic::warning(
        "fetch-name",
        format!("`{name}{more}` is no name of a page and was passed over"),
    )
    .note(format!("the list of pages has it as \"{title}\""))
    .note("a page is named in letters, digits, `-`, `_` and `.`, such as `core-vision-error-code`")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    fn tree(answer: &Value) -> Tree {
        read(answer.to_string().as_bytes()).expect("there is a list")
    }

    fn ids(tree: &Tree) -> Vec<&str> {
        tree.pages.iter().map(|page| page.id.as_str()).collect()
    }

    #[test]
    fn pages_with_error_codes_are_found_with_their_kits() {
        let tree = tree(&json!({"code": 0, "value": {"catalogTreeList": [
            {"nodeId": "1", "nodeName": "媒体", "relateDocument": "media", "children": [
                {"nodeId": "2", "nodeName": "Scan Kit（统一扫码服务）", "parent": "1", "children": [
                    {"nodeId": "3", "nodeName": "ArkTS API错误码", "relateDocument": "errorcode-scan"},
                    {"nodeId": "4", "nodeName": "扫码", "relateDocument": "scan-api", "children": null},
                ]},
            ]},
            {"nodeId": 5, "nodeName": "Universal Error Codes", "relateDocument": "universal"},
            {"nodeId": 6, "nodeName": "REST", "relateDocument": "restapi_errcode"},
            {"nodeId": 7, "nodeName": "错误码"},
        ]}}));
        assert_eq!(
            ids(&tree),
            ["errorcode-scan", "universal", "restapi_errcode"]
        );
        assert_eq!(tree.pages[0].path, ["媒体", "Scan Kit（统一扫码服务）"]);
        assert_eq!(tree.pages[0].title, "ArkTS API错误码");
        assert_eq!(tree.pages[0].kit(), Some("Scan Kit（统一扫码服务）"));
        assert_eq!(tree.pages[1].kit(), None);
        assert_eq!((tree.nodes, tree.hidden), (7, 0));
    }

    #[test]
    fn a_flat_list_is_a_tree_too_even_one_that_bites_its_tail() {
        let tree = tree(&json!({"data": [
            {"nodeId": 3, "nodeName": "错误码", "relateDocument": "a", "parent": 2},
            {"nodeId": 2, "nodeName": "Map Kit", "parent": "1"},
            {"nodeId": 1, "nodeName": "Maps", "parent": 2},
            {"nodeId": 4, "nodeName": "错误码", "relateDocument": "b", "parent": 4},
        ]}));
        assert_eq!(ids(&tree), ["a", "b"]);
        assert_eq!(tree.pages[0].path, ["Maps", "Map Kit"]);
        assert_eq!(tree.pages[1].path, ["错误码"]);
    }

    #[test]
    fn what_the_site_hides_is_counted_and_no_more() {
        let tree = tree(&json!({"value": {"catalogTreeList": [
            {"nodeName": "错误码", "relateDocument": "a", "realHided": 1},
            {"nodeName": "old", "realHided": "1", "children": [
                {"nodeName": "错误码", "relateDocument": "b", "realHided": 0},
            ]},
            {"nodeName": "错误码", "relateDocument": "c", "realHided": false},
        ]}}));
        assert_eq!(ids(&tree), ["c"]);
        assert_eq!(tree.hidden, 2);
    }

    #[test]
    fn names_that_lead_elsewhere_are_told_and_passed_over() {
        let long = "错误码".repeat(1_000);
        let pages = [
            "../x",
            "/etc/passwd",
            "a\nb",
            long.as_str(),
            "C:\\x",
            "fine",
        ];
        let list = pages.map(|page| json!({"nodeName": "错误码", "relateDocument": page}));
        let tree = tree(&json!({"value": {"catalogTreeList": list}}));
        assert_eq!(ids(&tree), ["fine"]);
        assert_eq!(tree.diagnostics.len(), 5);
        assert!(
            tree.diagnostics
                .iter()
                .all(|found| found.message.len() < 400)
        );
    }

    #[test]
    fn a_page_that_stands_in_the_tree_twice_is_listed_once() {
        let node = json!({"nodeName": "错误码", "relateDocument": "a"});
        let answer = json!({"value": {"catalogTreeList": [node, null, 7, "x", node]}});
        assert_eq!(ids(&tree(&answer)), ["a"]);
    }

    #[test]
    fn an_answer_without_a_list_is_refused() {
        let deep = format!("{{\"value\":{}1{}}}", "[".repeat(1_000), "]".repeat(1_000));
        for answer in [
            "{}",
            r#"{"value":null}"#,
            r#"{"value":{"catalogTreeList":{}}}"#,
            "<",
            &deep,
        ] {
            let failure = read(answer.as_bytes()).expect_err("there is no list");
            assert_eq!(failure.id(), "fetch-tree", "{answer}");
        }
    }

    /// Any JSON, with the keys that are looked for.
    fn any_json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            (0..4_i64).prop_map(Value::from),
            "(错误码|errorcode|\\.\\./x|[a-c]|\u{7}){0,2}".prop_map(Value::from),
        ];
        let key = prop::sample::select(vec![
            "value",
            "data",
            "catalogTreeList",
            "children",
            "nodeId",
            "nodeName",
            "parent",
            "realHided",
            "relateDocument",
        ]);
        leaf.prop_recursive(5, 60, 6, move |inner| {
            let members = prop::collection::hash_map(
                key.clone().prop_map(str::to_owned),
                inner.clone(),
                0..8,
            );
            prop_oneof![
                prop::collection::vec(inner, 0..6).prop_map(Value::from),
                members.prop_map(|members| Value::Object(members.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn any_tree_gives_pages_whose_names_are_safe(list in prop::collection::vec(any_json(), 0..6)) {
            let tree = tree(&json!({"value": {"catalogTreeList": list}}));
            for page in &tree.pages {
                prop_assert!(is_page_name(&page.id));
            }
        }

        #[test]
        fn any_answer_is_read_or_refused(answer in any_json(), text: String) {
            let _ = read(answer.to_string().as_bytes());
            let _ = read(text.as_bytes());
        }
    }
}
