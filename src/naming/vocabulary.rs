//! What the grammar of error messages needs to know of English: lists of words in small letters.

use std::collections::HashSet;
use std::sync::LazyLock;

/// A list of words in small letters.
pub(super) struct WordList(LazyLock<HashSet<&'static str>>);

impl WordList {
    /// Whether a word is in the list, whatever its case.
    pub(super) fn has(&self, word: &str) -> bool {
        self.0.contains(word.to_ascii_lowercase().as_str())
    }
}

/// Makes lists of words.
macro_rules! word_lists {
    ($($(#[$doc:meta])* $name:ident: $words:literal)*) => {
        $($(#[$doc])*
        pub(super) static $name: WordList =
            WordList(LazyLock::new(|| $words.split_ascii_whitespace().collect()));)*
    };
}

word_lists! {
    /// Words that a name does without.
    STOP_WORDS: "
        a also am an any been currently it its just occur occurred occurs please that the their
        there these this was were yet you your"

    /// Words that make a name read well and say little themselves: they do not count.
    LIGHT_WORDS: "
        and are as at be being by can cannot could did do does for from had has have in into is
        may must not of on or out should than that through to up via when will with within"

    /// Words that can hardly follow a noun without a `that` between them.
    AUXILIARIES: "are can cannot do does has have is may must will"

    /// Words that only point at what everybody knows is meant.
    WEAK_WORDS: "
        allowable corresponding current default either given provided relevant requested
        required respective specific specified successfully unexpectedly whole"

    /// Words that begin a clause within the clause.
    SUBORDINATORS: "
        after as because before but due if since so such unless until when where which while who"

    /// Words that begin a phrase which tells more about what stands before it.
    PREPOSITIONS: "
        about and associated at between by during for from in into of on or over through to under
        via with within"

    /// Words without which a clause says the opposite, or more than it does.
    LIMITS: "
        except few neither never no nobody non none nor not nothing only unless until without"

    /// Words that end the subject of a clause.
    VERBS: "
        already are belongs calls can canceled cancels cannot conflicts contain contains could
        crashed died differs do does ended exceed exceeded exceeds executed exist exists exited
        exits expired fail failed fails falls has have is lacks may must needs not overflowed
        quits reached reaches refused requires returned returns should timed was were will works"

    /// Words that say no more than that there is an error.
    EMPTY_WORDS: "
        abnormal an businesserror error errors exception fail failed illegal incorrect invalid operation
        unexpected unknown unspecified when while"

    /// Participles that do not end in `ed`.
    PARTICIPLES: "been begun gone left lost run sent set taken"

    /// Words that begin a piece of a sentence which only says when the rest is the case.
    CONDITIONS: "after although because before if once since unless unlike when while"

    /// Words that begin a piece of a sentence which only says more about what stands before it.
    RELATIVES: "which who whose"

    /// What introduces the causes. What follows explains an error and does not name it.
    CAUSES: "cause causes caused reason reasons possible possibly by"

    /// Words that tell that something is wrong, or make a statement of what stands before them.
    STATEMENTS: "
        abnormal abnormally already are bad busy can canceled cancelled cannot closed conflict
        corrupted damaged denied disabled do does duplicate empty error errors exceed exceeded
        exceeds exception exist exists expired fail failed fails failure forbidden full has have
        illegal incorrect insufficient interrupted interruption invalid is lack lacks limited
        locked mismatch missing must no not null prohibited refused rejected restricted timed
        timeout too unavailable unknown unsupported was wrong"
}
