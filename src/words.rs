//! The program's own words, in Chinese and in English. A guide brings its own texts.

use crate::field::Problem;
use crate::guide::{Trust, Verdict};
use crate::history::Unfit;
use crate::moment::Moment;
use crate::session::{self, Trouble};
use std::io::{self, ErrorKind};

/// Everything that the program says by itself in one language.
pub struct Words {
    /// The tag of the language.
    pub tag: &'static str,
    /// The other language of the program, and how to get it.
    pub switch: (&'static str, &'static str),
    /// Above the menu of cases.
    pub which_case: &'static str,
    /// Where one is: the number of the step, how many there are, minutes that are left.
    pub place: fn(usize, usize, u32) -> String,
    /// What a step costs.
    pub minutes: fn(u16) -> String,
    /// Below a menu: the keys and what they do. A line may end between two of these.
    pub menu_keys: &'static [&'static str],
    /// Below a menu with several: the same.
    pub several_keys: &'static [&'static str],
    /// In their place: Enter came while nothing was chosen. At most 35 columns, as the next two.
    pub nothing_chosen: &'static str,
    /// In their place: this key does nothing here.
    pub no_such_key: &'static str,
    /// In their place: Enter leaves, any other key stays.
    pub leave_on_enter: &'static str,
    /// The last line of a tick list, by how many options are ticked.
    pub go_on_with: fn(usize) -> String,
    /// Before a typed line: leave empty to skip.
    pub typed_keys: &'static str,
    /// Before a typed line that has a default: what Enter does, how to leave it out.
    pub default_keys: &'static str,
    /// Once, before the first numbered question. No line breaks between a key and what it does.
    pub lines_keys: &'static str,
    /// What to type: a number up to this one.
    pub type_number: fn(usize) -> String,
    /// What to type, with the default in words.
    pub type_number_or: fn(usize, &str) -> String,
    /// What to type: several numbers.
    pub type_numbers: fn(&str) -> String,
    /// The words that mean: none of these.
    pub none: &'static [&'static str],
    /// What was typed is no answer. It is not repeated: it may have been a code.
    pub not_an_answer: fn(usize) -> String,
    /// Example of a value.
    pub example: fn(&str) -> String,
    /// What is wrong with a typed value, and what is right.
    pub problem: fn(Problem) -> String,
    /// What was typed looks like a secret; the kinds. It is asked again.
    pub looks_like: fn(&str) -> String,
    /// What was shortened before it is kept; the kinds.
    pub shortened: fn(&str) -> String,
    /// A ticket would hold secrets; the kinds.
    pub leaks: fn(&str) -> String,
    /// A saved walk holds secrets and is not shown: its name, and the kinds of secrets.
    pub walk_leaks: fn(&str, &str) -> String,
    /// The offset of the place is added to a time that has none.
    pub time_zone: fn(&str) -> String,
    /// The place is not known, so nothing is added to such a time.
    pub no_time_zone: &'static str,
    /// The commands, as a menu shows them: go on, why, back, change, ticket so far, leave.
    pub commands: [&'static str; 6],
    /// Above that menu.
    pub what_now: &'static str,
    /// Below a text that the next question would push out of sight: any key goes on.
    pub read_on: &'static str,
    /// No reason is given.
    pub no_why: &'static str,
    /// There is nothing to go back to.
    pub no_back: &'static str,
    /// There is no answer yet to show or to change.
    pub no_answers: &'static str,
    /// Above the list of answers that can be changed.
    pub which_answer: &'static str,
    /// Answers that fell away.
    pub fallen: fn(&str) -> String,
    /// Said when one leaves before the end; the command stands on the next line.
    pub left: &'static str,
    /// Said when the input ends before the walk does.
    pub input_ended: &'static str,
    /// Standing answers by their ids.
    pub standing: fn(&str) -> &'static str,
    /// Results in a ticket by the ids of standing answers.
    pub result: fn(&str) -> &'static str,
    /// Who can act now.
    pub verdict: fn(Verdict) -> &'static str,
    /// How far a source can be trusted, for a lay person.
    pub trust: fn(Trust) -> &'static str,
    /// Between a label and what follows it.
    pub colon: &'static str,
    /// Between things in a row.
    pub comma: &'static str,
    /// Between sources in a row.
    pub semicolon: &'static str,
    /// Heading: what to do now.
    pub next: &'static str,
    /// Heading: what to keep in mind.
    pub keep: &'static str,
    /// Heading: why.
    pub why: &'static str,
    /// Heading: sources.
    pub sources: &'static str,
    /// Heading: how it can end.
    pub outcomes: &'static str,
    /// Heading: the ticket.
    pub ticket: &'static str,
    /// How to get a ticket, on a checklist; the command stands on the next line.
    pub how_to_ticket: &'static str,
    /// Heading: what the ticket asks for.
    pub for_ticket: &'static str,
    /// The guide and its edition.
    pub edition: fn(&str, &str) -> String,
    /// The guide comes from this file, and not with the program.
    pub foreign: fn(&str) -> String,
    /// Below a ticket: with what it was prepared, whose product that is not; the guide, its edition.
    pub prepared: fn(&str, &str) -> String,
    /// Ticket headings: problem, facts, tried, not tried, request, attach, note.
    pub ticket_parts: [&'static str; 7],
    /// Heads of a table of facts.
    pub table_head: [&'static str; 2],
    /// Why a step was not done: the user could not now.
    pub not_possible: &'static str,
    /// In a short ticket: so many more were left out.
    pub left_out: fn(usize) -> String,
    /// A step that was done before the walk.
    pub before: &'static str,
    /// Condition: only if.
    pub only_if: fn(&str) -> String,
    /// A label in quotation marks.
    pub quote: fn(&str) -> String,
    /// Between labels one of which holds.
    pub or: &'static str,
    /// A condition before a step.
    pub brackets: fn(&str) -> String,
    /// Something by the way, behind a text.
    pub aside: fn(&str) -> String,
    /// A branch: it ends in this outcome.
    pub ends_in: fn(&str) -> String,
    /// A branch: after its steps.
    pub then: fn(&str) -> String,
    /// Conditions in a row: all, any.
    pub and_or: [&'static str; 2],
    /// A condition turned round.
    pub not: fn(&str) -> String,
    /// A step was done.
    pub was_done: fn(&str) -> String,
    /// The walk is in a case.
    pub in_case: fn(&str) -> String,
    /// A branch: over to a case.
    pub go_over: fn(&str) -> String,
    /// A branch: the steps named are done.
    pub skip: fn(&str) -> String,
    /// A step that stands further up.
    pub see_above: fn(&str) -> String,
    /// A question that may have several answers.
    pub several: &'static str,
    /// The last of several options on a page of them: on to the next page; this page, all pages.
    pub more: fn(usize, usize) -> String,
    /// Before a wait that is being watched: how to stop watching.
    pub wait_keys: &'static str,
    /// A wait: seconds gone, seconds left, and until when. At most 39 columns up to ten hours.
    pub waiting: fn(i64, i64, Moment) -> String,
    /// A wait, said once.
    pub wait_until: fn(Moment) -> String,
    /// A wait that is just over.
    pub wait_over: &'static str,
    /// A wait that was over when one came back; when it began.
    pub waited: fn(Moment) -> String,
    /// Said when one leaves and the walk is saved; the command stands on the next line.
    pub left_saved: &'static str,
    /// The walk is saved but for its last answers.
    pub left_partly: &'static str,
    /// The walk cannot be saved, and why; it goes on.
    pub not_saved: fn(&str) -> String,
    /// At the end: the walk is not saved, and why.
    pub not_kept: fn(&str) -> String,
    /// The answers of a file end before the walk does: the step, its text, what it takes.
    pub answers_end: fn(&str, &str, &str) -> String,
    /// The walk could be saved after all.
    pub saved_again: &'static str,
    /// A file that is no walk was put aside; its name now, and why.
    pub put_aside: fn(&str, &str) -> String,
    /// A walk cannot be read now and was left where it is; its file, and why.
    pub left_there: fn(&str) -> String,
    /// A walk is one of a newer program and was left where it is; its file's name, and why.
    pub left_newer: fn(&str, &str) -> String,
    /// A walk that had been put aside can be read, and is a walk again.
    pub back_again: fn(&str) -> String,
    /// Below the list of walks: files that were put aside, and their folder. The command that
    /// deletes one stands on the next line.
    pub aside_there: fn(&str, &str) -> String,
    /// Below the list of walks: how many were finished long ago. The command that deletes them
    /// stands on the next line.
    pub old_walks: fn(usize) -> String,
    /// Above the list of walks to go on with.
    pub which_walk: &'static str,
    /// A walk in that list: its case, how many answers it has, how many minutes ago it was left.
    pub a_walk: fn(&str, usize, i64) -> String,
    /// In that list: begin a new one.
    pub anew: &'static str,
    /// So many minutes ago.
    pub ago: fn(i64) -> String,
    /// Going on with a walk: its case, how many answers it has.
    pub going_on: fn(&str, usize) -> String,
    /// Why a walk cannot be saved, opened or deleted, or a file is no walk.
    pub trouble: fn(&Trouble) -> String,
    /// Why a walk cannot be walked on a guide.
    pub unfit: fn(&Unfit) -> String,
    /// A walk or a file cannot be deleted, and why.
    pub not_deleted: fn(&str, &str) -> String,
    /// A walk cannot be gone on with, and why.
    pub no_going_on: fn(&str, &str) -> String,
    /// There is no such walk; the nearest name, and all of them.
    pub no_such_walk: fn(&str, Option<&str>, &str) -> String,
    /// There is no saved walk.
    pub no_walks: &'static str,
    /// Where a saved walk stands in a list: so many answers, or the outcome it reached.
    pub unfinished: fn(usize) -> String,
    /// A finished walk: its outcome's id.
    pub finished: fn(&str) -> String,
    /// A walk was deleted, or so many files.
    pub deleted: fn(&str) -> String,
    /// How to go on with a ticket later; the command stands on the next line.
    pub how_to_follow_up: &'static str,
    /// What was typed in Chinese stands in a ticket of another language as it was typed.
    pub typed_stays: &'static str,
    /// How to see the outcome again or change an answer; the command stands on
    /// the next line.
    pub how_to_reopen: &'static str,
    /// Above what can be done with a ticket.
    pub what_with_ticket: &'static str,
    /// What can be done with a ticket: finish, copy, save, in another language, short, back.
    pub ticket_choices: TicketChoices,
    /// After a walk that was opened again: what now.
    pub what_after: &'static str,
    /// A file's name is asked for.
    pub which_file: &'static str,
    /// A name for a file looks like a secret; the kinds.
    pub secret_name: fn(&str) -> String,
    /// There is such a file already.
    pub file_exists: fn(&str) -> String,
    /// With such a file: replace it, choose another name.
    pub file_choices: [&'static str; 2],
    /// The ticket was saved in this file.
    pub saved_to: fn(&str) -> String,
    /// The ticket could not be saved, and why.
    pub not_written: fn(&str) -> String,
    /// The ticket is on the clipboard, by this tool.
    pub copied: fn(&str) -> String,
    /// The ticket was handed to the terminal, which may not take it.
    pub handed_over: &'static str,
    /// The ticket could not be copied.
    pub not_copied: &'static str,
    /// There is no follow-up without a ticket; the next line says how to come to one.
    pub no_ticket_yet: &'static str,
    /// The walk has not come to a ticket.
    pub no_ticket: &'static str,
    /// A follow-up: its own words.
    pub follow_up: FollowUp,
    /// There is no such case; the nearest name, and all of them.
    pub no_such_case: fn(&str, Option<&str>, &str) -> String,
    /// The guide has no such language; those it has.
    pub no_such_language: fn(&str, &str) -> String,
    /// No terminal and no case: what can be run instead (a case, all checklists, plain lines), and
    /// all cases.
    pub no_terminal: fn(&[String; 3], &str) -> String,
}

/// What can be done with a ticket.
pub struct TicketChoices {
    /// Nothing more.
    pub finish: &'static str,
    /// To the clipboard.
    pub copy: &'static str,
    /// Into a file.
    pub save: &'static str,
    /// Shown in another language, by its tag.
    pub other: fn(&str) -> String,
    /// Shown short.
    pub short: &'static str,
    /// Shown whole again.
    pub whole: &'static str,
    /// Back to the last question.
    pub back: &'static str,
}

/// The words of a follow-up to a ticket.
pub struct FollowUp {
    /// What is asked for: the ticket's number, what the screen says now, what was tried since,
    /// what else is new.
    pub questions: [&'static str; 4],
    /// Why, for each.
    pub whys: [&'static str; 4],
    /// An example for each that is typed.
    pub examples: [Option<&'static str>; 4],
    /// The name of each, for lists and the ticket.
    pub names: [&'static str; 4],
    /// The subject, from the ticket's own.
    pub subject: fn(&str) -> String,
    /// Facts: when the ticket was prepared, when this was written.
    pub dates: [&'static str; 2],
    /// The result of what was done since.
    pub since: &'static str,
    /// What support is asked for.
    pub request: &'static str,
    /// At the end: it is written.
    pub title: &'static str,
    /// At the end: what to do with it.
    pub say: &'static str,
    /// In a list of saved walks: the name of the walk that it follows.
    pub of: fn(&str) -> String,
    /// The same, where that walk is gone.
    pub of_gone: fn(&str) -> String,
    /// It cannot go on, as the walk that it follows is gone: its name, that walk's. How to see
    /// what was typed stands on the next line.
    pub gone: fn(&str, &str) -> String,
}

/// The words for a language tag: Chinese for `zh…`, else English.
#[must_use]
pub fn words(tag: &str) -> &'static Words {
    if tag == "zh" || tag.starts_with("zh-") {
        &ZH
    } else {
        &EN
    }
}

static ZH: Words = Words {
    tag: "zh",
    switch: ("en", "English: --lang en"),
    which_case: "你遇到的是哪种情况？",
    place: |n, all, minutes| {
        let wait = if minutes > 0 {
            format!("、{minutes} 分钟")
        } else {
            String::new()
        };
        format!("第 {n} 步，最多约 {all} 步{wait}")
    },
    minutes: |n| format!("约 {n} 分钟"),
    menu_keys: &[
        "方向键或数字选，回车确定",
        "? 原因",
        "b 返回",
        "q 离开",
        "Esc 更多",
    ],
    several_keys: &[
        "方向键或数字选，回车勾选",
        "? 原因",
        "b 返回",
        "q 离开",
        "Esc 更多",
    ],
    nothing_chosen: "还没选：先按方向键或数字",
    no_such_key: "用方向键或数字选，再按回车",
    leave_on_enter: "按回车离开，进度会留着；按别的键不走",
    go_on_with: |n| match n {
        0 => "以上都没有，继续".to_owned(),
        n => format!("勾了 {n} 项，继续"),
    },
    typed_keys: "直接回车跳过；输入 ? 看原因、返回、离开",
    default_keys: "直接回车保留；输入 - 留空，? 看更多",
    lines_keys: "输入编号或答案本身，然后回车。随时可以输入：?\u{a0}看原因，b\u{a0}返回，c\u{a0}改前面的答案，t\u{a0}看目前的工单，q\u{a0}离开。",
    type_number: |n| format!("输入 1 到 {n}："),
    type_number_or: |n, default| format!("输入 1 到 {n}，直接回车就是“{default}”："),
    type_numbers: |default| {
        format!("输入编号，多个用逗号隔开，都没有就输入 0；直接回车就是“{default}”：")
    },
    none: &["无", "没有", "都没有", "none", "0"],
    not_an_answer: |n| format!("没有这个答案。请输入 1 到 {n} 的编号，或照着答案输入。"),
    example: |e| format!("例如：{e}"),
    problem: |problem| match problem {
        Problem::Uid => {
            "UID 是 17 或 18 位数字，在 App 的个人资料里可以复制。别写证件号或卡号。".into()
        }
        Problem::Version => "版本号是用点隔开的几个数字，例如 6.140.0，前后不加别的字。".into(),
        Problem::Time => "请写年月日和几点几分，例如 2026-11-22 21:30。".into(),
        Problem::Country => "这里只写国家或地区的名字，用文字写，不写号码。".into(),
        Problem::Count => "请写 0 到 99 的数字。".into(),
        Problem::Future => "这个时间还没到。请写事情发生的时间。".into(),
        Problem::Reference => {
            "工单编号最多 24 个大写字母、数字和横线，比如 482739。别写证件号、卡号或手机号。".into()
        }
        Problem::Files => "这里写带后缀的文件名，例如 IMG_0412.png，多个用逗号隔开。".into(),
        Problem::TooLong(most) => format!("太长了，最多 {most} 个字。"),
        Problem::Empty => "这里还是空的。".into(),
    },
    looks_like: |kinds| {
        format!(
            "这里面好像有{kinds}。客服从来不需要它，也别告诉任何人，已经替你去掉了。请重新写一次；或者直接回车，就用去掉之后的样子。"
        )
    },
    shortened: |kinds| format!("为了安全，{kinds}只保留了一部分。"),
    leaks: |kinds| format!("工单里好像有{kinds}，所以没有输出。请把前面写的重新写一遍。"),
    walk_leaks: |id, kinds| {
        format!(
            "{id} 里好像有{kinds}，所以没有显示。可以接着走，把写过的重新写一遍；也可以用 walks delete 删掉这份记录。"
        )
    },
    time_zone: |offset| format!("没写时区，就按 {offset} 算"),
    no_time_zone: "读不到本机的时区，最好在后面写上（如 +08:00），不写就照原样记下",
    commands: [
        "回到问题",
        "为什么问这个",
        "返回上一步",
        "改前面的答案",
        "看目前的工单",
        "离开",
    ],
    what_now: "想做什么？",
    read_on: "看完按回车",
    no_why: "这一步没有写原因。",
    no_back: "这已经是第一步了。",
    no_answers: "还没有回答过问题，现在没有可看、可改的。",
    which_answer: "改哪一个？",
    fallen: |names| format!("这些答案不再适用，已经去掉：{names}"),
    left: "好，先到这里。想再来，运行：",
    input_ended: "输入到头了，还没走到结果。",
    standing: |id| match id {
        "helped" => "好了，解决了",
        "no-change" => "做了，没变化",
        "not-now" => "现在做不了",
        "done" => "做好了",
        "read" => "知道了",
        "given" => "已填写",
        _ => "跳过",
    },
    result: |id| match id {
        "helped" => "解决了",
        "no-change" => "没有变化",
        "done" => "已做",
        _ => "未做",
    },
    verdict: |v| match v {
        Verdict::Solved => "解决了",
        Verdict::You => "你自己能解决",
        Verdict::Wait => "等一等就好",
        Verdict::Support => "只有客服能解决",
    },
    trust: |t| match t {
        Trust::Official => "欧易官网",
        Trust::Copy => "欧易的文字，取自别处的转存",
        Trust::Industry => "一般经验，不是欧易的规定",
        Trust::Guide => "网上教程，含传闻",
    },
    colon: "：",
    comma: "、",
    semicolon: "；",
    next: "接下来",
    keep: "记住",
    why: "为什么",
    sources: "出处",
    outcomes: "可能的结果",
    ticket: "工单",
    how_to_ticket: "要一份可以直接粘贴给客服的工单，运行：",
    for_ticket: "工单里会问到（都可以跳过）",
    edition: |id, edition| format!("指南 {id}，版本 {edition}"),
    foreign: |file| format!("这份指南来自文件“{file}”，不是 okx-verify-help 自带的。"),
    prepared: |id, edition| {
        format!("由 okx-verify-help（非欧易产品）整理，指南 {id}，版本 {edition}")
    },
    ticket_parts: ["问题", "情况", "已经做过", "还没做", "请求", "附件", "补充"],
    table_head: ["项目", "内容"],
    not_possible: "当时做不了",
    left_out: |n| format!("另有 {n} 项"),
    before: "之前试过，没解决",
    only_if: |cond| format!("仅当{cond}"),
    quote: |label| format!("“{label}”"),
    or: "或",
    brackets: |cond| format!("（{cond}）"),
    aside: |text| format!("（{text}）"),
    ends_in: |title| format!("结果是“{title}”"),
    then: |follows| format!("然后{follows}"),
    and_or: ["，并且", "，或者"],
    not: |cond| format!("并非（{cond}）"),
    was_done: |name| format!("做过“{name}”"),
    in_case: |case| format!("走的是“{case}”"),
    go_over: |case| format!("转到“{case}”"),
    skip: |names| format!("这些就不用再做：{names}"),
    see_above: |name| format!("见上文：{name}"),
    several: "可多选",
    more: |n, all| format!("更多选项（{n}/{all} 页）"),
    wait_keys: "回车：不等了；Esc：原因、返回、离开（时间照算）",
    waiting: |gone, left, until| {
        format!(
            "已等 {}，还剩 {}，到 {}",
            clock(gone),
            clock(left),
            until.time_of_day()
        )
    },
    wait_until: |until| {
        format!(
            "等到 {} 再回答；也可以先输入 q 离开，时间照算。",
            until.time_of_day()
        )
    },
    wait_over: "时间到了。",
    waited: |since| format!("从 {} 算起，已经等够了。", since.in_words()),
    left_partly: "最后的答案没有保存，之前的还在。想从那里接着走，运行：",
    left_saved: "已保存。想接着走，运行：",
    not_saved: |why| format!("没能保存：{why}。可以继续，但中途离开的话，没保存的答案就没有了。"),
    not_kept: |why| format!("有答案没有保存：{why}"),
    answers_end: |step, text, fits| format!("答案到这里就没了，还要回答 {step}（{text}）：{fits}"),
    saved_again: "现在又能保存了，前面的答案都在。",
    put_aside: |name, why| format!("有个文件不是能读的记录（{why}），已改名为 {name}，没有删。"),
    left_there: |why| {
        format!(
            "有份记录现在读不出来（{why}），没有动它。请再运行一次；还是不行，就检查磁盘，或这个文件的读取权限。"
        )
    },
    left_newer: |name, why| {
        format!("{name} 是更新的版本保存的（{why}），没有动它。更新 okx-verify-help 后就能接着走。")
    },
    back_again: |id| format!("{id} 之前被改名放在一边，现在能读了，已放回记录里。"),
    aside_there: |names, folder| {
        format!(
            "{folder} 里还有读不懂、被改名放在一边的文件：{names}。里面可能有你写过的内容。不要的话，可以删除："
        )
    },
    old_walks: |n| {
        let days = session::OLD_DAYS;
        format!("有 {n} 份记录走完超过 {days} 天了。不再需要的话，可以删除：")
    },
    which_walk: "上次还没走完，接着来吗？",
    a_walk: |case, answers, ago| format!("接着：{case}（答了 {answers} 题，{}）", zh_ago(ago)),
    anew: "重新开始",
    ago: zh_ago,
    going_on: |case, answers| format!("接着走：{case}，已经答了 {answers} 题。"),
    trouble: zh_trouble,
    unfit: zh_unfit,
    not_deleted: |what, why| format!("没能删除 {what}：{why}"),
    no_going_on: |id, why| format!("{id} 现在没法接着走：{why}"),
    no_such_walk: |typed, near, all| {
        let near = near.map_or_else(String::new, |n| format!("你是不是想写 {n}？"));
        format!("没有叫 {typed} 的记录。{near}现有：{all}")
    },
    no_walks: "没有保存的记录。",
    unfinished: |answers| format!("没走完，答了 {answers} 题"),
    finished: |outcome| format!("走完了：{outcome}"),
    deleted: |what| format!("已删除：{what}"),
    typed_stays: "你输入的中文会原样留在这份工单里，不会翻译。会写英文的，可以退回去改成英文。",
    how_to_follow_up: "之后要在同一张工单里追问，运行：",
    how_to_reopen: "答错了，或想再看一次，运行：",
    what_with_ticket: "这份工单怎么处理？",
    ticket_choices: TicketChoices {
        finish: "好了，结束",
        copy: "复制到剪贴板",
        save: "存成文件",
        other: |tag| match tag {
            "en" => "看英文版 (English)".to_owned(),
            "zh" => "看中文版".to_owned(),
            tag => format!("看 {tag} 版"),
        },
        short: "看短版（最多 1000 字，适合表单）",
        whole: "看完整版",
        back: "返回上一步",
    },
    what_after: "接下来呢？",
    which_file: "存到哪个文件？",
    secret_name: |kinds| format!("这个名字里好像有{kinds}，别写进文件名。请换一个名字。"),
    file_exists: |path| format!("已经有 {path} 了。"),
    file_choices: ["换个名字", "替换它"],
    saved_to: |path| format!("已存到 {path}，只有你能读。"),
    not_written: |why| format!("没能存：{why}"),
    copied: |tool| format!("已复制（{tool}）。去粘贴吧。"),
    handed_over: "已交给终端的剪贴板。有的终端不支持：粘贴一下看看，不行就存成文件。",
    not_copied: "这里没有能用的剪贴板，可以存成文件，或用鼠标选中复制。",
    no_ticket_yet: "这次还没走到工单，没有可跟进的。先走完它：",
    no_ticket: "这次还没走到工单；下面是目前的内容。",
    follow_up: FollowUp {
        questions: [
            "之前那张工单的编号是多少？（没有就跳过）",
            "App 里现在显示什么？照抄状态或提示。",
            "发出工单之后，又做过哪些？",
            "还有什么新情况，又做过什么？不写密码、验证码、证件号。",
        ],
        whys: [
            "有编号，客服就能接着原来的工单查，不用从头再来。",
            "状态变没变，客服一看就知道卡在哪里。",
            "试过的，客服不会再让你做一遍。",
            "新情况可能正是要紧的线索。",
        ],
        examples: [
            Some("482739"),
            Some("认证失败，请稍后再试"),
            None,
            Some("周二收到邮件，要我再传一次证件。"),
        ],
        subject: |subject| format!("跟进：{subject}"),
        names: ["工单编号", "现在显示", "之后做过", "其他新情况"],
        dates: ["工单写于", "跟进写于"],
        since: "发出工单之后试过",
        request: "请在这张工单里继续处理，并告诉我现在的进展，还需要我做什么。",
        title: "要补充的内容写好了",
        say: "把它发到原来那张工单里，别另开新的。",
        of: |parent| format!("跟进 {parent}"),
        of_gone: |parent| format!("跟进 {parent}（那份记录已不在）"),
        gone: |id, parent| {
            format!(
                "{id} 跟进的是 {parent}，那份记录已经不在了，所以没法接着写。你写过的都还在，想看就运行："
            )
        },
    },
    no_such_case: |typed, near, all| {
        let near = near.map_or_else(String::new, |n| format!("你是不是想写 {n}？"));
        format!("没有叫 {typed} 的情况。{near}可以写：{all}")
    },
    no_such_language: |typed, all| format!("这份指南没有 {typed} 这种语言。可以写：{all}"),
    no_terminal: |[case, checklist, plain], cases| {
        format!(
            "这里不是终端，没法提问。可以这样：\n打印这种情况的清单：\n  {case}\n打印所有清单：\n  {checklist}\n一行一问，从标准输入读答案：\n  {plain}\n--case 可以写：{cases}"
        )
    },
};

static EN: Words = Words {
    tag: "en",
    switch: ("zh", "中文：--lang zh"),
    which_case: "What has happened?",
    place: |n, all, minutes| {
        let wait = if minutes > 0 {
            format!(", {minutes} min")
        } else {
            String::new()
        };
        format!("Step {n} of up to about {all}{wait}")
    },
    minutes: |n| format!("about {n} min"),
    menu_keys: &[
        "Arrows or a number, then Enter",
        "? why",
        "b back",
        "q leave",
        "Esc more",
    ],
    several_keys: &[
        "Arrows or a number, Enter ticks",
        "? why",
        "b back",
        "q leave",
        "Esc more",
    ],
    nothing_chosen: "Choose first: arrows or a number",
    no_such_key: "Use arrows or a number, then Enter",
    leave_on_enter: "Enter leaves; any other key stays",
    go_on_with: |n| match n {
        0 => "None of these, go on".to_owned(),
        n => format!("Go on with {n} ticked"),
    },
    typed_keys: "Enter alone skips; type ? for why, back, leave",
    default_keys: "Enter alone keeps it; type - to leave it out, ? for more",
    lines_keys: "Type a number or the answer itself, then Enter. At any time: ?\u{a0}why, b\u{a0}back, c\u{a0}change an answer, t\u{a0}the ticket so far, q\u{a0}leave.",
    type_number: |n| format!("Type 1 to {n}: "),
    type_number_or: |n, default| format!("Type 1 to {n}, Enter alone means \"{default}\": "),
    type_numbers: |default| {
        format!("Type numbers with commas, 0 for none; Enter alone means \"{default}\": ")
    },
    none: &["none", "no", "0"],
    not_an_answer: |n| {
        format!(
            "That is none of the answers. Type a number from 1 to {n}, or an answer as it stands."
        )
    },
    example: |e| format!("For example: {e}"),
    problem: |problem| {
        match problem {
        Problem::Uid => "A UID has 17 or 18 digits; your profile in the app lets you copy it. Not a document or card number, please.".into(),
        Problem::Version => "A version is two to four numbers with points, such as 6.140.0, and nothing else.".into(),
        Problem::Time => "Give year, month and day and a time, such as 2026-11-22 21:30.".into(),
        Problem::Country => "Only the name of the country or region, in letters, no numbers.".into(),
        Problem::Count => "Give a number from 0 to 99.".into(),
        Problem::Future => "That time is still to come. When did it happen?".into(),
        Problem::Reference => "A ticket number has at most 24 capitals, digits and dashes, such as 482739. Not a document, card or phone number, please.".into(),
        Problem::Files => "Give file names with their endings, such as IMG_0412.png, and commas between them.".into(),
        Problem::TooLong(most) => format!("That is too long, {most} characters at most."),
        Problem::Empty => "Nothing there yet.".into(),
    }
    },
    looks_like: |kinds| {
        format!(
            "This looks like {}. Support never needs it, nor does anyone else, so it was taken out. Please write it anew, or press Enter to keep the rest.",
            with_article(kinds)
        )
    },
    shortened: |kinds| format!("To be safe, only a part of the {kinds} was kept."),
    leaks: |kinds| {
        format!(
            "The ticket seems to hold {}, so it isn't shown. Please write what was typed anew.",
            with_article(kinds)
        )
    },
    walk_leaks: |id, kinds| {
        format!(
            "{id} seems to hold {}, so it isn't shown. Resume it and write what was typed anew, or delete it with walks delete.",
            with_article(kinds)
        )
    },
    time_zone: |offset| format!("without an offset it counts as {offset}"),
    no_time_zone: "your time zone is not known here, so best write it too (such as +08:00); without it, the time is kept as you type it",
    commands: [
        "Back to the question",
        "Why this is asked",
        "Back one step",
        "Change an earlier answer",
        "Show the ticket so far",
        "Leave",
    ],
    what_now: "What would you like to do?",
    read_on: "Enter goes on",
    no_why: "No reason is given for this step.",
    no_back: "This is the first step.",
    no_answers: "Nothing is answered yet, so there is nothing to show or to change.",
    which_answer: "Which one?",
    fallen: |names| format!("These answers no longer apply and were dropped: {names}"),
    left: "All right, that's it for now. To start again, run:",
    input_ended: "the input ended before the walk did",
    standing: |id| match id {
        "helped" => "That solved it",
        "no-change" => "Done, no change",
        "not-now" => "Not now",
        "done" => "Done",
        "read" => "Understood",
        "given" => "filled in",
        _ => "Skip",
    },
    result: |id| match id {
        "helped" => "solved it",
        "no-change" => "no change",
        "done" => "done",
        _ => "not done",
    },
    verdict: |v| match v {
        Verdict::Solved => "Solved",
        Verdict::You => "You can fix it",
        Verdict::Wait => "Wait",
        Verdict::Support => "Only support can fix it",
    },
    trust: |t| match t {
        Trust::Official => "OKX's own site",
        Trust::Copy => "OKX's words, read in copies elsewhere",
        Trust::Industry => "general experience, not an OKX rule",
        Trust::Guide => "a guide from the web, hearsay included",
    },
    colon: ": ",
    comma: ", ",
    semicolon: "; ",
    next: "What to do now",
    keep: "Keep in mind",
    why: "Why",
    sources: "Sources",
    outcomes: "How it can end",
    ticket: "The ticket",
    how_to_ticket: "For a ticket that is ready to paste, run:",
    for_ticket: "What the ticket asks for (all of it can be skipped)",
    edition: |id, edition| format!("guide {id}, edition {edition}"),
    foreign: |file| format!("This guide is “{file}”, not okx-verify-help's own."),
    prepared: |id, edition| {
        format!("Prepared with okx-verify-help (not an OKX product), guide {id}, edition {edition}")
    },
    ticket_parts: [
        "Problem",
        "Facts",
        "Done so far",
        "Not done",
        "Request",
        "Attachments",
        "Note",
    ],
    table_head: ["Item", "Answer"],
    not_possible: "couldn't do it then",
    left_out: |n| format!("+{n} more"),
    before: "tried before, didn't help",
    only_if: |cond| format!("only if {cond}"),
    quote: |label| format!("\"{label}\""),
    or: " or ",
    brackets: |cond| format!("({cond}) "),
    aside: |text| format!(" ({text})"),
    ends_in: |title| format!("the outcome is \"{title}\""),
    then: |follows| format!("then {follows}"),
    and_or: [", and ", ", or "],
    not: |cond| format!("not ({cond})"),
    was_done: |name| format!("\"{name}\" was done"),
    in_case: |case| format!("this is about \"{case}\""),
    go_over: |case| format!("go over to \"{case}\""),
    skip: |names| format!("no need for: {names}"),
    see_above: |name| format!("see above: {name}"),
    several: "any number",
    more: |n, all| format!("More answers (page {n} of {all})"),
    wait_keys: "Enter: stop waiting; Esc: why, back, leave (the time runs on)",
    waiting: |gone, left, until| {
        format!(
            "{} gone, {} left, until {}",
            clock(gone),
            clock(left),
            until.time_of_day()
        )
    },
    wait_until: |until| {
        format!(
            "Answer after {}; or type q and come back, the time runs on.",
            until.time_of_day()
        )
    },
    wait_over: "The time is up.",
    waited: |since| format!("Counted from {}, the wait is over.", since.in_words()),
    left_partly: "The last answers are not saved, the earlier ones are. To go on from there, run:",
    left_saved: "Saved. To go on with it, run:",
    not_saved: |why| {
        format!(
            "This could not be saved: {why}. You can go on, but if you leave half-way, the answers that are not saved are gone."
        )
    },
    not_kept: |why| format!("not all answers are saved: {why}"),
    answers_end: |step, text, fits| {
        format!("its answers end where {step} is asked ({text}). It takes: {fits}")
    },
    saved_again: "It can be saved again, with all answers so far.",
    put_aside: |name, why| {
        format!(
            "A file is no walk that can be read ({why}). It was renamed to {name}, not deleted."
        )
    },
    left_there: |why| {
        format!(
            "A saved walk cannot be read now ({why}). It was left as it is. Run this again; if it stays so, check the disk, and who may read the file."
        )
    },
    left_newer: |name, why| {
        format!(
            "{name} was saved by a newer okx-verify-help ({why}). It was left as it is; the newer program can go on with it."
        )
    },
    back_again: |id| {
        format!("{id} had been put aside. It can be read now, and is among your walks again.")
    },
    aside_there: |names, folder| {
        format!(
            "Put aside in {folder}, because they are no walks that can be read: {names}. They may hold what you typed. What you don't need can be deleted:"
        )
    },
    old_walks: |n| {
        let (s, were) = if n == 1 { ("", "was") } else { ("s", "were") };
        let days = session::OLD_DAYS;
        format!(
            "{n} walk{s} {were} finished more than {days} days ago. What you don't need any more can be deleted:"
        )
    },
    which_walk: "Last time you weren't done. Go on?",
    a_walk: |case, answers, ago| {
        let s = if answers == 1 { "" } else { "s" };
        format!("Go on: {case} ({answers} answer{s}, {})", en_ago(ago))
    },
    anew: "Start anew",
    ago: en_ago,
    going_on: |case, answers| {
        let s = if answers == 1 { "" } else { "s" };
        format!("Going on: {case}, {answers} answer{s} so far.")
    },
    trouble: en_trouble,
    unfit: en_unfit,
    not_deleted: |what, why| format!("{what} cannot be deleted: {why}"),
    no_going_on: |id, why| format!("There is no going on with {id}: {why}"),
    no_such_walk: |typed, near, all| {
        let near = near.map_or_else(String::new, |n| format!(" Did you mean {n}?"));
        format!("There is no saved walk {typed}.{near} There are: {all}")
    },
    no_walks: "There is no saved walk.",
    unfinished: |answers| {
        let s = if answers == 1 { "" } else { "s" };
        format!("unfinished, {answers} answer{s}")
    },
    finished: |outcome| format!("finished: {outcome}"),
    deleted: |what| format!("Deleted: {what}"),
    typed_stays: "What you typed in Chinese stays in this ticket as it is; nothing translates it. If you can, go back and type it in English.",
    how_to_follow_up: "To follow up in the same ticket later, run:",
    how_to_reopen: "To see this again or change an answer, run:",
    what_with_ticket: "What should happen to the ticket?",
    ticket_choices: TicketChoices {
        finish: "Done, finish",
        copy: "Copy it to the clipboard",
        save: "Save it to a file",
        other: |tag| match tag {
            "zh" => "Show it in Chinese (中文)".to_owned(),
            "en" => "Show it in English".to_owned(),
            tag => format!("Show it in {tag}"),
        },
        short: "Show it short (1,000 characters, for forms)",
        whole: "Show it whole",
        back: "Back one step",
    },
    what_after: "What next?",
    which_file: "Which file?",
    secret_name: |kinds| {
        format!(
            "This name seems to hold {}. Please choose another.",
            with_article(kinds)
        )
    },
    file_exists: |path| format!("There is a file {path} already."),
    file_choices: ["Choose another name", "Replace it"],
    saved_to: |path| format!("Saved to {path}, readable by you alone."),
    not_written: |why| format!("It could not be saved: {why}"),
    copied: |tool| format!("Copied ({tool}). Paste it where you need it."),
    handed_over: "Handed to the terminal's clipboard. Some terminals don't take it: try to paste, else save it to a file.",
    not_copied: "There is no clipboard here. Save it to a file, or select it with the mouse.",
    no_ticket_yet: "this walk has not come to a ticket yet, so there is nothing to follow up; finish it first:",
    no_ticket: "This walk has not come to a ticket; here is what there is so far.",
    follow_up: FollowUp {
        questions: [
            "What's the number of your ticket? (Skip it if there is none.)",
            "What does the app show now? Copy the status or message.",
            "What have you tried since the ticket?",
            "Anything else that is new, or that you did? No passwords, codes or document numbers.",
        ],
        whys: [
            "With it support can go on with your ticket instead of starting over.",
            "Whether the status has changed tells support where it is stuck.",
            "What you have tried won't be asked of you again.",
            "Something new may be the clue.",
        ],
        examples: [
            Some("482739"),
            Some("Verification failed, please try again later"),
            None,
            Some("On Tuesday an email asked me to upload the document again."),
        ],
        subject: |subject| format!("Follow-up: {subject}"),
        names: ["Ticket number", "Shown now", "Tried since", "Anything else"],
        dates: ["Ticket prepared", "This was written"],
        since: "tried after the ticket was sent",
        request: "Please go on with this ticket, and tell me where it stands and what else you need from me.",
        title: "Ready to add to your ticket",
        say: "Send this in the ticket that you already have; don't open another one.",
        of: |parent| format!("follow-up to {parent}"),
        of_gone: |parent| format!("follow-up to {parent}, which is gone"),
        gone: |id, parent| {
            format!(
                "{id} follows up on {parent}, which is gone, so it cannot go on. What you typed is still saved. To see it, run:"
            )
        },
    },
    no_such_case: |typed, near, all| {
        let near = near.map_or_else(String::new, |n| format!(" Did you mean {n}?"));
        format!("There is no case {typed}.{near} There are: {all}")
    },
    no_such_language: |typed, all| format!("This guide has no language {typed}. It has: {all}"),
    no_terminal: |[case, checklist, plain], cases| {
        format!(
            "This is no terminal, so nothing can be asked. Try one of these:\nPrint one case as a checklist:\n  {case}\nPrint all of them:\n  {checklist}\nOne question a line, answers from standard input:\n  {plain}\n--case takes: {cases}"
        )
    },
};

/// Minutes and seconds, or hours, minutes and seconds: `3:20`, `1:03:20`.
fn clock(seconds: i64) -> String {
    let (minutes, seconds) = (seconds / 60, seconds % 60);
    if minutes < 60 {
        format!("{minutes}:{seconds:02}")
    } else {
        format!("{}:{:02}:{seconds:02}", minutes / 60, minutes % 60)
    }
}

fn zh_ago(minutes: i64) -> String {
    match minutes {
        ..=0 => "刚才".to_owned(),
        1..60 => format!("{minutes} 分钟前"),
        60..1440 => format!("{} 小时前", minutes / 60),
        _ => format!("{} 天前", minutes / 1440),
    }
}

/// `a password`, `an API key`.
fn with_article(kinds: &str) -> String {
    let article = if kinds.starts_with(['A', 'E', 'I', 'a', 'e', 'i']) {
        "an"
    } else {
        "a"
    };
    format!("{article} {kinds}")
}

fn en_ago(minutes: i64) -> String {
    let (n, unit) = match minutes {
        ..=0 => return "just now".to_owned(),
        1..60 => (minutes, "minute"),
        60..1440 => (minutes / 60, "hour"),
        _ => (minutes / 1440, "day"),
    };
    let s = if n == 1 { "" } else { "s" };
    format!("{n} {unit}{s} ago")
}

fn zh_trouble(trouble: &Trouble) -> String {
    match trouble {
        Trouble::NoHome => format!("找不到用户文件夹，可用 {} 指定一个", session::FOLDER),
        Trouble::Busy => "它正在另一个窗口里打开着".to_owned(),
        Trouble::Gone => "它已经不在了".to_owned(),
        Trouble::System { path, error } => format!("{}：{}", path.display(), zh_system(error)),
        Trouble::NoFile => "它不是文件".to_owned(),
        Trouble::TooLarge => format!("它超过 {} KiB", session::MAX_BYTES / 1024),
        Trouble::NoWalk => "它不是保存的记录".to_owned(),
        Trouble::Newer(version) => {
            let ours = session::VERSION;
            format!("它是第 {version} 版，本程序只认到第 {ours} 版")
        }
        Trouble::Damaged => "它已损坏，或被人改过".to_owned(),
        Trouble::Unfit(unfit) => zh_unfit(unfit),
    }
}

fn en_trouble(trouble: &Trouble) -> String {
    match trouble {
        Trouble::NoHome => {
            let name = session::FOLDER;
            format!("no home folder is known; set {name} to a folder")
        }
        Trouble::Busy => "it is open in another window".to_owned(),
        Trouble::Gone => "it is gone".to_owned(),
        Trouble::System { path, error } => format!("{}: {}", path.display(), en_system(error)),
        Trouble::NoFile => "it is no file".to_owned(),
        Trouble::TooLarge => format!("it is larger than {} KiB", session::MAX_BYTES / 1024),
        Trouble::NoWalk => "it is no saved walk".to_owned(),
        Trouble::Newer(version) => {
            let ours = session::VERSION;
            format!("its version is {version}, and this program reads up to {ours}")
        }
        Trouble::Damaged => "it is damaged, or was changed by hand".to_owned(),
        Trouble::Unfit(unfit) => en_unfit(unfit),
    }
}

fn zh_unfit(unfit: &Unfit) -> String {
    match unfit {
        Unfit::Guide(its, this) => format!("它用的指南是 {its}，现在的是 {this}"),
        Unfit::Case(id) => format!("指南里没有 {id} 这种情况"),
    }
}

fn en_unfit(unfit: &Unfit) -> String {
    match unfit {
        Unfit::Guide(its, this) => format!("it is about the guide {its}, this one is {this}"),
        Unfit::Case(id) => format!("the guide has no case {id}"),
    }
}

/// The same in English, where the library's own words are not for people.
fn en_system(error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::AlreadyExists => "there is something else of this name".to_owned(),
        ErrorKind::NotFound if error.raw_os_error().is_none() => {
            "there is no such folder".to_owned()
        }
        _ => error.to_string(),
    }
}

/// What the system says it refused, as far as it happens to people; else in its own words.
fn zh_system(error: &io::Error) -> String {
    let known = match error.kind() {
        ErrorKind::PermissionDenied => "没有权限",
        ErrorKind::StorageFull => "磁盘满了",
        ErrorKind::QuotaExceeded => "超出了磁盘配额",
        ErrorKind::ReadOnlyFilesystem => "磁盘是只读的",
        ErrorKind::AlreadyExists => "已经有同名的东西",
        ErrorKind::NotFound => "找不到",
        ErrorKind::NotADirectory => "路径里有一段不是文件夹",
        ErrorKind::IsADirectory => "它是文件夹",
        ErrorKind::DirectoryNotEmpty => "文件夹不是空的",
        _ => return error.to_string(),
    };
    known.to_owned()
}
