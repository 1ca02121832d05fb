//! The built-in targets: which files each has, and from which templates.

/// A file of a target: its path under the target's folder, and its template. In the path of a
/// page's file, words in braces stand for the page's names, see `context::path`.
type FileRule = (&'static str, &'static str);

/// One kind of output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Target {
    name: &'static str,
    /// Whether a page without constants has no file.
    pub(super) needs_constants: bool,
    /// The files made once, from the whole catalogue.
    pub(super) catalog_files: &'static [FileRule],
    /// The files made for each page.
    pub(super) page_files: &'static [FileRule],
}

impl Target {
    /// All targets, in alphabetical order.
    pub const ALL: [Self; 5] = [
        Self {
            name: "arkts",
            needs_constants: true,
            catalog_files: &[
                ("Index.ets", "arkts/index.ets"),
                ("ErrorCodeInfo.ets", "arkts/info.ets"),
            ],
            page_files: &[("{Type}.ets", "arkts/page.ets")],
        },
        Self {
            name: "json",
            needs_constants: false,
            catalog_files: &[
                ("catalog.json", "json/catalog.json"),
                ("catalog.schema.json", "json/catalog.schema.json"),
            ],
            page_files: &[],
        },
        Self {
            name: "markdown",
            needs_constants: false,
            catalog_files: &[("README.md", "markdown/README.md")],
            page_files: &[("{id}.md", "markdown/page.md")],
        },
        Self {
            name: "rust",
            needs_constants: true,
            catalog_files: &[("mod.rs", "rust/mod.rs")],
            page_files: &[("{module}.rs", "rust/page.rs")],
        },
        Self {
            name: "typescript",
            needs_constants: true,
            catalog_files: &[
                ("index.ts", "typescript/index.ts"),
                ("error-code-info.ts", "typescript/info.ts"),
            ],
            page_files: &[("{kebab}.ts", "typescript/page.ts")],
        },
    ];

    /// The target of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|target| target.name == name)
    }

    /// The name, which is also that of its folder.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The names of all targets, for messages.
    #[must_use]
    pub fn names() -> String {
        Self::ALL.map(|target| target.name).join(", ")
    }
}

macro_rules! embed {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../templates/", $name, ".tera")))),*]
    };
}

/// The templates by name, as they lie under `templates/`.
pub(super) const TEMPLATES: &[(&str, &str)] = embed![
    "gitattributes",
    "hover.md",
    "arkts/index.ets",
    "arkts/info.ets",
    "arkts/page.ets",
    "json/catalog.json",
    "json/catalog.schema.json",
    "markdown/README.md",
    "markdown/page.md",
    "rust/mod.rs",
    "rust/page.rs",
    "typescript/index.ts",
    "typescript/info.ts",
    "typescript/page.ts",
];
