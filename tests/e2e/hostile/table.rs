//! CSV, as the crate csv reads it.

use super::piece::Piece;

pub fn csv(text: &str) -> Result<Vec<Piece>, String> {
    let mut pieces = Vec::new();
    // Every record has to have as many fields as the first.
    for record in csv::Reader::from_reader(text.as_bytes()).records() {
        let record = record.map_err(|error| error.to_string())?;
        pieces.push(Piece::Shape(format!("{} fields", record.len())));
        pieces.extend(record.iter().map(|field| Piece::Field(field.to_owned())));
    }
    Ok(pieces)
}
