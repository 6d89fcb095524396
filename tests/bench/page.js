// What `bench` runs in the page: both engines on the same documents, each timed by the page's own clock.

// Opened by `open`: ours and the peer.
let engine, other;

const timed = work => {
    const before = performance.now();
    const result = work();
    return [performance.now() - before, result];
};

const fold = word => word.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
const options = {
    fields: ['title', 'body'],
    processTerm: fold,
    searchOptions: {
        boost: { title: 3 },
        prefix: (term, at, all) => at === all.length - 1,
        fuzzy: term => (term.length >= 4 ? 0.2 : false),
    },
};

// What a shop would send for the peer: its index as JSON.
export const build = async () => {
    const { default: MiniSearch } = await import('/minisearch.js');
    const documents = await (await fetch('/documents.json')).json();
    const built = new MiniSearch(options);
    built.addAll(documents.map(([title, body], id) => ({ id, title, body })));
    return JSON.stringify(built);
};

// All steps one behind another; the panel lets the page breathe between them.
const opened = opening => {
    for (;;) {
        const engine = opening.step();
        if (engine) return engine;
    }
};

// Both opened, timed: once a page, as a shopper's browser does it. Whose turn is first tells `peerFirst`.
export const open = async (js, wasm, peerFirst) => {
    const { default: init, Opening } = await import(js);
    await init({ module_or_path: wasm });
    const { default: MiniSearch } = await import('/minisearch.js');
    const bytes = new Uint8Array(await (await fetch('/index.bin')).arrayBuffer());
    const json = await (await fetch('/minisearch.json')).text();
    const turns = [() => opened(new Opening(bytes)), () => MiniSearch.loadJSON(json, options)].map(open => () => timed(open));
    const [first, second] = peerFirst ? turns.toReversed() : turns;
    const both = [first(), second()];
    const [ours, peer] = peerFirst ? both.toReversed() : both;
    [engine, other] = [ours[1], peer[1]];
    return { ours: ours[0], peer: peer[0], browser: navigator.userAgent };
};

// The times of these keystrokes, both taking turns.
export const query = keystrokes => {
    const times = { ours: [], peer: [] };
    for (const text of keystrokes) {
        const [ours, results] = timed(() => engine.search(text, 12));
        results.free();
        times.ours.push(ours);
        times.peer.push(timed(() => other.search(text).slice(0, 12))[0]);
    }
    return times;
};
