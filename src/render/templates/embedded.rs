//! The built-in templates, and the plain files that they include.

macro_rules! embed {
    (templates: [$($template:literal),* $(,)?], files: [$($file:literal),* $(,)?]) => {
        &[
            $(($template, include_str!(concat!("../../../templates/", $template, ".tera"))),)*
            $(($file, include_str!(concat!("../../../templates/", $file))),)*
        ]
    };
}

/// The built-in templates by name, as they are below `templates/`.
#[rustfmt::skip]
pub(super) const EMBEDDED: &[(&str, &str)] = embed![
    templates: [
        "LICENSE", "gitattributes", "hover.md", "package.md",
        "arkts/CHANGELOG.md", "arkts/README.md", "arkts/build-profile.json5", "arkts/gitignore",
        "arkts/hvigorfile.ts", "arkts/index.ets", "arkts/info.ets", "arkts/module.json5",
        "arkts/oh-package.json5", "arkts/page.ets",
        "c/CMakeLists.txt", "c/error_code_info.h", "c/error_codes.h", "c/page.c", "c/page.h",
        "html/index.html", "html/parts.html",
        "json/catalog.json", "json/catalog.schema.json",
        "markdown/README.md", "markdown/page.md", "markdown/parts.md",
        "rust/Cargo.toml", "rust/README.md", "rust/crate_page.rs", "rust/error_codes.rs",
        "rust/lib.rs", "rust/mod.rs", "rust/page.rs", "rust/parts.md", "rust/root.rs",
        "typescript/README.md", "typescript/index.js", "typescript/index.ts",
        "typescript/info.d.ts", "typescript/info.js", "typescript/info.ts",
        "typescript/package.json", "typescript/page.d.ts", "typescript/page.js",
        "typescript/page.ts", "typescript/parts.ts",
    ],
    files: ["html/script.js", "html/style.css"]
];
