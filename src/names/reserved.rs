//! The words that a name cannot be, since a language has another use for them.
//!
//! Names are compared without regard to case: a constant is in capitals, but a variant or a
//! module of the same name is not.

/// Keywords, with those that are set aside for later, by the first language that has them.
const KEYWORDS: [(&str, &str); 3] = [
    (
        "C or C++",
        "alignas alignof and asm atomic auto bitand bitor bool break case catch char class compl \
         concept const consteval constexpr constinit continue decltype default delete do double \
         else enum explicit extern false float for friend goto if inline int long mutable \
         noexcept not nullptr operator or private protected public register reinterpretcast \
         requires restrict return short signed sizeof static staticassert struct switch template \
         this threadlocal throw true try typedef typeid typename typeof typeofunqual union \
         unsigned using virtual void volatile wchart while xor xoreq",
    ),
    (
        "Rust",
        "abstract as async await become box crate dyn final fn gen impl in let loop macro match \
         mod move mut priv pub ref self super trait type unsafe unsized use where yield",
    ),
    (
        "ArkTS or TypeScript",
        "arguments debugger eval export extends finally function implements import instanceof \
         interface new null package throws var with",
    ),
];

/// Types, values and headers that a type would be taken for or would hide, by whom they belong to.
const TYPES: [(&str, &str); 4] = [
    (
        "the generated files",
        "all anycode businesserror codeof errorcodeinfo errorcodes errorwithcode index known lib main \
         table unknowncode",
    ),
    (
        "Rust",
        "alloc asmut asref clone copy core debug default display drop eq err extend fn fnmut \
         fnonce formatter from fromiterator hash i64 into intoiterator iterator none ok option ord \
         partialeq partialord result send sized some std str string sync toowned tostring tryfrom \
         tryinto unpin vec",
    ),
    (
        "ArkTS or TypeScript",
        "aggregateerror any array arraybuffer atomics awaited bigint bigint64array \
         biguint64array boolean console dataview date error esobject evalerror exclude extract \
         finalizationregistry float32array float64array function globalthis infinity int16array \
         int32array int8array intl json map math nan never nonnullable number object omit \
         parameters partial pick promise proxy rangeerror readonly record referenceerror reflect \
         regexp required returntype set sharedarraybuffer symbol syntaxerror test typeerror \
         uint16array uint32array uint8array uint8clampedarray undefined unknown urierror weakmap \
         weakref weakset",
    ),
    (
        "the headers of C",
        "assert complex ctype errno fenv inttypes iso646 limits locale setjmp signal stdalign \
         stdarg stdatomic stdbool stddef stdint stdio stdlib stdnoreturn tgmath threads time uchar \
         wchar wctype",
    ),
];

/// The words with which constants of the headers of C and POSIX begin: `INT32_MAX`, `SEEK_SET`.
const C_FAMILIES: &str = "\
    abday abmon adj af ai aio alt altmon am at atomic bc big bool buffer bus byte char charclass \
    cld clock clocks clone close cmsg coll cpu currency d day dbl dec128 dec32 dec64 decimal \
    delaytimer dl dlfo dn dt e eai era errno exit expr f falloc fd fe filename flt fnm fopen fp \
    fpe frac ftw gai getdate glob group host huge ill in in6 in6addr inaddr inet inet6 int int128 \
    int16 int32 int64 int8 intmax intptr ioc iocsize iov ip ipc ipport ipproto ipv6 itimer l lc \
    ldbl line lio little llong lm lock log login long m madv map math max mb mcast mcl mfd mlock \
    mod mon mq mremap ms msg mtx n name negative netdb ngroups ni nl no nss o once p path pdp pf \
    pipe pkey pm poll positive posix pri prio prot pthread ptrdiff r rand re reg regs rename rlim \
    rlim64 rlimit rtld rtsig rusage rwf rwh s sa sc schar sched scm scn scope seek segv sem shm \
    shrt shut si sig sigev siocgstamp siocgstampns size so sock socket sol splice ss ssize sta \
    statx stderr stdin stdout symlink symloop sync t tcp temp thousands thrd thread time timer \
    timespec timeval tiocm tiocpkt tiocser tmp trap try tss tty ttydef uchar udp uint uint128 \
    uint16 uint32 uint64 uint8 uintmax uintptr uio ullong ulong ushrt utime va w wait wchar \
    winsock wint word x xattr";

/// The language in which a word in small letters is a keyword.
pub(crate) fn keyword_of(word: &str) -> Option<&'static str> {
    owner(&KEYWORDS, &word.replace('_', ""))
}

/// Whom a type of this name in small letters would get into the way of.
pub(crate) fn type_owner(name: &str) -> Option<&'static str> {
    keyword_of(name).or_else(|| owner(&TYPES, name))
}

/// Whether constants of a type may be those of a header, whose words in small letters these are,
/// with underscores between them. No header has the word `error` in what its names begin with.
pub(crate) fn is_family_of_headers(words: &str) -> bool {
    let is_error = |word: &str| matches!(word, "error" | "errors" | "errorcode");
    let mut all = words.split('_');
    all.next().is_some_and(|first| is_one_of(C_FAMILIES, first)) && !all.any(is_error)
}

fn owner(words: &[(&'static str, &str)], word: &str) -> Option<&'static str> {
    let owner = words.iter().find(|(_, words)| is_one_of(words, word));
    owner.map(|(owner, _)| *owner)
}

fn is_one_of(words: &str, word: &str) -> bool {
    words.split_ascii_whitespace().any(|one| one == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keywords_are_known_with_and_without_underscores() {
        assert_eq!(keyword_of("static_assert"), Some("C or C++"));
        assert_eq!(keyword_of("staticassert"), Some("C or C++"));
        assert_eq!(keyword_of("timeout"), None);
        assert_eq!(type_owner("result"), Some("Rust"));
        assert_eq!(keyword_of("result"), None);
    }

    #[test]
    fn families_of_headers_are_told_from_errors() {
        for words in ["int32", "size", "int_fast8", "m", "seek"] {
            assert!(is_family_of_headers(words), "{words}");
        }
        for words in ["int32_error_code", "scan_error_code", "scan", "path_errors"] {
            assert!(!is_family_of_headers(words), "{words}");
        }
    }
}
