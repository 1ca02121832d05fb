//! What is made of a page has a budget; the error names the text that grew.

use crate::common::Project;

/// The page of a scan error, with these codes.
fn page(head: &str, codes: usize) -> String {
    let code = |number| {
        format!("<h3>{number} Denied</h3><p><b>Error Message</b></p><p>Not {number}.</p>\n")
    };
    let codes: String = (100_000..).take(codes).map(code).collect();
    format!("{head}\n{codes}")
}

/// The first problem of a project, which is not to be generated.
fn refusal(project: &Project) -> String {
    let run = project.arkerr_reads(&["generate"]);
    assert_eq!(run.status, 2, "{run:#?}");
    assert!(!project.path("generated").exists());
    run.stderr.lines().next().unwrap_or_default().to_owned()
}

fn refusal_of(page: &str) -> String {
    let project = Project::empty();
    project.write("docs-snapshot/scan-error-code.html", page);
    refusal(&project)
}

#[test]
fn a_text_that_many_codes_share_is_named() {
    let long = "word ".repeat(10_000);
    let columns = "<table><tr><th>Error Code<th>Description<th>";
    let rows: String = (1..300)
        .map(|code| format!("<tr><td>{code}<td>x<td>y"))
        .collect();
    for page in [
        page(&format!("<h1>{long}</h1>"), 300),
        page(&format!("<h1>Scan</h1><h2>{long}</h2>"), 300),
        format!("<h1>Scan</h1><h2 id='{long}'>Codes</h2>{columns}z{rows}</table>"),
        format!("<h1>Scan</h1>{columns}{long}{rows}</table>"),
        page(&format!("<h1 device-type='{long}'>Scan</h1>"), 300),
    ] {
        let told = refusal_of(&page);
        let expected = "error[too-much]: the page makes more than 4194304 bytes of records, most of \
                        them of ";
        assert!(told.starts_with(expected), "{told}");
        let part = told.trim_start_matches(expected);
        let is_named = part.starts_with("the text “word word") && part.contains("places")
            || part.starts_with("a list of devices (1)");
        assert!(is_named, "{told}");
    }
}

#[test]
fn an_output_that_a_template_makes_much_of_is_refused() {
    let project = Project::empty();
    project.write(
        "docs-snapshot/scan-error-code.html",
        page("<h1>Scan</h1>", 100),
    );
    let settings = |path: &str| {
        format!(
            "templates = 'own'\n[targets]\nothers = false\n\
             mine = {{ folder = '.', files = [{{ template = 'mine', path = '{path}' }}] }}\n"
        )
    };
    let again = "{% for code in page.codes %}";
    let end = "{% endfor %}";
    let loops = format!("{again}{again}{again}{{{{ code.constant }}}}{end}{end}{end}");
    project.write("own/mine.tera", &loops);
    for path in ["{page}.txt", "{page}/{code}.txt"] {
        project.write("arkerr.toml", settings(path));
        let told = refusal(&project);
        let expected = format!(
            "error[too-much]: `{path}` has more than 4194304 bytes; what weighs most in its records is "
        );
        assert!(told.starts_with(&expected), "{told}");
    }
    project.write(
        "own/mine.tera",
        format!("{{% for page in pages %}}{loops}{end}"),
    );
    project.write("arkerr.toml", settings("all.txt"));
    let told = refusal(&project);
    assert!(
        told.starts_with("error[too-much]: `all.txt` has more than 4194304 bytes"),
        "{told}"
    );
}

#[test]
fn former_names_of_a_page_and_of_its_codes_do_not_multiply() {
    let project = Project::empty();
    project.write(
        "docs-snapshot/scan-error-code.html",
        page("<h1>Scan</h1>", 20),
    );
    project.arkerr(&["generate"]).succeeded();
    let names = project.read("names.toml");
    let former = |prefix: &str, count| {
        let names = (0..count).map(|number| format!("\"{prefix}{number}\""));
        names.collect::<Vec<_>>().join(", ")
    };
    let with_former = |line: &str| {
        let (key, name) = line.split_once(" = ").expect("a line of names");
        let (prefix, count) = if key.ends_with(".enum") {
            ("Former", 2_000)
        } else {
            ("F", 0)
        };
        format!(
            "{key} = {{ name = {name}, aliases = [{}] }}\n",
            former(prefix, count)
        )
    };
    let is_name = |line: &&str| line.contains(" = ");
    let names: String = names.lines().filter(is_name).map(with_former).collect();
    project.write("names.toml", names);
    let run = project.arkerr_reads(&["check"]);
    assert_eq!(run.status, 2, "{run:#?}");
    let told = "error[names]: the former names in the file make more than 4194304 bytes of outputs, \
                those of the page `scan-error-code` among them";
    assert!(run.stderr.starts_with(told), "{run:#?}");
}
