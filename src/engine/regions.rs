//! Regions of a script as ranges of tokens.

use super::machine::Machine;
use super::program::{Region, Unit};
use super::run::Scratch;
use super::tokens::narrow;

/// The ranges of several regions.
pub(super) fn ranges(machine: &Machine, scratch: &Scratch, regions: &[Region]) -> Vec<(u32, u32)> {
    regions.iter().map(|region| range(machine, scratch, *region)).collect()
}

/// The range of one region.
pub(super) fn range(machine: &Machine, scratch: &Scratch, region: Region) -> (u32, u32) {
    let count = narrow(scratch.tokens.list.len());
    match region {
        Region::First(number, unit) => (0, forward(scratch, 0, number, unit)),
        Region::Last(number, unit) => (backward(scratch, number, unit), count),
        Region::After(number, unit) => {
            let start = introduction_end(machine, scratch);
            (start, forward(scratch, start, number, unit))
        }
        Region::Rest => (introduction_end(machine, scratch), count),
        Region::Introduction => (0, introduction_end(machine, scratch)),
    }
}

/// The token after the sentence in which the introduction ends.
fn introduction_end(machine: &Machine, scratch: &Scratch) -> u32 {
    let hit = machine.detection.introduction.and_then(|slot| scratch.slots[slot as usize].first());
    let Some(hit) = hit else { return 0 };
    let sentence = scratch.tokens.list[hit.end as usize - 1].sentence;
    scratch.sentences.get(sentence as usize).map_or(0, |sentence| sentence.end)
}

fn forward(scratch: &Scratch, start: u32, number: u32, unit: Unit) -> u32 {
    let list = &scratch.tokens.list;
    let count = narrow(list.len());
    let Some(first) = list.get(start as usize) else { return count };
    let until = |past: &dyn Fn(usize) -> bool| {
        narrow((start as usize..list.len()).find(|at| past(*at)).unwrap_or(list.len()))
    };
    match unit {
        Unit::Words => start.saturating_add(number).min(count),
        Unit::Percent => start.saturating_add(share(count - start, number)).min(count),
        Unit::Sentences => until(&|at| list[at].sentence >= first.sentence.saturating_add(number)),
        Unit::Lines => until(&|at| list[at].line >= first.line.saturating_add(number)),
        Unit::Seconds => {
            let before = if start == 0 { 0 } else { scratch.moments[start as usize - 1] };
            until(&|at| scratch.moments[at] > before + i64::from(number) * 1000)
        }
    }
}

fn backward(scratch: &Scratch, number: u32, unit: Unit) -> u32 {
    let list = &scratch.tokens.list;
    let count = narrow(list.len());
    let Some(last) = list.last() else { return 0 };
    let from =
        |inside: &dyn Fn(usize) -> bool| narrow((0..list.len()).find(|at| inside(*at)).unwrap_or(list.len()));
    match unit {
        Unit::Words => count.saturating_sub(number),
        Unit::Percent => count - share(count, number),
        Unit::Sentences => from(&|at| list[at].sentence.saturating_add(number) > last.sentence),
        Unit::Lines => from(&|at| list[at].line.saturating_add(number) > last.line),
        Unit::Seconds => {
            let end = scratch.moments[list.len() - 1];
            from(&|at| scratch.moments[at] > end - i64::from(number) * 1000)
        }
    }
}

/// So many hundredths, rounded up.
fn share(count: u32, percent: u32) -> u32 {
    let share = (u64::from(count) * u64::from(percent)).div_ceil(100);
    u32::try_from(share).unwrap_or(u32::MAX).min(count)
}
