/* Shows the published number where a sentence of a notebook quotes one: {number}`people.share`.
 *
 * JupyterLab renders Markdown without knowing the roles of the book, so it leaves the role in
 * braces and the rest as code. Here both become what the book would print, from the records in the
 * outputs of the notebook, and of the other notebooks of its folder. What has no such number stays
 * as it was written, and says why under the pointer.
 *
 * It is loaded as a prebuilt extension, which JupyterLab asks for its module by `init` and `get`.
 */
(() => {
  "use strict";

  const RECORD = "application/vnd.reportbook.record+json";
  const ROLE = /\{(number|plural|typed|holds)\}$/;
  const WRITTEN = /\{(number|plural|typed|holds)\}`([^`]+)`/g;  // where Markdown is shown as code
  const NAME = /^[a-z][a-z0-9_]*(\.[a-z0-9_]+)+$/;
  const COMPARED = /^([\w.]+)\s*(<=?|>=?)\s*(-?[\d.]+)$/;
  const PAUSE = 300;  // milliseconds without a change, before a notebook is read again
  const STYLE = `
    .rb-quoted { border-bottom: 1px dotted currentColor; cursor: help; }
    .rb-unknown { border-bottom: 1px solid var(--jp-error-color1, #b00); cursor: help; }
    .rb-when { border-left: 3px solid var(--jp-border-color1); padding-left: 0.75em; }
    .rb-when > small { color: var(--jp-ui-font-color2); }
    .rb-when.rb-left-out > div { opacity: 0.5; }`;
  const WHEN = "language-{when} ";  // the class of the code that JupyterLab makes of a {when}

  /** The records of what is published in a notebook as its file holds it, by name. */
  function recordsOf(notebook) {
    const found = new Map();
    for (const cell of notebook.cells || []) {
      for (const output of cell.outputs || []) {
        const record = output.data && output.data[RECORD];
        if (record) found.set(record.name, record);
      }
    }
    return found;
  }

  /** The numbers that a notebook can quote: its own as they are now, others as they are saved. */
  class Numbers {
    constructor(panel, contents, onNews) {
      this.panel = panel;
      this.contents = contents;
      this.onNews = onNews;
      this.others = new Map();  // by path: the records of another notebook; null while it is read
      this.own = new Map();
    }

    look() {
      this.own = recordsOf(this.panel.context.model.toJSON());
    }

    get(name) {
      if (this.own.has(name)) return this.own.get(name);
      const folder = this.panel.context.path.split("/").slice(0, -1);
      const path = [...folder, `${name.split(".")[0]}.ipynb`].join("/");
      if (path === this.panel.context.path) return undefined;
      if (!this.others.has(path)) this._read(path);
      return this.others.get(path)?.get(name);
    }

    async _read(path) {
      this.others.set(path, null);
      try {
        const file = await this.contents.get(path, { type: "notebook", content: true });
        this.others.set(path, recordsOf(file.content));
      } catch {
        this.others.set(path, new Map());  // there is no such notebook
      }
      this.onNews();
    }
  }

  /** Whether the condition of a {when} applies; undefined where only the build can say. */
  function applies(condition, numbers) {
    const compared = COMPARED.exec(condition.trim());
    if (compared) {
      const [, name, sign, bound] = compared;
      const record = numbers.get(name);
      if (!record || record.value === null) return record ? false : undefined;
      const end = sign[0] === ">" ? record.low : record.high;  // the whole range, as the build
      if (end === null || end === undefined) return undefined;
      const far = sign[0] === ">" ? end - Number(bound) : Number(bound) - end;
      return sign.endsWith("=") ? far >= 0 : far > 0;
    }
    const [first, ...rest] = condition.trim().split(/\s+(and|or)\s+/);
    const one = (term) => {
      const record = numbers.get(term.replace(/^not /, "").trim());
      if (!record) return undefined;
      const has = record.kind === "number" ? record.value !== null : !record.reason;
      return has !== term.startsWith("not ");
    };
    let answer = one(first);
    for (let place = 0; place < rest.length; place += 2) {
      const next = one(rest[place + 1]);
      if (answer === undefined || next === undefined) return undefined;
      answer = rest[place] === "and" ? answer && next : answer || next;
    }
    return answer;
  }

  /** What stands in the book for a role: its text, and why that is not known or what it is. */
  function said(role, text, numbers) {
    const parts = text.replaceAll("\\|", "|").split("|").map((part) => part.trim());
    if (role === "typed" || role === "holds") {
      const [, words, behind] = /^(.*?)\s*<(.*)>$/s.exec(text) || [null, text, ""];
      const title = role === "typed" ? `typed: ${behind}` : `if ${behind}: the build asks`;
      return { text: words, title, known: true };
    }
    const [name, form, ...rest] = parts;
    const record = numbers.get(name);
    if (!record || record.kind !== "number") {
      const why = `${name} is not published by an output of a notebook here. Run its cell.`;
      return { text: `{${role}} ${text}`, title: why, known: false };
    }
    if (role === "plural") {
      const forms = parts.slice(1);
      // English: which language a report has is not known here
      const one = forms.length > 1 && record.value === 1;
      return { text: one ? forms[0] : forms[forms.length - 1] || "", title: name, known: true };
    }
    const formats = { range: record.text, ...record.formats };
    if (record.reason) formats.why ??= record.reason;
    if (record.label) formats.label ??= record.label;
    if (formats.date) formats.dated ??= formats.date;
    const wanted = form || "range";
    const otherwise = rest.length ? rest.join("|") : undefined;
    if (otherwise !== undefined && (record.value === null || !(wanted in formats))) {
      return { text: otherwise, title: `${name} has no ${wanted}`, known: true };
    }
    if (wanted === "why" && record.value !== null) {
      return { text: "…", title: `stands only where ${name} has no value`, known: true };
    }
    if (!(wanted in formats)) {
      const has = Object.keys(formats).join(", ");
      return { text: `{number} ${text}`, title: `${name} has no '${wanted}'. It has ${has}.`,
               known: false };
    }
    return { text: formats[wanted], title: `${record.label || name} [${name}]`, known: true };
  }

  function shown(role, text) {
    const place = document.createElement("span");
    place.dataset.rbRole = role;
    place.dataset.rbText = text;
    return place;
  }

  function fill(place, numbers) {
    const found = said(place.dataset.rbRole, place.dataset.rbText, numbers);
    place.className = found.known ? "rb-quoted" : "rb-unknown";
    if (place.textContent !== found.text) place.textContent = found.text;
    place.title = found.title;
  }

  /** A {when} as the prose that it is, under its condition. */
  function whenOf(code, rendermime) {
    const place = document.createElement("div");
    place.dataset.rbWhen = code.className.slice(WHEN.length);
    const asked = document.createElement("small");
    asked.textContent = `when ${place.dataset.rbWhen}`;
    const prose = rendermime.createRenderer("text/markdown");
    const data = { "text/markdown": code.textContent };
    prose.renderModel(rendermime.createModel({ data }));
    place.append(asked, prose.node);
    return place;
  }

  /** Put a place for what is said where a rendered cell has a role. */
  function findIn(rendered, rendermime) {
    for (const code of rendered.querySelectorAll("pre > code")) {
      if (code.className.startsWith(WHEN)) code.parentElement.replaceWith(whenOf(code, rendermime));
    }
    for (const code of rendered.querySelectorAll(":not(pre) > code")) {
      const before = code.previousSibling;
      const role = before && before.nodeType === Node.TEXT_NODE && ROLE.exec(before.data);
      if (!role) continue;
      before.data = before.data.slice(0, role.index);
      code.replaceWith(shown(role[1], code.textContent));
    }
    for (const block of rendered.querySelectorAll("pre > code")) {  // {key-numbers}, other fences
      const lines = block.textContent.trim().split("\n");
      if (lines.every((line) => NAME.test(line))) {
        block.replaceChildren(...lines.flatMap((name) => [shown("number", name), "\n"]));
        continue;
      }
      if (!block.textContent.includes("}`")) continue;
      const parts = [];
      let last = 0;
      for (const match of block.textContent.matchAll(WRITTEN)) {
        parts.push(block.textContent.slice(last, match.index), shown(match[1], match[2]));
        last = match.index + match[0].length;
      }
      if (parts.length) block.replaceChildren(...parts, block.textContent.slice(last));
    }
  }

  /** Whether a change of the page has to do with rendered Markdown, and is not one of ours. */
  function concerns(change) {
    const inside = change.target.closest?.(".jp-RenderedMarkdown");
    if (inside) return change.target.dataset.rbRole === undefined;
    const has = (node) => node.matches?.(".jp-RenderedMarkdown") ||
      node.querySelector?.(".jp-RenderedMarkdown");
    return [...change.addedNodes].some(has);
  }

  /** Keep the sentences of an open notebook filled in. */
  function follow(panel, contents) {
    const fillIn = () => {
      for (const rendered of panel.node.querySelectorAll(".jp-RenderedMarkdown")) {
        findIn(rendered, panel.content.rendermime);
      }
      for (const place of panel.node.querySelectorAll("[data-rb-role]")) fill(place, numbers);
      for (const place of panel.node.querySelectorAll("[data-rb-when]")) {
        const isOut = applies(place.dataset.rbWhen, numbers) === false;
        place.className = isOut ? "rb-when rb-left-out" : "rb-when";
        place.title = isOut ? "does not apply to what this notebook publishes now" : "";
      }
    };
    const numbers = new Numbers(panel, contents, fillIn);
    let timer = 0;
    const lookSoon = () => {
      clearTimeout(timer);
      timer = setTimeout(() => { numbers.look(); fillIn(); }, PAUSE);
    };
    const watch = new MutationObserver((changes) => { if (changes.some(concerns)) fillIn(); });
    panel.context.ready.then(() => {
      numbers.look();
      fillIn();
      panel.context.model.contentChanged.connect(lookSoon);
      watch.observe(panel.node, { childList: true, subtree: true });
    });
    panel.disposed.connect(() => { clearTimeout(timer); watch.disconnect(); });
  }

  let shared;

  async function moduleOf(name) {
    const versions = Object.values(shared[name] || {});
    return (await (versions.find((each) => each.loaded) || versions[0]).get())();
  }

  window._JUPYTERLAB = window._JUPYTERLAB || {};
  window._JUPYTERLAB.reportbook = {
    init: async (scope) => { shared = scope; },
    get: async () => {
      const { INotebookTracker } = await moduleOf("@jupyterlab/notebook");
      const plugin = {
        id: "reportbook:sentences",
        description: "Shows quoted numbers in the sentences of a notebook.",
        autoStart: true,
        requires: [INotebookTracker],
        activate: (app, tracker) => {
          const style = document.createElement("style");
          style.textContent = STYLE;
          document.head.append(style);
          tracker.widgetAdded.connect((_, panel) => follow(panel, app.serviceManager.contents));
          tracker.forEach((panel) => follow(panel, app.serviceManager.contents));
        },
      };
      return () => ({ __esModule: true, default: plugin });
    },
  };
})();
