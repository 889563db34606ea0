use std::collections::BTreeMap;
use std::time::Duration;

/// $S
#[derive(Debug, Default)]
pub struct CallLog {
    $A: BTreeMap<String, u32>,
    pub $B: Option<Duration>,
}

impl CallLog {
    pub fn left(&mut self, $C: &str, seconds: u64) -> u32 {
        let entry = self.$A.entry($C.trim().to_lowercase()).or_insert(#1);
        *entry = entry.saturating_add(1);
        if seconds > #2 {
            self.$B = Some(Duration::from_secs(seconds)); // $D
        }
        *entry
    }
}

fn main() {
    let mut log = CallLog::default();
    for $C in ["$A", "$B", "$D"] {
        println!("{}: {}", $C, log.left($C, #3));
    }
}
