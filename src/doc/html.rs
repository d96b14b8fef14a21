//! Documents as one HTML file: no scripts and nothing that is loaded, so it can be sent on, opened on
//! a phone without a network, and printed.

use super::{Block, Doc, Entry, Goal, Line, Mark, Point};
use std::fmt::Write;

/// How the page looks: on a phone and on paper, in the light and in the dark.
const STYLE: &str = include_str!("page.css");

/// Documents as an HTML file. There is at least one; several begin with a title of their own.
#[must_use]
pub fn html(title: &str, docs: &[Doc]) -> String {
    let mut page = Page {
        out: String::new(),
        level: 1,
    };
    let language = docs.first().map_or("", |doc| &doc.language);
    // Writing to a string does not fail.
    let _ = page.write(title, language, docs);
    page.out
}

struct Page {
    out: String,
    /// The level of the next document's title.
    level: usize,
}

impl Page {
    fn write(&mut self, title: &str, language: &str, docs: &[Doc]) -> std::fmt::Result {
        let (language, title) = (escape(language), escape(title));
        write!(
            self.out,
            "<!DOCTYPE html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"color-scheme\" content=\"light dark\">\n\
             <meta http-equiv=\"Content-Security-Policy\" \
             content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
             <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n"
        )?;
        if docs.len() > 1 {
            writeln!(self.out, "<h1>{title}</h1>")?;
            self.level = 2;
        }
        docs.iter().try_for_each(|doc| self.doc(doc))?;
        self.out.push_str("</body>\n</html>\n");
        Ok(())
    }

    fn doc(&mut self, doc: &Doc) -> std::fmt::Result {
        let (level, tag) = (self.level, if self.level == 1 { "main" } else { "article" });
        let id = escape(&doc.id);
        writeln!(
            self.out,
            "<{tag} id=\"{id}\">\n<h{level}>{}</h{level}>",
            escape(&doc.title)
        )?;
        let mut open = false;
        for block in &doc.blocks {
            if let Block::Heading(text) = block {
                if open {
                    self.out.push_str("</section>\n");
                }
                open = true;
                let level = level + 1;
                let stop = if is_stop(doc, text) {
                    " class=\"stop\""
                } else {
                    ""
                };
                writeln!(
                    self.out,
                    "<section{stop}>\n<h{level}>{}</h{level}>",
                    escape(text)
                )?;
                continue;
            }
            // What stands at the margin belongs to no heading.
            if open && matches!(block, Block::Paragraph(_)) {
                self.out.push_str("</section>\n");
                open = false;
            }
            self.block(block)?;
        }
        if open {
            self.out.push_str("</section>\n");
        }
        writeln!(self.out, "</{tag}>")
    }

    fn block(&mut self, block: &Block) -> std::fmt::Result {
        let out = &mut self.out;
        match block {
            Block::Heading(text) => writeln!(out, "<h2>{}</h2>", escape(text)),
            Block::Paragraph(text) | Block::Text(text) => writeln!(out, "<p>{}</p>", escape(text)),
            Block::Facts { rows, .. } => {
                out.push_str("<table>\n");
                for (name, value) in rows {
                    let (name, value) = (escape(name), escape(value));
                    writeln!(
                        out,
                        "<tr><th scope=\"row\">{name}</th><td>{value}</td></tr>"
                    )?;
                }
                writeln!(out, "</table>")
            }
            Block::Steps(steps) => self.list("ol", steps),
            Block::List(items) => self.list("ul", items),
            Block::Tree(points) => self.tree(points),
            Block::Sources(sources) => {
                out.push_str("<ol>\n");
                for (title, url) in sources {
                    let title = escape(title);
                    match url {
                        Some(url) => {
                            let url = escape(url);
                            writeln!(out, "<li>{title}<br><a href=\"{url}\">{url}</a></li>")?;
                        }
                        None => writeln!(out, "<li>{title}</li>")?,
                    }
                }
                writeln!(out, "</ol>")
            }
            Block::Form(entries) => {
                out.push_str("<ul class=\"form\">\n");
                entries.iter().try_for_each(|entry| self.entry(entry))?;
                writeln!(self.out, "</ul>")
            }
            Block::Lines(lines) => lines.iter().try_for_each(|line| self.line(line)),
            Block::Goals(goals) => goals.iter().try_for_each(|goal| self.goal(goal)),
            Block::Command(command) => writeln!(out, "<pre><code>{}</code></pre>", escape(command)),
        }
    }

    fn list(&mut self, tag: &str, items: &[String]) -> std::fmt::Result {
        writeln!(self.out, "<{tag}>")?;
        for item in items {
            writeln!(self.out, "<li>{}</li>", escape(item))?;
        }
        writeln!(self.out, "</{tag}>")
    }

    fn tree(&mut self, points: &[Point]) -> std::fmt::Result {
        if points.is_empty() {
            return Ok(());
        }
        let boxes = points.iter().all(|point| point.mark == Mark::Box);
        writeln!(
            self.out,
            "<ul{}>",
            if boxes { " class=\"boxes\"" } else { "" }
        )?;
        for point in points {
            if point.mark == Mark::Box {
                write!(self.out, "<li>{}", tick(&point.text))?;
            } else {
                write!(self.out, "<li>{}", escape(&point.text))?;
            }
            if !point.below.is_empty() {
                self.out.push('\n');
                self.tree(&point.below)?;
            }
            self.out.push_str("</li>\n");
        }
        writeln!(self.out, "</ul>")
    }

    fn entry(&mut self, entry: &Entry) -> std::fmt::Result {
        if entry.is_box {
            write!(self.out, "<li>{}", tick(&entry.text))?;
            entry.goal.iter().try_for_each(|goal| self.goal(goal))?;
            return writeln!(self.out, "</li>");
        }
        writeln!(
            self.out,
            "<li>{}{}<span class=\"blank\" style=\"width:{}ch\"></span></li>",
            escape(&entry.text),
            entry.colon,
            entry.blank
        )
    }

    fn line(&mut self, line: &Line) -> std::fmt::Result {
        let letter = line.letter.map(|letter| format!("<b>{letter}</b> "));
        let letter = letter.unwrap_or_default();
        writeln!(
            self.out,
            "<details open>\n<summary>{letter}{}</summary>",
            escape(&line.text)
        )?;
        if !line.tasks.is_empty() {
            self.out.push_str("<ul class=\"boxes\">\n");
            for task in &line.tasks {
                writeln!(self.out, "<li>{}</li>", tick(task))?;
            }
            self.out.push_str("</ul>\n");
        }
        line.goals.iter().try_for_each(|goal| self.goal(goal))?;
        writeln!(self.out, "</details>")
    }

    fn goal(&mut self, goal: &Goal) -> std::fmt::Result {
        let text = escape(&goal.text);
        let text = match &goal.link {
            Some(link) => format!("<a href=\"{}\">{text}</a>", escape(link)),
            None => text,
        };
        let command = goal.command.as_ref();
        let command = command.map(|command| format!(" <code>{}</code>", escape(command)));
        let command = command.unwrap_or_default();
        writeln!(
            self.out,
            "<p class=\"goal\">{}{text}{command}</p>",
            escape(&goal.lead)
        )
    }
}

/// Whether a heading is above what must not be done.
fn is_stop(doc: &Doc, heading: &str) -> bool {
    let at = doc
        .blocks
        .iter()
        .position(|block| *block == Block::Heading(heading.to_owned()));
    let below = at.and_then(|at| doc.blocks.get(at + 1));
    matches!(below, Some(Block::Tree(points)) if points.iter().all(|p| p.mark == Mark::Caution))
}

/// A box with its text; a tap on either ticks it.
fn tick(text: &str) -> String {
    format!(
        "<label><input type=\"checkbox\"><span>{}</span></label>",
        escape(text)
    )
}

/// A text in which no character means anything to HTML.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
    out
}
