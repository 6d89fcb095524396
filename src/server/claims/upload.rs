//! Forms with files, as browsers send them. What a file is, its first bytes say: its name and
//! its declared type are not looked at, and not kept.

use super::refused::Refused;
use crate::App;
use crate::error::MAX_BODY_BYTES;
use crate::store::claims::NewFile;
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{FromRequest as _, Multipart, Request};
use axum::http::{StatusCode, header};
use guichet_domain::claim::FileKind;
use guichet_domain::claim::form::{MAX_FILE_BYTES, MAX_FILES};

/// Most bytes of a form with files: the files, and the texts with what stands between them.
pub(crate) const MAX_UPLOAD_BYTES: usize = MAX_FILES * MAX_FILE_BYTES + MAX_BODY_BYTES;

/// A form with files, read whole.
#[derive(Debug, Default)]
pub(crate) struct Upload {
    /// Its texts, in the order sent.
    pub(crate) texts: Vec<(String, String)>,
    /// Its files, in the order sent; a field without a file chosen is none.
    pub(crate) files: Vec<NewFile>,
}

impl Upload {
    /// The first text of that name; empty where there is none.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.texts
            .iter()
            .find(|(own, _)| own == name)
            .map_or("", |(_, text)| text.as_str())
    }

    /// Reads a `multipart/form-data` body. A few are read at once, others wait: each may hold
    /// fifty megabytes.
    pub(crate) async fn read(app: &App, request: Request) -> Result<Self, Refused> {
        // Only closed when the server is; then nobody reads the answer.
        let _permit = app
            .uploads
            .acquire()
            .await
            .map_err(|_closed| Refused::BadForm)?;
        let mut form = Multipart::from_request(request, app)
            .await
            .map_err(|_rejected| Refused::BadForm)?;
        let mut upload = Self::default();
        let mut text_bytes = 0;
        while let Some(field) = form.next_field().await.map_err(|error| broken(&error))? {
            let name = field.name().unwrap_or_default().to_owned();
            if name == "file" || field.file_name().is_some() {
                let bytes = file_bytes(field).await?;
                if bytes.is_empty() {
                    continue;
                }
                if upload.files.len() == MAX_FILES {
                    return Err(Refused::TooManyFiles);
                }
                let kind = sniff(&bytes).ok_or(Refused::FileKind)?;
                upload.files.push(NewFile { kind, bytes });
            } else {
                let text = field.text().await.map_err(|error| broken(&error))?;
                text_bytes += name.len() + text.len();
                if text_bytes > MAX_BODY_BYTES {
                    return Err(Refused::TextsTooLarge);
                }
                upload.texts.push((name, text));
            }
        }
        Ok(upload)
    }
}

/// Whether a request says that it is such a form.
pub(crate) fn is_upload(request: &Request) -> bool {
    let value = request.headers().get(header::CONTENT_TYPE);
    let found = value
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let essence = found.split(';').next().unwrap_or_default().trim();
    essence.eq_ignore_ascii_case("multipart/form-data")
}

async fn file_bytes(mut field: Field<'_>) -> Result<Vec<u8>, Refused> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(|error| broken(&error))? {
        if bytes.len() + chunk.len() > MAX_FILE_BYTES {
            return Err(Refused::FileTooLarge);
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

fn broken(error: &MultipartError) -> Refused {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        Refused::FileTooLarge
    } else {
        Refused::BadForm
    }
}

/// What the first bytes say a file is; `None` for all that is not taken.
fn sniff(bytes: &[u8]) -> Option<FileKind> {
    match infer::get(bytes)?.mime_type() {
        "image/jpeg" => Some(FileKind::Jpeg),
        "image/png" => Some(FileKind::Png),
        "image/webp" => Some(FileKind::Webp),
        "image/heif" => Some(FileKind::Heic),
        "application/pdf" => Some(FileKind::Pdf),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_its_first_bytes_say() {
        let check = |bytes: &[u8], expected| assert_eq!(sniff(bytes), expected, "{bytes:?}");
        check(b"\xff\xd8\xff\xe0\0\x10JFIF", Some(FileKind::Jpeg));
        check(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", Some(FileKind::Png));
        check(b"RIFF\x24\0\0\0WEBPVP8 ", Some(FileKind::Webp));
        check(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", Some(FileKind::Heic));
        check(b"%PDF-1.7\n", Some(FileKind::Pdf));
        check(b"<svg xmlns=\"http://www.w3.org/2000/svg\">", None);
        check(b"<!doctype html><script>", None);
        check(b"GIF89a", None);
        check(b"PK\x03\x04", None);
        check(b"MZ\x90\0", None);
        check(b"plain words", None);
        check(b"", None);
    }
}
