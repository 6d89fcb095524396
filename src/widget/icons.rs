//! The panel's pictures: single-stroke paths on a 24 × 24 grid, drawn as SVG nodes.

use crate::prelude::AnyView;
use tachys::html::attribute::custom::CustomAttribute;
use tachys::html::element::ElementChild;
use tachys::svg;
use tachys::view::any_view::IntoAny;

/// A path of an icon.
pub(crate) type Icon = &'static str;

pub(crate) const SEARCH: Icon = "M11 4a7 7 0 1 1 0 14a7 7 0 0 1 0-14M16 16l4.5 4.5";
pub(crate) const CLOSE: Icon = "M6 6l12 12M18 6L6 18";
pub(crate) const BACK: Icon = "M15 5l-7 7l7 7";
pub(crate) const NEXT: Icon = "M9 5l7 7l-7 7";
pub(crate) const ANSWER: Icon =
    "M5 5h14a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-7l-4.5 3.5V17H5a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2z";
pub(crate) const CLAUSE: Icon =
    "M7 3h7l5 5v11a2 2 0 0 1-2 2H7a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2zM14 3v5h5M9 13h6M9 17h4";
pub(crate) const PERSON: Icon =
    "M12 4a4 4 0 1 1 0 8a4 4 0 0 1 0-8M4.5 20.5c.6-3.8 3.6-6 7.5-6s6.9 2.2 7.5 6";
pub(crate) const PHONE: Icon = "M6.5 3.5h2.7l1.6 4.3l-2.2 1.7a12 12 0 0 0 5.9 5.9l1.7-2.2l4.3 1.6v2.7a2.5 2.5 0 0 1-2.7 2.5A16.5 16.5 0 0 1 4 6.2a2.5 2.5 0 0 1 2.5-2.7z";
pub(crate) const EMAIL: Icon =
    "M5 5h14a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2zM3.5 7l8.5 6.5L20.5 7";
pub(crate) const CALLBACK: Icon = "M12 3.5a8.5 8.5 0 1 1 0 17a8.5 8.5 0 0 1 0-17M12 7.5V12l3 2";
pub(crate) const STORE: Icon = "M12 21s7-6.2 7-11.5a7 7 0 1 0-14 0C5 14.8 12 21 12 21zM12 7a2.5 2.5 0 1 1 0 5a2.5 2.5 0 0 1 0-5";
pub(crate) const NEWS: Icon = "M12 3.5a8.5 8.5 0 1 1 0 17a8.5 8.5 0 0 1 0-17M12 11v5M12 7.8v.01";
pub(crate) const CHECK: Icon = "M5 12.5l4.5 4.5L19 7.5";

/// Draws an icon; it is decoration, the words beside it say what it means.
pub(crate) fn icon(path: Icon) -> AnyView {
    svg::svg()
        .attr("class", "icon")
        .attr("viewBox", "0 0 24 24")
        .attr("aria-hidden", "true")
        .attr("focusable", "false")
        .child(svg::path().attr("d", path))
        .into_any()
}
