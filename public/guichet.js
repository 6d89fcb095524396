/* Guichet's loader: the only code of ours that a page runs before a shopper asks for help. It
   draws the launcher, takes the page's wishes (`window.Guichet`), warms up on intent, hands over
   to `panel.js` on click, and says where else help is when that fails. It stores nothing, sets no
   cookie, evaluates no text. `docs/embedding.md` has every attribute and call.

   <script async src="/dist/guichet.js" data-site="cap-sentier" data-server="/"></script>

   The names between underscores are filled in by the build. */
(() => {
  "use strict";
  const script =
    document.currentScript || document.querySelector("script[data-site][src*='guichet']");
  if (!script || !script.dataset.site || !self.customElements) return;
  // A page may have an element of our name; a second tag of ours is told to the first.
  let name = "guichet-widget";
  for (let taken; (taken = customElements.get(name)); name += "-2") {
    if (taken.guichet) return taken.guichet(script);
  }

  const CSS = `
:host{all:initial!important;display:contents!important}
:host([inline]){display:block!important}
:host([side=left]){--guichet-inset:var(--guichet-side,20px) auto}
[hidden]{display:none!important}
button,div{font:400 15px/1.5 var(--guichet-font,system-ui,sans-serif);box-sizing:border-box}
.launcher,.plain{position:fixed;z-index:var(--guichet-z,900);inset-inline:var(--guichet-inset,auto var(--guichet-side,20px));bottom:var(--guichet-bottom,20px);border:1px solid transparent}
.launcher{--accent:var(--guichet-accent,#2456e6);display:flex;align-items:center;gap:9px;height:56px;min-width:56px;padding:0 22px 0 18px;border-radius:28px;background:var(--accent);color:var(--guichet-on-accent,#fff);font-weight:600;font-size:16px;cursor:pointer;box-shadow:0 6px 24px #10182852}
@supports (color:color(from red xyz x y z)){.launcher{--w:clamp(0,(.179 - y)*999,1);color:var(--guichet-on-accent,color(from var(--accent) xyz calc(.95*var(--w)) var(--w) calc(1.089*var(--w))))}}
.launcher:hover{filter:brightness(1.08)}
:focus-visible{outline:3px solid var(--guichet-accent,#2456e6);outline-offset:3px}
svg,img{width:24px;height:24px;fill:none;stroke:currentColor;stroke-width:1.9;stroke-linecap:round;stroke-linejoin:round}
[aria-busy=true] svg{animation:pulse .7s infinite alternate}
@keyframes pulse{to{opacity:.25}}
[aria-expanded=true]{width:56px;padding:0 15px}
[aria-expanded=true] span{display:none}
.plain{margin-bottom:72px;width:min(360px,100vw - 40px);max-height:80vh;overflow:auto;padding:20px;border-color:#7b8494;border-radius:16px;background:Canvas;color:CanvasText;color-scheme:light dark}
:host([inline]) .plain{position:static;width:auto}
.plain p{margin:0 0 12px}
.plain a{overflow-wrap:anywhere}
.plain button{min-height:44px;padding:0 18px;border:1px solid #7b8494;border-radius:16px;background:Canvas;color:CanvasText}
@media (max-width:520px){.launcher{padding:0 15px}.launcher span{display:none}.covered[aria-expanded=true]{display:none}}
@media (prefers-reduced-motion){svg{animation:none!important}}
@media print{:host{display:none!important}}`;

  const make = (parent, tag, attributes, text) => {
    const element = tag === "svg" || tag === "path"
      ? document.createElementNS("http://www.w3.org/2000/svg", tag)
      : document.createElement(tag);
    Object.keys(attributes).forEach((key) => element.setAttribute(key, attributes[key]));
    if (text) element.textContent = text;
    parent.append(element);
    return element;
  };

  let current; // the floating element of this page
  let end; // takes everything away

  const run = (script) => {
    if (current) return;
    const { dataset } = script;
    const url = (path) => new URL(path, script.src).href;
    const folder = (path) => url(path.replace(/\/*$/, "/"));
    const siteUrl = folder(dataset.site);
    const told = {}; // what the page says of itself and of the order
    let tongue; // the language the page asked for
    let warned;

    const linked = (hash) => hash.startsWith("#guichet=") && hash.slice(9);
    let wasm; // asked for on intent
    let manifest;
    const warm = () => {
      if (wasm) return;
      for (const file of ["__GUICHET_PANEL_JS__", "__GUICHET_WIDGET_JS__"]) {
        make(document.head, "link", { rel: "modulepreload", href: url(file) });
      }
      wasm = fetch(url("__GUICHET_WIDGET_WASM__"));
      manifest = fetch(siteUrl + "manifest.json");
      // A failure is dealt with on click; until then it is nobody's error.
      wasm.catch(() => {});
      manifest.catch(() => {});
    };

    // One help: the floating one, or one that stands in the page (`inline`).
    const start = (host, root, inline) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(CSS);
      root.adoptedStyleSheets = [sheet];
      const language = () =>
        tongue || (inline && host.lang) || dataset.lang ||
        ((inline ? host : script).closest("[lang]") || document.documentElement).lang || navigator.language;
      const say = (fr, en) => (/^en/i.test(language()) ? en : fr);
      const button = make(root, "button", {
        class: "launcher",
        part: "launcher",
        type: "button",
        "aria-haspopup": "dialog",
        "aria-expanded": "false",
      });
      button.hidden = inline || dataset.launcher === "none";
      let path;
      if (dataset.icon) make(button, "img", { src: dataset.icon, alt: "" });
      else path = make(make(button, "svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }), "path", {});
      const word = make(button, "span", {});
      // The picture follows the state, whoever changes it.
      const draw = () => {
        word.textContent = say("Aide", "Help");
        button.setAttribute("aria-label", word.textContent);
        if (path) path.setAttribute(
          "d",
          button.getAttribute("aria-expanded") === "true"
            ? "M5 9l7 7l7-7"
            : "M5 4h14a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2h-6l-5 4v-4H5a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2zM9.5 8.7a2.5 2.5 0 1 1 3.6 2.2c-.7.4-1.1.8-1.1 1.5M12 14.6v.01",
        );
      };
      draw();
      new MutationObserver(draw).observe(button, { attributeFilter: ["aria-expanded"] });

      let tries = 0;
      let module; // `panel.js`
      let ready; // the panel, on its way
      let panel;
      let plain; // what stands in for it
      const load = async () => {
        warm();
        // An answer is read once: another help on the page asks again.
        const asked = { wasm, manifest };
        wasm = null;
        // Behind another fragment what did not come is asked for anew; a browser may remember it else.
        module = await import(url("__GUICHET_PANEL_JS__") + "#a".repeat(tries++));
        return (panel = await module.start(root, {
          ...asked, host, inline, language, told, dataset, siteUrl,
          server: dataset.server && folder(dataset.server),
          launcher: button,
        }));
      };
      const go = async (method, value) => {
        let late;
        try {
          button.setAttribute("aria-busy", "true");
          ready = ready || load();
          const patience = new Promise((_, give) => {
            late = setTimeout(give, 15e3, "it takes too long");
          });
          await (await Promise.race([ready, patience]))[method](value);
          if (plain) close();
          button.classList.add("covered");
        } catch (error) {
          if (!warned) console.warn("guichet __GUICHET_VERSION__ could not start:", error);
          warned = true;
          if (error.message) ready = panel = null; // the next click tries again
          button.classList.remove("covered");
          standIn();
        } finally {
          clearTimeout(late);
          button.removeAttribute("aria-busy");
        }
      };

      const close = () => {
        plain.remove();
        plain = null;
        button.setAttribute("aria-expanded", "false");
        button.focus();
      };

      // Without the panel: a sentence and the page of all answers, and what `panel.js` knows to add.
      const standIn = () => {
        if (plain) return;
        plain = make(root, "div", {
          class: "plain", role: inline ? "region" : "dialog", "aria-label": say("Aide", "Help"), tabindex: "-1",
        });
        plain.style.colorScheme = dataset.theme || "";
        plain.onkeydown = (event) => event.key === "Escape" && !inline && close();
        make(plain, "p", {}, say("L’aide ne peut pas s’ouvrir ici pour l’instant.", "Help cannot be opened here right now."));
        const all = make(make(plain, "p", {}), "a", { href: siteUrl + say("aide", "help") + ".html" },
          say("Toutes les questions et les conditions", "All questions and the terms"));
        if (module) module.fill(plain, all, siteUrl, say);
        if (inline) return;
        button.setAttribute("aria-expanded", "true");
        make(plain, "button", { type: "button" }, say("Fermer", "Close")).onclick = close;
        plain.focus();
      };

      button.onpointerenter = button.onfocus = () => ready || warm();
      button.onclick = () => {
        if (plain) close();
        else if (!button.getAttribute("aria-busy")) go("toggle");
      };
      return {
        go,
        draw,
        panel: () => panel,
        close: () => (plain ? close() : panel && panel.close()),
      };
    };

    const Widget = customElements.get(name);
    let help;
    Widget.start = start;
    current = document.querySelector(name + ":not([inline])") || make(document.body, name, {});
    current.setAttribute("side", dataset.position || "");
    if (dataset.theme) current.setAttribute("theme", dataset.theme);
    help = start(current, current.shadowRoot || current.attachShadow({ mode: "open" }));
    document.querySelectorAll(name + "[inline]").forEach((element) => element.connectedCallback());

    const calls = {
      open: () => help.go("open"),
      close: () => help.close(),
      search: (text) => help.go("search", String(text)),
      showAnswer: (id) => help.go("show", "faq/" + String(id).replace(/^faq\//, "")),
      showClause: (id) => help.go("show", String(id)),
      context: (facts) => void Object.assign(told, facts),
      setLocale: (tag) => {
        tongue = tag;
        help.draw();
        if (help.panel()) help.go("speak");
      },
      destroy: () => end(),
    };
    const waiting = self.Guichet;
    const push = (...all) => all.forEach(([call, ...values]) => calls[call] && calls[call](...values));
    self.Guichet = { ...calls, push };
    if (Array.isArray(waiting)) push(...waiting);

    const follow = () => linked(location.hash) && help.go("show", linked(location.hash));
    // A link is followed without the page's help: `<base href>` would lead elsewhere, and a second
    // click on it changes no address.
    const clicked = (event) => {
      const on = (what) => event.target.closest && event.target.closest(what);
      // Who is about to call may find the answer beside it; a sheet over the page would be in the way.
      if (dataset.offer && innerWidth > 520 && on(dataset.offer)) help.go("open");
      const link = on("a[href^='#guichet=']");
      if (!link || event.defaultPrevented) return;
      event.preventDefault();
      help.go("show", linked(link.hash));
    };
    addEventListener("hashchange", follow);
    document.addEventListener("click", clicked);
    end = () => {
      removeEventListener("hashchange", follow);
      document.removeEventListener("click", clicked);
      if (help.panel()) help.panel().free();
      const element = current;
      current = self.Guichet = Widget.start = undefined;
      element.remove();
    };
    if (dataset.open === "true") help.go("open");
    follow();
  };

  let removals = 0; // a page that keeps taking us away wins in the end

  customElements.define(
    name,
    class Widget extends HTMLElement {
      connectedCallback() {
        if (!this.hasAttribute("inline")) {
          // A copy (a cached page brought back) gives way to the original.
          if (current && current !== this) this.remove();
        } else if (!this.shadowRoot && Widget.start) {
          Widget.start(this, this.attachShadow({ mode: "open" }), true).go("open");
        }
      }

      // Navigation within the page replaced the body: we go along.
      disconnectedCallback() {
        if (current !== this || ++removals > 20) return;
        setTimeout(() => (removals = 0), 5e3);
        setTimeout(() => this.isConnected || current !== this || document.body.append(this));
      }
    },
  );
  customElements.get(name).guichet = run;
  if (document.body) run(script);
  else addEventListener("DOMContentLoaded", () => run(script));
})();
