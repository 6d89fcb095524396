/* What a page runs once help is asked for: starts the panel's wasm, keeps it in the language of
   the page, and does the few things that concern the page around it: the on-screen keyboard, the
   scroll behind a sheet, the back button, the focus, the shop's own analytics. What the panel
   shows is in `src/widget`; who calls this is `guichet.js`. The names between underscores are filled
   in by the build. */

const EVENTS = [
  "opened", "searched", "result_opened", "read", "confirmed", "not_confirmed", "call_avoided", "contact_chosen",
];

/** Ready-made listeners, by the words of `data-analytics`. No event carries what was typed. */
const ANALYTICS = {
  datalayer: (name, detail) => (self.dataLayer = self.dataLayer || []).push({ event: "guichet_" + name, guichet: detail }),
  gtag: (name, detail) => self.gtag && self.gtag("event", "guichet_" + name, detail),
  matomo: (name, { document, channel }) =>
    (self._paq = self._paq || []).push(["trackEvent", "Guichet", name, document || channel || ""]),
};

const own = (file) => new URL(file, import.meta.url).href;

/** `import()`. A browser may remember that a module did not come: behind another fragment it is asked for anew, as
    the loader asks for this one. */
let again = new URL(import.meta.url).hash;
const bring = async (address) => {
  try {
    return await import(address + again);
  } catch (error) {
    again += "#a";
    throw error;
  }
};

/** Starts the panel in `root` and resolves to what the loader may ask of it. */
export const start = async (root, config) => {
  const module = await bring(own("__GUICHET_WIDGET_JS__"));
  // Reading the code and starting it, on a telephone, are each as much as a page may do at once.
  await new Promise((go) => setTimeout(go));
  await module.default({ module_or_path: config.wasm });
  const { host, inline, launcher, dataset, siteUrl } = config;
  let { manifest } = config;
  let widget;
  let spoken;
  const isOpen = () => launcher.getAttribute("aria-expanded") === "true";

  // Mounted anew where the page changed its language; what was on screen is left.
  const speak = async () => {
    const lang = config.language();
    if (widget && spoken === lang) return;
    const fresh = await module.mount(root, {
      site: siteUrl,
      server: config.server,
      lang,
      inline: Boolean(inline),
      told: (key) => (key === "path" ? location.pathname : config.told[key] ?? dataset[key]),
      engineJs: own("__GUICHET_ENGINE_JS__"),
      engineWasm: own("__GUICHET_ENGINE_WASM__"),
      manifest: manifest || fetch(siteUrl + "manifest.json"),
      load: bring,
      launcher,
    });
    manifest = null;
    const wasOpen = isOpen();
    if (widget) widget.free();
    widget = fresh;
    spoken = lang;
    if (wasOpen) widget.open();
  };
  await speak();

  const wanted = (dataset.analytics || "").split(/\s+/);
  for (const name of EVENTS) {
    host.addEventListener("guichet:" + name, ({ detail }) => {
      for (const word of wanted) {
        if (!Object.hasOwn(ANALYTICS, word)) continue;
        try {
          ANALYTICS[word](name, { ...detail });
        } catch (error) {
          console.warn("guichet: `data-analytics`", error);
        }
      }
    });
  }
  if (inline) {
    // Nothing is loaded or stored before the shopper turns to it.
    const begin = () => widget.open();
    for (const sign of ["focusin", "pointerdown"]) root.addEventListener(sign, begin, { once: true });
  }
  const leave = inline ? () => {} : stayWithPage(root, host, launcher, isOpen, () => widget.close());

  const opening = (act) => async (value) => {
    await speak();
    act(value);
  };
  return {
    speak,
    open: opening(() => inline || widget.open()),
    toggle: opening(() => widget.toggle()),
    search: opening((text) => widget.search(text)),
    show: opening((id) => widget.show(id)),
    close: () => widget.close(),
    free: () => {
      leave();
      widget.free();
    },
  };
};

/** Keeps page and panel out of each other's way; returns what undoes it. */
const stayWithPage = (root, host, launcher, isOpen, close) => {
  const narrow = matchMedia("(max-width:520px)");
  const page = document.documentElement;
  const view = self.visualViewport;
  let before; // the page's own `overflow`
  let origin; // what had the focus
  let watcher;
  let marked; // our entry of the history is on top

  // The sheet is as high as what the keyboard leaves.
  const fit = () => {
    const panel = root.querySelector(".panel");
    if (!panel || !view || view.scale > 1.01) return;
    panel.style.setProperty("--seen", view.height + "px");
    panel.style.setProperty("--from", view.offsetTop + "px");
  };

  // The back button of a telephone closes the sheet instead of leaving the shop.
  const watch = () => {
    if (self.CloseWatcher) {
      watcher = new CloseWatcher();
      watcher.onclose = close;
      return;
    }
    try {
      history.pushState({ ...history.state, guichet: 1 }, "");
      marked = true;
    } catch {
      // A sandboxed page has no history of its own.
    }
  };
  const wentBack = () => {
    if (!marked) return;
    marked = false;
    if (isOpen()) close();
  };

  const changed = () => {
    const open = isOpen();
    if (open === Boolean(origin)) return;
    if (open) {
      origin = document.activeElement || document.body;
      if (!narrow.matches) return;
      before = page.style.overflow;
      page.style.overflow = "hidden";
      // Once the page is laid out anyhow: asked before, it would have to be for this.
      requestAnimationFrame(() => setTimeout(fit));
      watch();
      return;
    }
    // A button of the page's own gets back the focus it had.
    if (origin !== host && origin !== document.body && origin.isConnected) origin.focus();
    origin = null;
    if (before !== undefined) page.style.overflow = before;
    before = undefined;
    if (watcher) watcher.destroy();
    watcher = null;
    if (marked) {
      marked = false;
      history.back();
    }
  };
  const observer = new MutationObserver(changed);
  observer.observe(launcher, { attributeFilter: ["aria-expanded"] });
  addEventListener("popstate", wentBack);
  if (view) for (const sign of ["resize", "scroll"]) view.addEventListener(sign, fit);
  return () => {
    observer.disconnect();
    removeEventListener("popstate", wentBack);
    if (view) for (const sign of ["resize", "scroll"]) view.removeEventListener(sign, fit);
    if (before !== undefined) page.style.overflow = before;
    if (watcher) watcher.destroy();
  };
};

/** Fills what stands in for the panel with what the manifest has: top questions, which the page
    without scripts answers (`all` leads there), and every channel. */
export const fill = async (plain, all, siteUrl, say) => {
  const make = (parent, tag, text, href) => {
    const element = document.createElement(tag);
    if (text) element.textContent = text;
    // Written by the merchant, but on its way it may have changed: no script runs from a link.
    if (href && /^(https?|tel|mailto):$/.test(new URL(href, document.baseURI).protocol)) element.href = href;
    parent.append(element);
    return element;
  };
  let known;
  try {
    known = await (await fetch(siteUrl + "manifest.json", { signal: AbortSignal.timeout(15e3) })).json();
  } catch {
    return; // The sentence and the link stand alone; the console has the reason.
  }
  const { site, locales } = known;
  let own = locales[0];
  for (const files of locales) if (files.lang === say("fr", "en")) own = files;
  const text = (words) => words[own.lang] || words.fr || words.en || "";
  const address = siteUrl + (own.lang === "en" ? "help" : "aide") + ".html";
  all.href = address;
  const box = document.createElement("div");
  all.parentNode.after(box);
  for (const { id, question } of own.top) make(make(box, "p"), "a", question, address + "#" + id);
  for (const { kind, name, contact, cost } of site.channels) {
    const line = make(box, "p");
    const named = text(name);
    const after = cost && text(cost) ? " (" + text(cost) + ")" : "";
    if (kind === "callback" || kind === "chat") {
      make(line, "a", named, contact);
      continue;
    }
    line.append(named + say("\u00a0: ", ": "));
    if (kind === "phone") make(line, "a", contact, "tel:" + contact.replace(/\s/g, ""));
    else if (kind === "email") make(line, "a", contact, "mailto:" + contact);
    else line.append(contact);
    line.append(after);
  }
  if (site.contact_url) {
    make(make(box, "p"), "a", say("Toutes nos coordonnées", "All our contact details"), site.contact_url);
  }
};
