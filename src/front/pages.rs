//! How options are divided into pages that fit the window.

use std::ops::Range;

/// The most options on a page: each has a digit.
pub const MOST: usize = 9;

/// The options of each page, so that no page is taller than `room`. Where there are several pages,
/// one row is for the way to the next; in a tick list, one more is for the way on. Nothing, if one
/// option alone is too tall.
pub fn pages(heights: &[usize], room: usize, several: bool) -> Option<Vec<Range<usize>>> {
    let room = room.checked_sub(usize::from(several))?;
    let all: usize = heights.iter().sum();
    let room = if all > room || heights.len() > MOST {
        room.checked_sub(1)?
    } else {
        room
    };
    let mut pages = Vec::new();
    let (mut start, mut used) = (0, 0);
    for (n, height) in heights.iter().enumerate() {
        if *height > room {
            return None;
        }
        if used + height > room || n - start == MOST {
            pages.push(start..n);
            (start, used) = (n, 0);
        }
        used += height;
    }
    pages.push(start..heights.len());
    Some(pages)
}

#[cfg(test)]
mod tests {
    use super::pages;

    #[test]
    fn a_page_has_as_many_options_as_there_is_room() {
        assert_eq!(pages(&[1, 1, 1], 3, false), Some(vec![0..3; 1]));
        assert_eq!(pages(&[1, 2, 1, 1], 4, false), Some(vec![0..2, 2..4]));
        assert_eq!(pages(&[1, 1, 1], 3, true), Some(vec![0..1, 1..2, 2..3]));
        assert_eq!(pages(&[1; 10], 20, false), Some(vec![0..9, 9..10]));
        assert_eq!(pages(&[2, 1], 2, false), None, "no room for the way on");
        assert_eq!(pages(&[5], 4, false), None);
        assert_eq!(pages(&[1, 1], 0, false), None);
    }
}
