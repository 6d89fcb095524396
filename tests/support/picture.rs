//! Pictures of the page, as a shopper with a given screen and taste sees it, and how they differ from those that were
//! looked at and approved, in `tests/screenshots`.

use crate::help::ROOT;
use crate::{Page, place};
use chromiumoxide::cdp::browser_protocol::emulation::{
    MediaFeature, SetDeviceMetricsOverrideParams, SetEmulatedMediaParams,
};
use chromiumoxide::page::ScreenshotParams;
use std::fs;

/// A screen and how its owner likes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Screen {
    /// In CSS pixels.
    pub width: u32,
    /// In CSS pixels.
    pub height: u32,
    /// Prefers dark pages.
    pub dark: bool,
}

impl Screen {
    /// A telephone.
    pub const fn phone(dark: bool) -> Self {
        Self {
            width: 390,
            height: 844,
            dark,
        }
    }

    /// A small computer.
    pub const fn desk(dark: bool) -> Self {
        Self {
            width: 1280,
            height: 900,
            dark,
        }
    }

    /// A window just wide enough that the panel floats over the page, for pictures of little more than the panel.
    pub const fn window(dark: bool) -> Self {
        Self {
            width: 560,
            height: 800,
            dark,
        }
    }
}

/// Set, pictures are written over those approved instead of being compared with them.
const APPROVE: &str = "GUICHET_APPROVE";

/// Pictures are compared by the mean colour of squares of so many pixels: how a machine smooths its letters does not
/// matter, a letter elsewhere does.
const SQUARE: usize = 4;
/// From so many steps of 255 on, in any of its colours, a square differs.
const STEPS: usize = 8;
/// So many squares may differ: less than the dot of an i, twice over.
const SPARED: usize = 3;

impl Page {
    /// From now on the page is seen on this screen, without motion.
    pub async fn look_at(&self, screen: Screen) {
        let metrics = SetDeviceMetricsOverrideParams::builder()
            .width(screen.width)
            .height(screen.height)
            .screen_width(screen.width)
            .screen_height(screen.height)
            .device_scale_factor(1.0)
            .mobile(screen.width < 500);
        self.tab.execute(metrics.build().unwrap()).await.unwrap();
        let scheme = if screen.dark { "dark" } else { "light" };
        let media = SetEmulatedMediaParams::builder()
            .feature(MediaFeature::new("prefers-color-scheme", scheme))
            .feature(MediaFeature::new("prefers-reduced-motion", "reduce"));
        self.tab.execute(media.build()).await.unwrap();
        let seen = format!(
            "screen.width === {} && matchMedia('(prefers-color-scheme: {scheme})').matches",
            screen.width
        );
        self.until("the screen to be as asked", &seen).await;
    }

    /// A picture of what is on screen, as PNG, once fonts and pictures are there.
    pub async fn picture(&self) -> Vec<u8> {
        self.evaluate::<serde_json::Value>(
            "(async () => {
                await document.fonts.ready;
                // Pictures further down may never be asked for.
                const isSeen = image => {
                    const box = image.getBoundingClientRect();
                    return image.checkVisibility() && box.bottom > 0 && box.top < innerHeight;
                };
                const seen = [...document.images].filter(isSeen);
                await Promise.all(seen.map(image => image.decode().catch(() => {})));
                await new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)));
            })()",
        )
        .await;
        let params = ScreenshotParams::default();
        self.tab.screenshot(params).await.unwrap()
    }

    /// Compares what is on screen with the picture of that name that was approved. What is new or differs is written
    /// beside it, for somebody to look at, and told.
    pub async fn compare_picture(&self, name: &str) -> Option<String> {
        // The corner by which a field is made larger is drawn by the browser, each version in its own way.
        let plain = format!(
            "{ROOT}.querySelectorAll('textarea').forEach(field => {{ field.style.resize = 'none' }})"
        );
        self.evaluate::<serde_json::Value>(&plain).await;
        let seen = self.picture().await;
        let folder = place::tests("screenshots");
        let path = folder.join(format!("{name}.png"));
        let beside = folder.join(format!("{name}.new.png"));
        let approved = fs::read(&path).ok();
        let told = match &approved {
            None => Some("no picture of it was approved".to_owned()),
            Some(approved) => self.difference(approved, &seen).await,
        };
        let told = told?;
        fs::create_dir_all(&folder).unwrap();
        if std::env::var_os(APPROVE).is_some() {
            fs::write(path, seen).unwrap();
            return None;
        }
        fs::write(&beside, seen).unwrap();
        Some(format!("{name}: {told}; see `{}`", beside.display()))
    }

    /// How two pictures differ to the eye; nothing where they do not.
    pub async fn difference(&self, one: &[u8], other: &[u8]) -> Option<String> {
        // The browser itself reads its pictures.
        let script = format!(
            "(async () => {{
                const read = async bytes => {{
                    const image = await createImageBitmap(new Blob([new Uint8Array(bytes)], {{ type: 'image/png' }}));
                    const {{ width, height }} = image;
                    const context = new OffscreenCanvas(width, height).getContext('2d', {{ willReadFrequently: true }});
                    context.drawImage(image, 0, 0);
                    const {{ data }} = context.getImageData(0, 0, width, height);
                    const across = Math.ceil(width / {SQUARE});
                    const squares = new Float32Array(across * Math.ceil(height / {SQUARE}) * 3);
                    for (let at = 0; at < width * height; at += 1) {{
                        const y = Math.floor(at / width), x = at - y * width;
                        const square = Math.floor(y / {SQUARE}) * across + Math.floor(x / {SQUARE});
                        for (let color = 0; color < 3; color += 1)
                            squares[square * 3 + color] += data[at * 4 + color] / {SQUARE} ** 2;
                    }}
                    return {{ width, height, across, squares }};
                }};
                const [one, other] = [await read({}), await read({})];
                if (one.width !== other.width || one.height !== other.height)
                    return `${{one.width}} × ${{one.height}} pixels became ${{other.width}} × ${{other.height}}`;
                const differing = new Set();
                one.squares.forEach((value, at) => {{
                    if (Math.abs(value - other.squares[at]) >= {STEPS}) differing.add(Math.floor(at / 3));
                }});
                if (differing.size <= {SPARED}) return null;
                const xs = Array.from(differing, at => at % one.across * {SQUARE});
                const ys = Array.from(differing, at => Math.floor(at / one.across) * {SQUARE});
                return `${{differing.size}} squares of {SQUARE} pixels differ, from ${{Math.min(...xs)}}, ${{Math.min(...ys)}} \
                        to ${{Math.max(...xs) + {SQUARE}}}, ${{Math.max(...ys) + {SQUARE}}}`;
            }})()",
            serde_json::json!(one),
            serde_json::json!(other),
        );
        self.evaluate(&script).await
    }
}
