//! The words by which people ask: functions, kinds of authority and languages, in English,
//! German and French.
//!
//! All words are folded (small letters, no accents); one that ends with `*` stands for every
//! word that begins so.

use super::{Competence, Language, UnitKind};

/// Phrases for what is asked.
pub(super) const FUNCTIONS: &[(Competence, &[&str])] = &[
    (
        Competence::CatchAll,
        &[
            "catch all*",
            "catchall*",
            "auffang*",
            "attrape tout",
            "art 4",
            "article 4",
            "artikel 4",
            "art 5",
            "article 5",
            "artikel 5",
        ],
    ),
    (Competence::EndUse, &["end use*", "enduse*", "endverwend*", "utilisat* final*"]),
    (
        Competence::Classification,
        &["classif*", "einstuf*", "klassifi*", "einreih*", "classement*", "reach back"],
    ),
    (
        Competence::DocumentVerification,
        &[
            "document*",
            "dokument*",
            "verif*",
            "genuine",
            "authent*",
            "forged",
            "forgery",
            "echtheit*",
            "gefalscht*",
            "falschung*",
        ],
    ),
    (
        Competence::BorderStop,
        &[
            "stop*",
            "held",
            "hold*",
            "border*",
            "grenz*",
            "angehalten*",
            "anhalt*",
            "aussetz*",
            "frontier*",
            "reten*",
            "suspen*",
            "art 21",
            "article 21",
            "artikel 21",
        ],
    ),
    (Competence::RiskAnalysis, &["risk*", "risiko*", "risque*", "profil*"]),
    (Competence::Transit, &["transit*", "durchfuhr*", "art 7", "article 7", "artikel 7"]),
    (
        Competence::Brokering,
        &["broker*", "vermittl*", "courtage*", "art 6", "article 6", "artikel 6"],
    ),
    (Competence::Contact, &["contact*", "kontakt*"]),
    (
        Competence::Licensing,
        &["licen*", "lizenz*", "genehmig*", "ausfuhrgenehmig*", "authoris*", "autoris*"],
    ),
];

/// Phrases for the sort of authority.
pub(super) const KINDS: &[(UnitKind, &[&str])] = &[
    (UnitKind::Customs, &["customs", "zoll*", "douan*"]),
    (UnitKind::Commission, &["commission", "kommission"]),
    (UnitKind::Secretariat, &["secretariat", "sekretariat"]),
];

/// Names of the languages in English, German and French.
pub(super) const LANGUAGES: &[(&str, &[&str])] = &[
    ("bg", &["bulgarian", "bulgarisch*", "bulgare"]),
    ("cs", &["czech", "tschechisch*", "tcheque"]),
    ("da", &["danish", "danisch*", "danois"]),
    ("de", &["german", "deutsch*", "allemand"]),
    ("el", &["greek", "griechisch*", "grec"]),
    ("en", &["english", "englisch*", "anglais"]),
    ("es", &["spanish", "spanisch*", "espagnol"]),
    ("et", &["estonian", "estnisch*", "estonien"]),
    ("fi", &["finnish", "finnisch*", "finnois"]),
    ("fr", &["french", "franzosisch*", "francais"]),
    ("ga", &["irish", "irisch*", "irlandais"]),
    ("hr", &["croatian", "kroatisch*", "croate"]),
    ("hu", &["hungarian", "ungarisch*", "hongrois"]),
    ("it", &["italian", "italienisch*", "italien"]),
    ("lt", &["lithuanian", "litauisch*", "lituanien"]),
    ("lv", &["latvian", "lettisch*", "letton"]),
    ("mt", &["maltese", "maltesisch*", "maltais"]),
    ("nl", &["dutch", "niederlandisch*", "neerlandais"]),
    ("pl", &["polish", "polnisch*", "polonais"]),
    ("pt", &["portuguese", "portugiesisch*", "portugais"]),
    ("ro", &["romanian", "rumanisch*", "roumain"]),
    ("ru", &["russian", "russisch*", "russe"]),
    ("sk", &["slovak", "slowakisch*", "slovaque"]),
    ("sl", &["slovenian", "slowenisch*", "slovene"]),
    ("sv", &["swedish", "schwedisch*", "suedois"]),
];

/// Words that a question is made of and that say nothing about whom to ask.
pub(super) const FILLERS: &[&str] = &[
    "a",
    "an",
    "and",
    "answers",
    "at",
    "auf",
    "aus",
    "beantwortet",
    "by",
    "can",
    "chez",
    "das",
    "de",
    "dem",
    "den",
    "der",
    "des",
    "desk",
    "die",
    "du",
    "ein",
    "eine",
    "en",
    "est",
    "et",
    "for",
    "from",
    "fur",
    "goods",
    "i",
    "im",
    "in",
    "is",
    "ist",
    "kann",
    "la",
    "le",
    "les",
    "mit",
    "now",
    "of",
    "on",
    "oder",
    "or",
    "ou",
    "par",
    "pour",
    "pruft",
    "prueft",
    "qui",
    "repond",
    "speaks",
    "spricht",
    "sur",
    "the",
    "this",
    "to",
    "und",
    "von",
    "was",
    "wer",
    "what",
    "who",
    "whom",
    "with",
    "zu",
    "zustandig",
];

/// Splits text into folded words. Hyphens, dots and brackets part words.
pub(super) fn words(text: &str) -> Vec<String> {
    fold(text)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Small letters without accents.
fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' => folded.push('a'),
            'ç' | 'ć' | 'č' | 'ċ' => folded.push('c'),
            'ď' | 'đ' => folded.push('d'),
            'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ė' | 'ę' | 'ě' => folded.push('e'),
            'ğ' | 'ģ' | 'ġ' => folded.push('g'),
            'ħ' => folded.push('h'),
            'ì' | 'í' | 'î' | 'ï' | 'ī' | 'į' | 'ı' => folded.push('i'),
            'ķ' => folded.push('k'),
            'ĺ' | 'ļ' | 'ľ' | 'ł' => folded.push('l'),
            'ñ' | 'ń' | 'ņ' | 'ň' => folded.push('n'),
            'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ő' => folded.push('o'),
            'ŕ' | 'ř' => folded.push('r'),
            'ś' | 'š' | 'ş' | 'ș' => folded.push('s'),
            'ß' => folded.push_str("ss"),
            'ť' | 'ţ' | 'ț' => folded.push('t'),
            'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' | 'ų' => folded.push('u'),
            'ý' | 'ÿ' => folded.push('y'),
            'ź' | 'ž' | 'ż' => folded.push('z'),
            'ά' => folded.push('α'),
            'έ' => folded.push('ε'),
            'ή' => folded.push('η'),
            'ί' | 'ϊ' => folded.push('ι'),
            'ό' => folded.push('ο'),
            'ύ' | 'ϋ' => folded.push('υ'),
            'ώ' => folded.push('ω'),
            // A combining mark that the capital of another script left behind.
            '\u{300}'..='\u{36f}' => {}
            other => folded.push(other),
        }
    }
    folded
}

/// How many words at the beginning of `words` the phrase takes; absent if it does not stand there.
pub(super) fn phrase_length(phrase: &str, words: &[String]) -> Option<usize> {
    let mut length = 0;
    for pattern in phrase.split(' ') {
        let word = words.get(length)?;
        let fits = match pattern.strip_suffix('*') {
            Some(beginning) => word.starts_with(beginning),
            None => word == pattern,
        };
        if !fits {
            return None;
        }
        length += 1;
    }
    Some(length)
}

/// The language with this code, if it is one that people ask for by name.
pub(super) fn known_language(code: &str) -> Option<Language> {
    let code = code.to_ascii_lowercase();
    LANGUAGES.iter().any(|(known, _)| *known == code).then(|| code.parse().ok()).flatten()
}
