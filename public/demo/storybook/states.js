/* The states of the storybook: what is seen, what the world is like, and how one gets there. */
Object.assign(storybook, (() => {
  "use strict";

  const { say, network, host, all, until, one, press, enter, key, bring, settled } = storybook;

  /* ------------------------------------------------------------ the world */

  // Tuesday 17 November 2026, 10:30 in Paris: the shop is open, and its notice is shown.
  const OPEN = Date.UTC(2026, 10, 17, 9, 30);
  // Saturday 4 April 2026, 19:30 in Paris: closed until Tuesday, for Monday is Easter Monday.
  const CLOSED = Date.UTC(2026, 3, 4, 17, 30);

  const broken = () => Promise.reject(new TypeError("Failed to fetch"));
  const endless = () => new Promise(() => {});
  const free = () => json({ slots: ["11:00", "14:30"].map((time) => ({ date: "2026-11-17", time })) })();

  // A request as the server tells it: answered within the promise, and not yet settled.
  const claim = (more) => ({
    number: NUMBER,
    kind: "request",
    state: "answered",
    team: say("Équipe livraison", "Delivery team"),
    opened: OPEN - 26 * HOUR,
    updated: OPEN - HOUR,
    standing: "none",
    promise_kept: true,
    can: ["complete", "close"],
    timeline: TOLD.map(({ at, act, by }) => ({ at, act, by })),
    ...more,
  });
  const NUMBER = "28T5-CY4T-QKFF4";
  const HOUR = 3600e3;
  const TOLD = [
    {
      at: OPEN - 26 * HOUR, act: "open", by: "shopper", files: [{ rank: 1, kind: "jpeg", size_bytes: 412_800 }],
      text: say("Mon colis est arrivé ouvert, la lampe manque.", "My parcel came open, the lamp is missing."),
    },
    { at: OPEN - 24 * HOUR, act: "take_up", by: "team", files: [] },
    {
      at: OPEN - HOUR, act: "answer", by: "team", files: [],
      text: say("Nous vous renvoyons la lampe ce soir, sans frais.", "We are sending you the lamp tonight, free of charge."),
    },
  ];
  const contents = () => ({
    category: say("Livraison et suivi", "Delivery and tracking"),
    order: "CS-20931", contact: { email: "lea@mail.example" }, withdrawal: null, rating: null, messages: TOLD,
  });
  const json = (value) => () => Promise.resolve(Response.json(value));
  const figures = json({
    site: "cap-sentier", updated: OPEN, since: OPEN - 90 * 24 * HOUR, min_cases: 20,
    first_contact: { cases: 64, share: 0.8125 },
    kept: { cases: 71, share: 0.958 },
    delay: [
      { channel: "e-mail", cases: 58, median_minutes: 210, p90_minutes: 720 },
      { channel: "rappel", cases: 13, median_minutes: null, p90_minutes: null },
    ],
    satisfaction: { answers: 34, delay: 4.3, listened: 4.6 },
  });

  /* ------------------------------------------------------------- the ways */

  // Each screen but home takes the focus to its heading, which scrolls there.
  const focused = () => until("the focus", () => host().shadowRoot.activeElement?.matches("h2"));
  const home = async () => {
    Guichet.open();
    await one("[data-id^='faq/']");
  };
  const search = async (fr, en) => {
    Guichet.search(say(fr, en));
    await one("#results");
  };
  const answer = async (id) => {
    Guichet.showAnswer(id);
    await one(".feedback .choice");
    await focused();
  };
  const clause = async (address) => {
    Guichet.showClause(address);
    await one("article blockquote");
    await one(".feedback .choice");
    await focused();
  };
  const contact = async () => {
    await home();
    await press(".person");
    await one(".channel");
    await focused();
  };
  const request = async (kind) => {
    await contact();
    await press("[data-id=" + kind + "]");
    await one("#send");
    await focused();
  };
  const follow = async () => {
    await home();
    await press("[data-id=follow]");
    await one("#number");
    await focused();
  };
  const followed = async () => {
    await follow();
    await enter("#number", NUMBER);
    await press(".desk .action");
    await one(".timeline");
    await focused();
  };
  const deadline = async () => {
    await answer("droit-de-retractation");
    await bring(".deadline", "center");
  };
  const said = (step) => async () => {
    await answer("ou-est-mon-colis");
    for (const choice of step) {
      await settled(".feedback [data-prompt]", () => press(".feedback " + choice));
    }
    await bring(".feedback", "center");
  };
  const YES = ".choice";
  const NO = ".choice + .choice";

  /* --------------------------------------------------------------- states */

  const STATES = {
    "launcher": { title: "The button", play: () => one(".launcher") },
    "home": { title: "Home, with a notice and questions of the page", facts: { page: "product" }, play: home },
    "home-recent": {
      title: "Home, with what was asked before",
      play: async () => {
        await search("mot de passe oublié", "forgotten password");
        await press("#hit-0");
        await one(".feedback .choice");
        await press(".bar .round");
        await press(".clear");
        await one("[data-id^='faq/']");
        await bring("[data-id=follow]", "end");
      },
    },
    "preparing": {
      title: "Asked before the search is there",
      before: () => network("/engine.", endless),
      play: async () => {
        Guichet.search(say("où est mon colis", "where is my parcel"));
        await one(".notice.busy");
      },
    },
    "results": {
      title: "Results",
      play: async () => {
        await search("jai pas recu mon coli", "where is my parcel");
        await one("#hit-0");
      },
    },
    "results-chosen": {
      title: "Results, one chosen by its key",
      play: async () => {
        await search("je veux être remboursé", "I want a refund");
        await one("#hit-1");
        await key("#question", "ArrowDown");
        await key("#question", "ArrowDown");
        await one("#hit-1[aria-selected=true]");
      },
    },
    "perhaps": {
      title: "Nothing found, but perhaps these",
      play: () => search("colis xyzzyque zorglub plughtastique", "parcel xyzzyish zorglub plughtastic"),
    },
    "nothing": { title: "Nothing found", play: () => search("xyzzy plugh", "xyzzy plugh") },
    "search-failed": {
      title: "The search did not come",
      before: () => network("/engine.", broken),
      play: async () => {
        Guichet.search(say("où est mon colis", "where is my parcel"));
        await one(".notice .quiet");
      },
    },
    "answer": { title: "An answer", play: () => answer("ou-est-mon-colis") },
    "answer-loading": {
      title: "An answer, the rest on its way",
      before: () => network("/content.", endless),
      play: async () => {
        Guichet.showAnswer("ou-est-mon-colis");
        await one(".skeleton");
      },
    },
    "answer-failed": {
      title: "An answer, the rest did not come",
      before: () => network("/content.", broken),
      play: async () => {
        Guichet.showAnswer("ou-est-mon-colis");
        await one("article .notice .quiet");
      },
    },
    "answer-gone": {
      title: "An answer that is no more",
      play: async () => {
        Guichet.showAnswer("nulle-part");
        await one("article .notice");
      },
    },
    "answer-clauses": {
      title: "An answer, the clauses it rests on",
      play: async () => {
        await answer("rembourser-une-carte-numerique");
        // What stands above it comes with the code that counts days.
        await one(".deadline input");
        await bring(".clause", "center");
      },
    },
    "deadline": { title: "A deadline, to be counted", play: deadline },
    "deadline-counted": {
      title: "A deadline, counted",
      play: async () => {
        await deadline();
        await enter(".deadline input", "2026-11-10");
        await press(".deadline summary");
        await one(".calendar .last");
        await bring(".deadline", "center");
      },
    },
    "feedback": { title: "Did it help?", play: said([]) },
    "would-have-called": { title: "Yes: would you have called?", play: said([YES]) },
    "thanks": { title: "Thanks", play: said([YES, YES]) },
    "missing": { title: "No: what is missing?", play: said([NO]) },
    "noted": { title: "Noted, and a person", play: said([NO, YES]) },
    "clause": { title: "A clause", play: () => clause("cgv/7.2.b") },
    "clause-earlier": {
      title: "A clause as it read when it was ordered",
      facts: { orderDate: "2026-03-02" },
      play: async () => {
        await clause("cgv/8.1");
        await one("article details");
      },
    },
    "contact": { title: "The ways to a person, open", play: contact },
    "contact-closed": { title: "The ways to a person, closed until after a holiday", moment: CLOSED, play: contact },
    "contact-subject": {
      title: "The question carried along, and its team",
      play: async () => {
        await search("mot de passe oublié", "forgotten password");
        await one("#hit-0");
        await press(".person");
        await one(".carried");
        await focused();
      },
    },
    "contact-sales": {
      title: "A purchase to come: called back first",
      play: async () => {
        await contact();
        await settled(".channel h3", () => enter("#subject", "produits"));
      },
    },
    "contact-rights": {
      title: "A written request, and one’s rights",
      play: async () => {
        await contact();
        // What stands above it comes with figures of its own.
        await one("[data-id=figures]");
        await bring(".rights", "end");
      },
    },
    "figures": {
      title: "How the shop really answers",
      play: async () => {
        await contact();
        await press("[data-id=figures]");
        await one(".figure");
        await focused();
      },
    },
    "claim": { title: "A written request", play: () => request("request") },
    "claim-faults": {
      title: "A written request, with what is to be seen to",
      play: async () => {
        await request("request");
        await press("#send");
        await one("[role=alert] :not(:empty)");
      },
    },
    "receipt": {
      title: "A request that has arrived",
      before: () => {
        const status = claim({ state: "received", opened: OPEN, due: OPEN + 31.5 * HOUR, standing: "running", promise_kept: null });
        network("/v1/claims", json({ number: NUMBER, code: "WBYBM-MQM24", again: false, mailed: true, status }));
      },
      play: async () => {
        await request("request");
        await enter("#claim-text", say("Mon colis est arrivé ouvert.", "My parcel came open."));
        await enter("#claim-category", "livraison");
        await enter("#claim-email", "lea@mail.example");
        await press("#send");
        await one(".large");
        await until("the focus", () => host().shadowRoot.activeElement?.matches("[data-prompt]"));
      },
    },
    "call-back": {
      title: "A call back, at a time that is free",
      before: () => network("/claims/slots", free),
      play: async () => {
        await request("call_back");
        await one("#claim-slot");
      },
    },
    "claim-failed": {
      title: "The form did not come",
      before: () => network("/desk.", broken),
      play: async () => {
        await contact();
        await press("[data-id=request]");
        await one(".notice .quiet");
      },
    },
    "follow": { title: "A request followed by its number", play: follow },
    "follow-wrong": {
      title: "A number that cannot be",
      play: async () => {
        await follow();
        await enter("#number", "7KQ2");
        await press(".desk .action");
        await one(".fault:not(:empty)");
      },
    },
    "follow-status": {
      title: "What a number shows",
      before: () => network("/v1/claims/", json(claim())),
      play: followed,
    },
    "follow-opened": {
      title: "What the code shows",
      before: () => network("/v1/claims/", json({ ...claim(), ...contents() })),
      play: async () => {
        await followed();
        await enter("#code", "WBYBM-MQM24");
        await press(".entry-card .action");
        await one(".said");
        await focused();
      },
    },
    "follow-rate": {
      title: "At the end: how it went",
      before: () => {
        const closed = claim({ state: "closed", can: ["rate", "reopen"] });
        network("/v1/claims/", json({ ...closed, ...contents() }));
      },
      play: async () => {
        await followed();
        await enter("#code", "WBYBM-MQM24");
        await press(".entry-card .action");
        await one("fieldset");
        await focused();
        await bring("fieldset", "start");
      },
    },
    "stand-in": {
      title: "What stands in where the panel cannot run",
      before: () => delete self.WebAssembly,
      play: async () => {
        Guichet.open();
        await one(".plain a[href^='tel:']");
      },
    },
    "inline": { title: "In the page", inline: true, play: () => one("[data-id^='faq/']") },
  };

  return { OPEN, figures, STATES };
})());
