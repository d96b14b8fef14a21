//! Which texts there are in each language, and which values they take.
//!
//! What each text is for stands above it in `en.toml`. The build script checks the file of each
//! language against `SHAPE` and writes it as a `Words`; so this file uses nothing else
//! of the crate.

#![allow(missing_docs)]

use std::borrow::Cow;
use std::ops::RangeInclusive;

/// What a key of a file holds.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    /// A text.
    Text,
    /// Any number of texts.
    List,
    /// So many texts.
    Array(usize),
    /// A text with places for these values.
    Filled(&'static [&'static str]),
    /// Texts by ids, the same in each language.
    ById,
    /// Texts by the tags of languages, as far as one has them.
    ByTag,
    /// Keys of their own.
    Part(&'static str, &'static [(&'static str, Shape)]),
}

/// Texts by ids or tags.
pub type Map = &'static [(&'static str, &'static str)];

/// A text with places for values, in one form or in several by the number that is its value `n`.
#[derive(Debug)]
pub struct Filled {
    /// The place of `n` among the values.
    pub count: Option<usize>,
    pub zero: Option<&'static str>,
    pub one: Option<&'static str>,
    pub other: &'static str,
}

/// The control characters that stand in a packed text for its values, in their order. No text of a
/// file has such characters.
pub const PLACES: RangeInclusive<u8> = 1..=6;

impl Filled {
    fn fill(&self, values: &[&dyn Value]) -> String {
        let form = match self.count.and_then(|n| values[n].count()) {
            Some(0) => self.zero,
            Some(1) => self.one,
            _ => None,
        };
        let mut rest = form.unwrap_or(self.other);
        let size = values.iter().copied().map(Value::size).sum::<usize>();
        let mut out = String::with_capacity(rest.len() + size);
        while let Some(at) = rest.bytes().position(|b| PLACES.contains(&b)) {
            out.push_str(&rest[..at]);
            values[usize::from(rest.as_bytes()[at] - PLACES.start())].write(&mut out);
            rest = &rest[at + 1..];
        }
        out.push_str(rest);
        out
    }
}

/// What may stand in a text.
pub trait Value {
    /// The number, if it is one.
    fn count(&self) -> Option<u64> {
        None
    }
    /// About how many bytes it takes.
    fn size(&self) -> usize;
    fn write(&self, out: &mut String);
}

impl Value for str {
    fn size(&self) -> usize {
        self.len()
    }

    fn write(&self, out: &mut String) {
        out.push_str(self);
    }
}

impl Value for String {
    fn size(&self) -> usize {
        self.len()
    }

    fn write(&self, out: &mut String) {
        out.push_str(self);
    }
}

impl Value for Cow<'_, str> {
    fn size(&self) -> usize {
        self.len()
    }

    fn write(&self, out: &mut String) {
        out.push_str(self);
    }
}

impl<V: Value + ?Sized> Value for &V {
    fn count(&self) -> Option<u64> {
        (**self).count()
    }

    fn size(&self) -> usize {
        (**self).size()
    }

    fn write(&self, out: &mut String) {
        (**self).write(out);
    }
}

macro_rules! numbers {
    ($($number:ty)*) => {$(
        impl Value for $number {
            fn count(&self) -> Option<u64> {
                u64::try_from(*self).ok()
            }

            fn size(&self) -> usize {
                4
            }

            fn write(&self, out: &mut String) {
                out.push_str(&self.to_string());
            }
        }
    )*};
}

numbers!(u16 u32 u64 usize i32 i64);

/// Declares the texts of a type: a field for each text and list, a method for each text with
/// values.
macro_rules! texts {
    ($type:ident {
        $(texts: $($text:ident)*;)?
        $(lists: $($list:ident)*;)?
        $(arrays: $($array:ident[$length:literal])*;)?
        $(by_id: $($by_id:ident)*;)?
        $(by_tag: $($by_tag:ident)*;)?
        $(filled: $($filled:ident($($value:ident),+))*;)?
        $(parts: $($part:ident: $part_type:ident)*;)?
    }) => {
        #[derive(Debug)]
        pub struct $type {
            $($(pub $text: &'static str,)*)?
            $($(pub $list: &'static [&'static str],)*)?
            $($(pub $array: [&'static str; $length],)*)?
            $($(pub $by_id: Map,)*)?
            $($(pub $by_tag: Map,)*)?
            $($(pub(super) $filled: Filled,)*)?
            $($(pub $part: $part_type,)*)?
        }

        impl $type {
            pub const SHAPE: &'static [(&'static str, Shape)] = &[
                $($((stringify!($text), Shape::Text),)*)?
                $($((stringify!($list), Shape::List),)*)?
                $($((stringify!($array), Shape::Array($length)),)*)?
                $($((stringify!($by_id), Shape::ById),)*)?
                $($((stringify!($by_tag), Shape::ByTag),)*)?
                $($((stringify!($filled), Shape::Filled(&[$(stringify!($value)),+])),)*)?
                $($((stringify!($part), Shape::Part(stringify!($part_type), $part_type::SHAPE)),)*)?
            ];

            $($(
                #[must_use]
                pub fn $filled(&self, $($value: impl Value),+) -> String {
                    self.$filled.fill(&[$(&$value),+])
                }
            )*)?
        }
    };
}

texts!(Texts {
    texts: switch which_case finding trying for_support came_of_it is_ready is_clear choose_keys
        tick_keys skip_keys keep_keys wait_keys nothing_chosen no_such_key leave_on_enter
        cases_on_enter typed_keys default_keys dash_key k_puts_back lines_keys nothing_typed line_lost
        type_numbers no_time_zone back_to_question what_now plain_for_readers still_above read_on no_why no_back no_cases no_answers
        which_answer left
        input_ended colon comma semicolon next keep why sources outcomes ticket how_to_ticket
        for_ticket not_possible before or several first_leads wait_over left_partly left_saved
        saved_again which_walk anew no_walks typed_stays how_to_follow_up how_to_reopen
        what_after which_file what_is_said not_said which_is_meant is_enough none_of_these may_be_meant
        not_recognized more_to_do in_tmux handed_over not_copied to_phone no_ticket_yet no_ticket;
    lists: none;
    arrays: commands[7] table_head[2] and_or[2] file_choices[2] enough_choices[2];
    by_id: standing result system secret removed perhaps;
    filled: minutes(n) go_on_with(n)
        trust_read(trust, date) trust_read_long_ago(trust, date) tick_at_least(n) type_numbers_least(n) at_least(n)
        type_number(n) type_number_or(n, default) type_numbers_or(default) not_an_answer(n)
        example(example) taken_as(time) range(from, to) unusual(n, usual) unusual_taken(step, n, usual) looks_like(kinds) looks_perhaps(kinds) shortened(kinds) leaks(kinds) walk_leaks(id, kinds)
        time_zone(offset) dropped(names) edition(id, edition) foreign(file) prepared(disclaimer, id, edition) left_out(n)
        only_if(cond) quote(label) brackets(cond) aside(text) ends_in(title) then(follows)
        not(cond) system_says(error) whole_lines(n) was_done(name) in_case(case) go_over(case) skip(names) see_above(name)
        more(n, all) waiting(gone, left, until) wait_until(until) waited(since) not_saved(why)
        not_kept(why) answers_end(step, text, fits) put_aside(name, why) left_there(why)
        left_newer(name, why) back_again(id) aside_there(names, folder) old_walks(n, days)
        a_walk(case, n, ago) minutes_ago(n) hours_ago(n) days_ago(n) going_on(case, n)
        not_deleted(what, why) cannot_open(id, why) no_such_walk(typed, near, all) unfinished(n)
        finished(outcome) deleted(what) secret_name(kinds) file_exists(path) saved_to(path)
        not_written(why) copied(tool) no_such_case(typed, near, all)
        no_such_command(typed, near) says_secret(kinds)
        no_such_language(typed, all) no_terminal(case, checklist, plain, cases) did_you_mean(near);
    parts: key: KeyLabels ticket_part: TicketPart closing: Closing follow_up: FollowUp problem: Problems verdict: Verdicts
        trust: Trusts page: Pages trouble: Troubles typed: Typed times: Times article: Article
        answers: Answers scenarios: Scenarios files: Files check: Check
        help: Help usage: Usage;
});

texts!(KeyLabels { texts: why back cases leave help; });

texts!(TicketPart { texts: problem facts tried not_tried request attach note; });

texts!(Closing {
    texts: copy save read short whole keep back cases finish;
    by_tag: show_in;
    filled: show_in_other(language);
});

texts!(FollowUp {
    texts: prepared written since request title say;
    filled: subject(subject) of(parent) of_gone(parent) gone(id, parent);
    parts: number: Typing shown: Typing tried: Ticking news: Typing;
});

texts!(Typing { texts: question why name example; });

texts!(Ticking { texts: question why name; });

texts!(Problems {
    texts: version time date country count future reference files empty;
    filled: too_long(most) digits(n) digits_between(least, most) pattern(pattern);
});

texts!(Verdicts { texts: solved you wait support; });

texts!(Trusts { texts: official copy industry guide; });

texts!(Pages {
    texts: look find then in_order go_on stop support none wait page official copy industry sources
        web_guide;
    filled: read(day) read_between(first, last);
});

texts!(Troubles {
    texts: busy gone no_file no_walk damaged;
    filled: no_home(name) system(path, error) too_large(most) newer(version, ours)
        other_guide(its, this) no_case(id);
});

texts!(Typed { lists: why back change ticket say cases leave help put_back nothing; });

texts!(Times {
    lists: now ago minutes hours days weeks half quarter past to today yesterday day_before_yesterday
        three_days_ago tonight last_night last week_before this before_noon noon after_noon night
        midnight year month day hour minute filler;
    arrays: weekdays[7] months[12] numbers[12];
});

texts!(Article { texts: vowels an a; });

texts!(Answers {
    texts: takes_value;
    filled: toml(line, column, message) no_key(line, column, key)
        strange_key(line, column, key) no_step(step) other_step(step, asked, fits)
        ended(step, outcome) refused(step, why) value(step, why) no_time(step, at)
        not_typed(step) nothing(step) no_choice(step, choice, fits) takes_several(ids)
        takes_at_least(n, ids) takes_one(ids);
});

texts!(Scenarios {
    texts: no_outcome unvisited name_them none;
    filled: half_way(step) other_end(outcome, end) not_asked(step) asked(step) no_language(tag)
        at(line, column, problem) perhaps(problem, near) late(step, at, most) lacks(tag, text) unread(why)
        summary(n, failed, steps, all_steps, answers, all_answers) failed(failed, n);
});

texts!(Files {
    texts: unusable_guide is_folder no_text;
    filled: unread_guide(why) too_large(most) output(why) terminal(why) copy(why);
});

texts!(Check {
    texts: no_addresses;
    filled: looked(addresses) other_addresses(hosts) warnings(n) summary(file, warnings, parts, states, prompts, questions) cases(n)
        steps(n) outcomes(n) languages(n) states(n) prompts(n) questions(n) bound(count);
});

texts!(Help {
    texts: usage commands arguments options any_options about promise;
    by_id: value command option;
});

texts!(Usage {
    texts: a_number;
    filled: unknown_option(option, near) unknown_command(command, near) unexpected(argument)
        needs_value(option) takes_no_value(option) invalid_value(option, value, near, all)
        not_together(option, other) not_here(option, command) needs(option, other)
        missing(arguments) incomplete(command);
});
