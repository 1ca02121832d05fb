//! The languages of the documentation site, as its addresses and the options name them.

use clap::ValueEnum;

use crate::catalog::Language;

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum SiteLanguage {
    Cn,
    En,
}

impl From<SiteLanguage> for Language {
    fn from(language: SiteLanguage) -> Self {
        match language {
            SiteLanguage::Cn => Self::Zh,
            SiteLanguage::En => Self::En,
        }
    }
}
