/* The storybook: every state of every view of the help, one at a time, always the same.

   Without `?state=` it is an index that frames each of them, in the language, the scheme and the
   width chosen. With it, the page brings the real help into that state, through `window.Guichet`
   and the events a shopper's hand makes, and says so: `data-state="ready"` on the root.
   The states are in `storybook/states.js`, what brings the help there in `storybook/hand.js`. The
   browser tests take their list from `storybook.STATES`, look for what is not accessible in
   each, and compare pictures of them (`tests/browser/accessible.rs`, `tests/browser/pictures.rs`).

   What differs from a shop is only the world around the help: the hour, a network that breaks or
   never answers, a browser without WebAssembly. What is logged goes nowhere. */
(() => {
  "use strict";

  const { asked, say, stopClock, network, host, all, one, OPEN, figures, STATES } = storybook;

  /* ------------------------------------------------------------- one state */

  const element = (tag, properties, ...children) => {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children);
    return made;
  };

  const show = async (state) => {
    const { before, facts, inline, play } = state;
    const page = document.documentElement;
    document.title = state.title;
    document.body.append(
      element("h1", { textContent: "Cap Sentier" }),
      element("p", { textContent: say("La page d’une boutique.", "A page of a shop.") }),
    );
    network("/v1/indicators", figures);
    if (before) before();
    if (inline) {
      const place = element("guichet-widget", {});
      place.setAttribute("inline", "");
      document.body.append(place);
    }
    self.Guichet = [["context", facts || {}]];
    const tag = element("script", { src: "../dist/guichet.js" });
    Object.assign(tag.dataset, { site: "cap-sentier", server: "/", logo: "img/logo.svg" });
    if (page.dataset.theme) tag.dataset.theme = page.dataset.theme;
    document.body.append(tag);
    try {
      await one(".launcher");
      // A caret that blinks is in one picture and not in the next.
      const still = new CSSStyleSheet();
      still.replaceSync("input, textarea { caret-color: transparent }");
      host().shadowRoot.adoptedStyleSheets.push(still);
      await play();
      await document.fonts.ready;
      page.dataset.state = "ready";
    } catch (error) {
      page.dataset.state = "failed";
      console.error(error);
    }
    // For a page that frames this one.
    const words = all(".panel, .plain").map((seen) => seen.textContent);
    if (parent !== self) parent.postMessage({ storybook: page.dataset.state, origin: self.origin, words }, "*");
  };

  /* ------------------------------------------------------------- the index */

  const CHOICES = { lang: ["fr", "en"], theme: ["light", "dark"], width: ["phone", "desk"] };

  const list = () => {
    const chosen = {};
    for (const [name, words] of Object.entries(CHOICES)) {
      chosen[name] = words.includes(asked.get(name)) ? asked.get(name) : words[0];
    }
    const address = (changed) => "?" + new URLSearchParams({ ...chosen, ...changed });
    document.documentElement.lang = "en";
    document.body.className = chosen.width;
    const nav = element("nav", { ariaLabel: "How the states are shown" });
    for (const [name, words] of Object.entries(CHOICES)) {
      const group = element("p", {});
      for (const word of words) {
        const link = element("a", { href: address({ [name]: word }), textContent: word });
        if (chosen[name] === word) link.setAttribute("aria-current", "true");
        group.append(link);
      }
      nav.append(group);
    }
    const main = element("main", {});
    for (const [name, { title }] of Object.entries(STATES)) {
      const { lang, theme } = chosen;
      const src = "?" + new URLSearchParams({ state: name, lang, theme });
      const link = element("a", { href: src, textContent: title });
      main.append(element("figure", {}, element("figcaption", {}, link), element("iframe", { src, title, loading: "lazy" })));
    }
    const title = element("h1", { textContent: "Every state of the help" });
    document.body.append(element("header", {}, title), nav, main);
  };

  /* ----------------------------------------------------------------- begin */

  const theme = asked.get("theme");
  if (CHOICES.theme.includes(theme)) document.documentElement.dataset.theme = theme;
  const state = Object.hasOwn(STATES, asked.get("state") || "") && STATES[asked.get("state")];
  if (state) {
    document.documentElement.lang = say("fr", "en");
    stopClock(state.moment || OPEN);
    network("/v1/events", () => Promise.resolve(new Response(null, { status: 204 })));
    navigator.sendBeacon = () => true;
  }
  addEventListener("DOMContentLoaded", () => (state ? show(state) : list()));
})();
