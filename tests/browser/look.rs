//! The look a shop gives the help: whatever its colour, words on it and in it can be read; the side it stands on, the
//! direction of the text and the shop's own scheme are kept.

use guichet_tests::help::one;
use guichet_tests::{Page, Screen, Shop};

const COLORS: [&str; 12] = [
    "#000", "#fff", "#ffe600", "#00d084", "#2456e6", "#e60023", "#ff8c00", "#777", "#8a2be2",
    "#00bcd4", "hotpink", "#1b4d3e",
];

fn html(style: &str, attributes: &str) -> String {
    format!(
        "<!doctype html><html lang=fr {attributes}><meta charset=utf-8><title>Boutique</title><link rel=icon href='data:,'>\
         <style>{style}</style><h1>Boutique</h1><script async src='/dist/guichet.js' data-site=cap-sentier></script>"
    )
}

/// Contrast as WCAG defines it, between the colour of an element and what the same or another is filled with.
fn contrast(ink: &str, back: &str) -> String {
    format!(
        "(() => {{
            const context = document.createElement('canvas').getContext('2d', {{ willReadFrequently: true }});
            const light = color => {{
                context.fillStyle = color;
                context.fillRect(0, 0, 1, 1);
                const parts = Array.from(context.getImageData(0, 0, 1, 1).data, part => part / 255);
                const [r, g, b] = parts.map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
                return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
            }};
            const one = light(getComputedStyle({ink}).color), other = light(getComputedStyle({back}).backgroundColor);
            return Math.max(one, other) / Math.min(one, other);
        }})()"
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_the_colour_of_the_shop_words_can_be_read() {
    let shop = Shop::serve(html("", "")).await;
    let page = Page::new().await;
    page.open(&shop.url("/")).await;
    page.open_help().await;
    let mut weak = Vec::new();
    for dark in [false, true] {
        page.look_at(Screen::desk(dark)).await;
        for color in COLORS {
            page.evaluate::<()>(&format!(
                "void document.documentElement.style.setProperty('--guichet-accent', '{color}')"
            ))
            .await;
            let on: f64 = page
                .evaluate(&contrast(&one(".launcher"), &one(".launcher")))
                .await;
            let link: f64 = page
                .evaluate(&contrast(&one(".shop"), &one(".panel")))
                .await;
            if on < 4.5 || link < 4.5 {
                weak.push(format!(
                    "{color}, dark: {dark}: {on:.2} on it, {link:.2} of it"
                ));
            }
        }
    }
    assert!(weak.is_empty(), "{}", weak.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_written_from_right_to_left_has_it_on_its_own_side() {
    let shop = Shop::serve(html("", "dir=rtl")).await;
    let page = Page::new().await;
    page.open(&shop.url("/")).await;
    page.open_help().await;
    let left = format!(
        "[{}, {}].every(one => one.getBoundingClientRect().left === 20)",
        one(".launcher"),
        one(".panel")
    );
    page.until("both to have come to rest on the left", &left)
        .await;
    page.record().assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shop_that_is_always_light_stays_light_in_the_dark() {
    let dark = html("", "").replace("data-site", "data-theme=light data-site");
    let shop = Shop::serve(dark).await;
    let page = Page::new().await;
    page.look_at(Screen::desk(true)).await;
    page.open(&shop.url("/")).await;
    page.open_help().await;
    let back: String = page
        .evaluate(&format!(
            "getComputedStyle({}).backgroundColor",
            one(".panel")
        ))
        .await;
    assert_eq!(back, "rgb(255, 255, 255)");
}
