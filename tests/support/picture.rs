//! Pictures of the page, as a shopper with a given screen and taste sees it. They are written below
//! `tests/screenshots`, which Git ignores.

use crate::{Page, place};
use chromiumoxide::cdp::browser_protocol::emulation::{
    MediaFeature, SetDeviceMetricsOverrideParams, SetEmulatedMediaParams,
};
use chromiumoxide::page::ScreenshotParams;
use std::path::PathBuf;

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

    /// All four.
    pub const ALL: [Self; 4] = [
        Self::phone(false),
        Self::phone(true),
        Self::desk(false),
        Self::desk(true),
    ];
}

impl Page {
    /// From now on the page is seen on this screen, without motion.
    pub async fn look_at(&self, screen: Screen) {
        let is_phone = screen.width < 600;
        let metrics = SetDeviceMetricsOverrideParams::builder()
            .width(screen.width)
            .height(screen.height)
            .screen_width(screen.width)
            .screen_height(screen.height)
            .device_scale_factor(if is_phone { 2.0 } else { 1.0 })
            .mobile(is_phone);
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

    /// Takes a picture of what is on screen, once fonts and pictures are there.
    pub async fn screenshot(&self, name: &str, screen: Screen) -> PathBuf {
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
        let folder = place::tests("screenshots");
        std::fs::create_dir_all(&folder).unwrap();
        let scheme = if screen.dark { "dark" } else { "light" };
        let path = folder.join(format!("{name}-{}-{scheme}.png", screen.width));
        let picture = self
            .tab
            .screenshot(ScreenshotParams::default())
            .await
            .unwrap();
        std::fs::write(&path, picture).unwrap();
        path
    }
}
