//! Renders every page in every sample and holds the pages to what they promise.

use std::path::Path;

use super::samples::{self, HOSTILE, Sample};
use crate::view::parts::Icon;

fn each(check: impl Fn(&Sample) -> Result<(), String>) {
    let faults: Vec<String> = samples::all()
        .iter()
        .filter_map(|sample| check(sample).err().map(|fault| format!("{}: {fault}", sample.name)))
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The tags of a page: what stands between `<` and `>`, with quoted values in them.
fn tags(html: &str) -> Vec<&str> {
    let mut tags = Vec::new();
    let mut rest = html;
    while let Some((_, tag)) = rest.split_once('<') {
        let mut quoted = false;
        let closes = |c: char| {
            quoted ^= c == '"';
            c == '>' && !quoted
        };
        let (tag, after) = tag.split_once(closes).unwrap_or((tag, ""));
        tags.push(tag);
        rest = after;
    }
    tags
}

/// The value of an attribute in a tag.
fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let (_, value) = tag.split_once(&format!(" {name}=\""))?;
    value.split('"').next()
}

#[test]
fn every_page_is_written_for_a_browser_to_open() {
    let target = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/samples");
    std::fs::create_dir_all(&target).expect("a folder for samples");
    for sample in samples::all() {
        std::fs::write(target.join(format!("{}.html", sample.name)), &sample.html)
            .expect("a sample is written");
    }
}

#[test]
fn hostile_text_stays_text() {
    assert!(samples::all().iter().any(|sample| sample.html.contains("&#60;script&#62;alert")));
    each(|sample| {
        for planted in ["<script>", "<img src=x", "</title><", "<b>Komandytowa"] {
            if sample.html.contains(planted) {
                return Err(format!("`{planted}` reached the page as markup"));
            }
        }
        Ok(())
    });
    assert!(HOSTILE.contains("<script>"));
}

#[test]
fn nothing_is_inline_and_every_script_is_ours() {
    each(|sample| {
        for tag in tags(&sample.html) {
            let name = tag.split([' ', '/']).next().unwrap_or_default();
            let inline = ["style", "onclick", "onload", "onerror", "onsubmit", "oninput"];
            if name == "style" || inline.iter().any(|name| attribute(tag, name).is_some()) {
                return Err(format!("inline: <{tag}>"));
            }
            if name == "script"
                && !attribute(tag, "src").is_some_and(|src| src.starts_with("/assets/"))
            {
                return Err(format!("script of nobody: <{tag}>"));
            }
            for link in ["href", "src", "action"] {
                let far = attribute(tag, link).is_some_and(|to| !to.starts_with(['/', '#', '?']));
                if far {
                    return Err(format!("leads away: <{tag}>"));
                }
            }
        }
        Ok(())
    });
}

#[test]
fn every_control_has_a_label_and_every_form_a_token() {
    each(|sample| {
        for tag in tags(&sample.html) {
            let name = tag.split(' ').next().unwrap_or_default();
            let kind = attribute(tag, "type").unwrap_or_default();
            if !matches!(name, "input" | "select" | "textarea") || kind == "hidden" {
                continue;
            }
            let labelled = attribute(tag, "aria-label").is_some()
                || attribute(tag, "id")
                    .is_some_and(|id| sample.html.contains(&format!("for=\"{id}\"")));
            if !labelled {
                return Err(format!("no label: <{tag}>"));
            }
        }
        for form in sample.html.split("<form").skip(1) {
            let form = form.split("</form>").next().unwrap_or_default();
            if form.contains("method=\"post\"") && !form.contains("name=\"csrf\"") {
                return Err(format!("no token: <form{form}"));
            }
        }
        Ok(())
    });
}

#[test]
fn ids_are_unique_and_every_reference_finds_its_target() {
    each(|sample| {
        let mut ids: Vec<&str> =
            tags(&sample.html).iter().filter_map(|tag| attribute(tag, "id")).collect();
        ids.sort_unstable();
        if let Some([twice, _]) = ids.array_windows().find(|[one, next]| one == next) {
            return Err(format!("id `{twice}` stands twice"));
        }
        for tag in tags(&sample.html) {
            let described = attribute(tag, "aria-describedby").unwrap_or_default();
            let labelled = attribute(tag, "aria-labelledby").unwrap_or_default();
            let label = attribute(tag, "for").unwrap_or_default();
            let anchor =
                attribute(tag, "href").and_then(|href| href.strip_prefix('#')).unwrap_or_default();
            for id in described.split(' ').chain([labelled, label, anchor]) {
                if !id.is_empty() && ids.binary_search(&id).is_err() {
                    return Err(format!("`{id}` is nowhere: <{tag}>"));
                }
            }
        }
        Ok(())
    });
}

#[test]
fn a_page_has_one_main_heading() {
    each(|sample| {
        let headings = sample.html.matches("<h1").count();
        if headings != 1 {
            return Err(format!("{headings} main headings"));
        }
        Ok(())
    });
}

#[test]
fn the_templates_never_switch_escaping_off() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
    let mut open = vec![folder];
    while let Some(path) = open.pop() {
        if path.is_dir() {
            let entries = std::fs::read_dir(&path).expect("a folder of templates");
            open.extend(entries.map(|entry| entry.expect("an entry").path()));
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("a template");
        assert!(!text.contains("|safe") && !text.contains("| safe"), "{}", path.display());
    }
}

#[test]
fn every_icon_is_drawn() {
    let sprite = crate::assets::get("", "icons.svg").expect("the icons");
    let text = String::from_utf8_lossy(&sprite.bytes).into_owned();
    for icon in Icon::ALL {
        assert!(text.contains(&format!("<symbol id=\"{}\"", icon.name())), "{icon:?}");
    }
}
