/* Guichet's loader: the only code of ours that a page runs before a shopper asks for help.
   It draws the launcher, warms up on intent, loads the panel on click, and shows the contact
   channels where the panel cannot run. It stores nothing, sets no cookie, evaluates no text.

   <script async src="/dist/guichet.js" data-site="cap-sentier" data-server="/"></script>

   data-site    folder of the bundle, relative to this script
   data-server  optional base of a Guichet server, relative to this script
   data-lang    optional language; else the page's own
   data-open    "true" opens the panel at once
   data-order-date  day of the shopper's order (YYYY-MM-DD), to name the terms it falls under
   A link to #guichet=faq/retours or #guichet=cgv/7.2.a opens the panel there.
   The names between underscores are filled in by the build. */
(() => {
  "use strict";
  const NAME = "guichet-widget";
  const script =
    document.currentScript || document.querySelector("script[data-site][src*='guichet']");
  // Ran before on this page, or is not ours to run.
  if (!script || !script.dataset.site || !self.customElements || customElements.get(NAME)) return;

  const { site, server, lang, open, orderDate } = script.dataset;
  const url = (path) => new URL(path, script.src).href;
  const folder = (path) => url(path.replace(/\/*$/, "/"));
  const siteUrl = folder(site);
  const language = () =>
    lang || (script.closest("[lang]") || document.documentElement).lang || navigator.language;
  const french = !/^en/i.test(language());
  const say = (fr, en) => (french ? fr : en);

  const CSS = `
:host{all:initial!important;display:contents!important}
[hidden]{display:none!important}
button,div{font:400 15px/1.5 var(--guichet-font,system-ui,-apple-system,"Segoe UI",Roboto,sans-serif);box-sizing:border-box}
.launcher{position:fixed;right:20px;bottom:20px;z-index:var(--guichet-z,900);display:flex;align-items:center;gap:9px;height:56px;min-width:56px;padding:0 22px 0 18px;border:1px solid transparent;border-radius:28px;background:var(--guichet-accent,#2456e6);color:var(--guichet-on-accent,#fff);font-weight:600;font-size:16px;cursor:pointer;box-shadow:0 2px 6px rgb(16 24 40/16%),0 10px 28px -6px rgb(16 24 40/36%);-webkit-tap-highlight-color:transparent}
.launcher:hover{filter:brightness(1.08)}
:focus-visible{outline:3px solid var(--guichet-accent,#2456e6);outline-offset:3px}
svg{width:24px;height:24px;fill:none;stroke:currentColor;stroke-width:1.9;stroke-linecap:round;stroke-linejoin:round}
.launcher[aria-busy=true] svg{animation:pulse .7s ease-in-out infinite alternate}
@keyframes pulse{to{opacity:.25}}
.launcher[aria-expanded=true]{width:56px;padding:0 15px}
.launcher[aria-expanded=true] span{display:none}
.plain{position:fixed;right:20px;bottom:92px;z-index:var(--guichet-z,900);width:min(360px,calc(100vw - 40px));max-height:calc(100vh - 120px);overflow:auto;padding:20px;border:1px solid #d5d9e0;border-radius:16px;background:#fff;color:#14171d;box-shadow:0 24px 60px -12px rgb(16 24 40/30%)}
.plain p{margin:0 0 12px}
.plain a{color:inherit;font-weight:600;overflow-wrap:anywhere}
.plain button{min-height:44px;padding:0 18px;border:1px solid #7b8494;border-radius:12px;background:none;color:inherit;font-weight:600;cursor:pointer}
@media (max-width:520px){.launcher{right:16px;bottom:16px;padding:0 15px}.launcher span{display:none}.launcher[aria-expanded=true].covered{display:none}}
@media (prefers-reduced-motion:reduce){*{animation:none!important}}
@media print{:host{display:none!important}}`;

  const linked = () => location.hash.startsWith("#guichet=") && location.hash.slice(9);

  const make = (parent, tag, attributes, text) => {
    const element = tag === "svg" || tag === "path"
      ? document.createElementNS("http://www.w3.org/2000/svg", tag)
      : document.createElement(tag);
    for (const key in attributes) element.setAttribute(key, attributes[key]);
    if (text) element.textContent = text;
    parent.append(element);
    return element;
  };

  let current; // the one element that lives on this page
  let wasm; // asked for on intent
  let manifest;
  let warned;
  let returns = 20; // a page that keeps taking us away wins in the end

  const warm = () => {
    if (wasm) return;
    make(document.head, "link", { rel: "modulepreload", href: url("__GUICHET_WIDGET_JS__") });
    wasm = fetch(url("__GUICHET_WIDGET_WASM__"));
    manifest = fetch(siteUrl + "manifest.json");
    // A failure is dealt with on click; until then it is nobody's error.
    wasm.catch(() => {});
    manifest.catch(() => {});
  };

  const start = (root) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(CSS);
    root.adoptedStyleSheets = [sheet];
    const label = say("Aide", "Help");
    const button = make(root, "button", {
      class: "launcher",
      part: "launcher",
      type: "button",
      "aria-label": label,
      "aria-haspopup": "dialog",
      "aria-expanded": "false",
    });
    const path = make(make(button, "svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }), "path");
    make(button, "span", {}, label);
    // The picture follows the state, whoever changes it.
    const draw = () =>
      path.setAttribute(
        "d",
        button.getAttribute("aria-expanded") === "true"
          ? "M5 9l7 7l7-7"
          : "M5 4h14a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2h-6l-5 4v-4H5a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2zM9.5 8.7a2.5 2.5 0 1 1 3.6 2.2c-.7.4-1.1.8-1.1 1.5M12 14.6v.01",
      );
    draw();
    new MutationObserver(draw).observe(button, { attributeFilter: ["aria-expanded"] });

    let panel; // the Leptos panel's handle
    let plain; // what stands in for it
    const toggle = async () => {
      if (button.getAttribute("aria-busy")) return;
      try {
        if (panel) return panel.toggle();
        if (plain) return close();
        button.setAttribute("aria-busy", "true");
        warm();
        const module = await import(url("__GUICHET_WIDGET_JS__"));
        await module.default({ module_or_path: wasm });
        panel = await module.mount(root, {
          site: siteUrl,
          server: server && folder(server),
          lang: language(),
          orderDate,
          engineJs: url("__GUICHET_ENGINE_JS__"),
          engineWasm: url("__GUICHET_ENGINE_WASM__"),
          manifest,
          load: (address) => import(address),
          launcher: button,
        });
        button.classList.add("covered");
        panel.open();
        if (linked()) panel.show(linked());
      } catch (error) {
        if (!warned) console.warn("guichet __GUICHET_VERSION__: the help panel could not start;", error);
        warned = true;
        panel = wasm = null; // the next click tries again
        button.classList.remove("covered");
        await standIn();
      } finally {
        button.removeAttribute("aria-busy");
      }
    };

    const close = () => {
      plain.remove();
      plain = null;
      button.setAttribute("aria-expanded", "false");
      button.focus();
    };

    // Without the panel: a sentence and the ways to a person, in plain elements.
    const standIn = async () => {
      plain = make(root, "div", {
        class: "plain", role: "dialog", "aria-label": label, tabindex: "-1",
      });
      plain.onkeydown = (event) => event.key === "Escape" && close();
      make(plain, "p", {}, say("L’aide ne peut pas s’ouvrir sur cette page.", "Help cannot be opened on this page."));
      button.setAttribute("aria-expanded", "true");
      const box = make(plain, "div");
      make(plain, "button", { type: "button" }, say("Fermer", "Close")).onclick = close;
      plain.focus();
      try {
        const shop = (await (await fetch(siteUrl + "manifest.json")).json()).site;
        const line = (name, text, href) => {
          const p = make(box, "p", {}, name);
          const scheme = href && new URL(href, location).protocol;
          make(p, /^(https?|tel|mailto):$/.test(scheme) ? "a" : "span", href ? { href } : {}, text);
        };
        for (const { kind, name, contact } of shop.channels) {
          const known = (french ? name.fr : name.en) || name.fr || name.en;
          const part = known + say("\u00a0: ", ": ");
          if (kind === "phone") line(part, contact, "tel:" + contact.replace(/\s/g, ""));
          else if (kind === "email") line(part, contact, "mailto:" + contact);
          else if (kind === "store") line(part, contact);
          else line("", known, contact);
        }
        if (shop.contact_url) line("", say("Toutes nos coordonnées", "All our contact details"), shop.contact_url);
      } catch {
        // No manifest either: the sentence stands alone, the console has the reason.
      }
    };

    for (const intent of ["pointerenter", "focus", "touchstart"]) {
      button.addEventListener(intent, warm, { once: true, passive: true });
    }
    button.onclick = toggle;
    if (open === "true" || linked()) toggle();
    addEventListener("hashchange", () => linked() && (panel ? panel.show(linked()) : toggle()));
  };

  customElements.define(
    NAME,
    class extends HTMLElement {
      connectedCallback() {
        // A copy (a cached page brought back) gives way to the original.
        if (current && current !== this) return this.remove();
        current = this;
        if (!this.shadowRoot) start(this.attachShadow({ mode: "open" }));
      }

      // Navigation within the page replaced the body: we go along.
      disconnectedCallback() {
        if (current !== this || returns-- <= 0) return;
        setTimeout(() => this.isConnected || document.body.append(this));
      }
    },
  );
  const place = () => document.querySelector(NAME) || make(document.body, NAME);
  if (document.body) place();
  else addEventListener("DOMContentLoaded", place);
})();
