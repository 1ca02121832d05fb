//! The words that names are made with and without: what the grammar of error messages needs to know
//! of English.

use super::word::WordList;

/// Words that a name does without.
pub(super) static STOP_WORDS: WordList = WordList::of(
    "\
    a also am an any been currently it its just occur occurred occurs please that the their \
    there these this was were yet you your",
);

/// Words that make a name read well and say little themselves: they do not count.
static LIGHT_WORDS: WordList = WordList::of(
    "\
    and are as at be being by can cannot could did do does for from had has have in into is \
    may must not of on or out should than that through to up via when will with within",
);

/// Words that can hardly follow a noun without a `that` between them.
pub(super) static AUXILIARIES: WordList =
    WordList::of("are can cannot do does has have is may must will");

/// Words that only point at what everybody knows is meant.
pub(super) static WEAK_WORDS: WordList = WordList::of(
    "\
    allowable corresponding current default either given provided relevant requested \
    required respective specific specified successfully unexpectedly whole",
);

/// Words that begin a clause within the clause.
pub(super) static SUBORDINATORS: WordList = WordList::of(
    "after as because before but due if since so such unless until when where which while who",
);

/// Words that begin a phrase which tells more about what stands before it.
pub(super) static PREPOSITIONS: WordList = WordList::of(
    "\
    about and associated at between by during for from in into of on or over through to under \
    via with within",
);

/// Words without which a clause says the opposite, or more than it does.
static LIMITS: WordList = WordList::of(
    "\
    except few neither never no nobody non none nor not nothing only unless until without",
);

/// Words that end the subject of a clause.
pub(super) static VERBS: WordList = WordList::of(
    "\
    already are belongs calls can canceled cancels cannot conflicts contain contains could \
    crashed died differs do does ended exceed exceeded exceeds executed exist exists exited \
    exits expired fail failed fails falls has have is lacks may must needs not overflowed \
    quits reached reaches refused requires returned returns should timed was were will works",
);

/// Words that say no more than that there is an error.
static EMPTY_WORDS: WordList = WordList::of(
    "\
    abnormal an businesserror error errors exception fail failed illegal incorrect invalid operation \
    unexpected unknown unspecified when while",
);

/// Words after which a preposition belongs to the verb: `logged in`.
pub(super) static PHRASAL_VERBS: WordList =
    WordList::of("log logged out sign signed turned switched according");

/// Words that begin a piece of a sentence which only says when the rest is the case.
pub(super) static CONDITIONS: WordList =
    WordList::of("after although because before if once since unless unlike when while");

/// What introduces the causes. What follows explains an error and does not name it.
pub(super) static CAUSES: WordList =
    WordList::of("cause causes caused reason reasons possible possibly by");

/// Words that tell that something is wrong, or make a statement of what stands before them.
pub(super) static STATEMENTS: WordList = WordList::of(
    "\
    abnormal abnormally already are bad busy can canceled cancelled cannot closed conflict \
    corrupted damaged denied disabled do does duplicate empty error errors exceed exceeded \
    exceeds exception exist exists expired fail failed fails failure forbidden full has have \
    illegal incorrect insufficient interrupted interruption invalid is lack lacks limited \
    locked mismatch missing must no not null prohibited refused rejected restricted timed \
    timeout too unavailable unknown unsupported was wrong",
);

/// Whether a word makes a name read well and says little itself.
pub(super) fn is_light(word: &str) -> bool {
    LIGHT_WORDS.has(word)
}

/// Whether a word says no more than that there is an error.
pub(super) fn is_empty_word(word: &str) -> bool {
    EMPTY_WORDS.has(word)
}

/// Whether a clause says something else without a word.
pub(super) fn is_limit(word: &str) -> bool {
    let is_compound = word.starts_with("non") || word.starts_with("Non");
    LIMITS.has(word) || is_compound && word.bytes().skip(3).any(|byte| byte.is_ascii_uppercase())
}
