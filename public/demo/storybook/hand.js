/* What brings the help into a state of the storybook: the world around it, and a shopper's hand. */
self.storybook = (() => {
  "use strict";

  const asked = new URLSearchParams(location.search);
  const inEnglish = asked.get("lang") === "en";
  const say = (fr, en) => (inEnglish ? en : fr);

  const stopClock = (moment) => {
    Date.now = () => moment;
  };

  /** From now on, what is fetched from an address that contains `part` is answered by `answer`. */
  const network = (part, answer) => {
    const real = self.fetch;
    self.fetch = (input, init) =>
      String(input.url || input).includes(part) ? answer() : real.call(self, input, init);
  };
  const host = () =>
    document.querySelector("guichet-widget[inline]") || document.querySelector("guichet-widget");
  const all = (selector) => [...(host()?.shadowRoot?.querySelectorAll(selector) ?? [])];

  /** The first thing that `look` finds, once it does. */
  const until = (what, look) =>
    new Promise((found, inVain) => {
      const begun = performance.now();
      const glance = () => {
        const thing = look();
        if (thing) found(thing);
        else if (performance.now() - begun > 20e3) inVain(new Error("waited in vain for " + what));
        else setTimeout(glance, 20);
      };
      glance();
    });
  const one = (selector) => until(selector, () => all(selector)[0]);
  const press = async (selector) => (await one(selector)).click();
  const enter = async (selector, value) => {
    const field = await one(selector);
    field.value = value;
    for (const kind of ["input", "change"]) field.dispatchEvent(new Event(kind, { bubbles: true }));
  };
  const key = async (selector, name) =>
    (await one(selector)).dispatchEvent(new KeyboardEvent("keydown", { key: name, bubbles: true }));
  const bring = async (selector, block) =>
    (await one(selector)).scrollIntoView({ block, behavior: "instant" });
  const settled = async (selector, act) => {
    const before = (await one(selector)).textContent;
    await act();
    await until("another " + selector, () => all(selector)[0] && all(selector)[0].textContent !== before);
  };

  return { asked, say, stopClock, network, host, all, until, one, press, enter, key, bring, settled };
})();
