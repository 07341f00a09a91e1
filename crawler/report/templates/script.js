"use strict";

// Theme, copy buttons, and the filters of the table of all links. The page is complete without it.
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  const themes = ["auto", "light", "dark"];
  let theme = "auto";
  try {
    theme = localStorage.getItem("crawler-theme") ?? theme;
  } catch {} // Where storage is switched off, the theme lasts as long as the page.

  const setTheme = (name) => {
    theme = themes.includes(name) ? name : "auto";
    if (theme === "auto") delete root.dataset.theme;
    else root.dataset.theme = theme;
    try {
      localStorage.setItem("crawler-theme", theme);
    } catch {}
  };
  setTheme(theme);

  document.addEventListener("DOMContentLoaded", () => {
    const id = (name) => document.getElementById(name);

    // --- theme and age ---
    const button = id("theme");
    const nameTheme = () => (button.textContent = `Theme: ${theme}`);
    button.addEventListener("click", () => {
      setTheme(themes[(themes.indexOf(theme) + 1) % themes.length]);
      nameTheme();
    });
    nameTheme();
    button.hidden = false;

    const ago = (moment) => {
      const hours = Math.round((Date.now() - Date.parse(moment)) / 36e5);
      const words = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
      return hours < 48 ? words.format(-hours, "hour") : words.format(-Math.round(hours / 24), "day");
    };
    for (const time of document.querySelectorAll("time[data-age]")) {
      time.title = time.textContent;
      time.after(` (${ago(time.dateTime)})`);
    }
    // The page cannot be written again where nothing runs any more.
    const old = id("old");
    if (old) old.hidden = (Date.now() - Date.parse(old.dataset.from)) / 1000 <= Number(old.dataset.seconds);

    // --- copying ---
    const copy = async (text, from) => {
      try {
        await navigator.clipboard.writeText(text);
      } catch {
        const area = document.createElement("textarea");
        area.value = text;
        document.body.append(area);
        area.select();
        document.execCommand("copy");
        area.remove();
        from.focus();
      }
      const before = from.dataset.name ?? from.textContent;
      from.dataset.name = before;
      from.textContent = "Copied";
      from.classList.add("done");
      setTimeout(() => {
        from.textContent = before;
        from.classList.remove("done");
      }, 1500);
    };
    const addCopyButtons = (within) => {
      for (const code of within.querySelectorAll("code:not(:has(button))")) {
        const button = document.createElement("button");
        const text = code.textContent;
        button.type = "button";
        button.textContent = "Copy";
        button.ariaLabel = `Copy ${text}`;
        button.dataset.copy = text;
        code.append(button);
      }
    };
    document.addEventListener("click", (event) => {
      const from = event.target.closest("button[data-copy]");
      if (from) copy(from.dataset.copy, from);
    });
    for (const one of document.querySelectorAll("button[data-copy]")) one.hidden = false;
    if (id("todo")) addCopyButtons(id("todo")); // A page of findings has none.

    // --- the table ---
    const table = id("links");
    if (!table) return;
    const body = table.tBodies[0];
    const headers = [...table.tHead.rows[0].cells];
    const all = [...body.rows];
    const ranks = new Map(all.map((row, place) => [row, place])); // They come in the order of urgency.
    let rows = all;
    let on = []; // The rows that are shown; the others wait, so that a long list is as quick as a short one.
    const step = matchMedia("(max-width: 52rem)").matches ? 25 : 100;
    let most = step;
    const q = id("q");
    const category = id("category");
    const host = id("host");
    const state = (row, name) => row.classList.contains(name);
    const chips = [...document.querySelectorAll(".controls .chips button")];
    const categoryOf = (row) => row.children[3].textContent;
    const hosts = new Map(); // Kept: to ask 10,000 rows with every key takes seconds.
    const hostOf = (row) => {
      if (!hosts.has(row)) hosts.set(row, row.children[2].firstElementChild.hostname ?? "");
      return hosts.get(row);
    };

    // What is found by its text: made when somebody types for the first time.
    let texts;
    const textOf = (row) => {
      if (!texts) {
        texts = new Map();
        for (const one of all) {
          const href = one.querySelector("a")?.getAttribute("href") ?? "";
          texts.set(one, `${one.textContent} ${href}`.toLowerCase());
        }
        for (const see of body.getElementsByClassName("see")) {
          const [one, task] = [see.closest("tr"), id(see.firstChild.hash.slice(1)).closest("li")];
          texts.set(one, `${texts.get(one)} ${task.textContent.toLowerCase()}`);
        }
      }
      return texts.get(row);
    };

    let wanted = { state: "", category: "", host: "", q: "" };
    const fits = (row, words) =>
      (!wanted.state || state(row, wanted.state)) &&
      (!wanted.category || categoryOf(row) === wanted.category) &&
      (!wanted.host || hostOf(row).includes(wanted.host)) &&
      words.every((word) => textOf(row).includes(word));

    const show = () => {
      const words = wanted.q.toLowerCase().split(/\s+/).filter(Boolean);
      const fitting = rows.filter((row) => fits(row, words));
      for (const row of on) row.classList.remove("on");
      on = fitting.slice(0, most);
      for (const row of on) row.classList.add("on");
      const places = document.createDocumentFragment();
      places.append(...on);
      body.append(places);
      const [found, shown] = [fitting.length, on.length];
      const isAll = found === all.length;
      id("shown").textContent = found === 0
        ? "No link fits these filters."
        : `${shown === found ? found : `${shown} of ${found}`} ${isAll ? "links" : `found, of ${all.length} links`}`;
      id("clear").hidden = !Object.values(wanted).some(Boolean);
      table.parentElement.querySelector(".paging").hidden = shown === found;
      id("next").textContent = `Show ${Math.min(step, found - shown)} more`;
      for (const chip of chips) chip.ariaPressed = String(chip.className === wanted.state);
      for (const link of document.querySelectorAll('header .chips a')) {
        if (link.hash === `#state=${wanted.state}` && wanted.state) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      }
      if (q.value !== wanted.q) q.value = wanted.q;
      if (host.value !== wanted.host) host.value = wanted.host;
      category.value = wanted.category;
    };

    // --- the hash: filters and order, or a link's story ---
    let order = "";
    const write = () => {
      const words = new URLSearchParams();
      for (const [name, value] of Object.entries(wanted)) if (value) words.set(name, value);
      if (order) words.set("sort", order);
      history.replaceState(null, "", words.size ? `#${words}` : location.pathname + location.search);
    };
    const change = (name, value) => {
      wanted[name] = value;
      most = step;
      write();
      show();
    };
    const read = () => {
      const hash = location.hash.slice(1);
      if (!hash.includes("=")) return false;
      const words = new URLSearchParams(hash);
      for (const name of Object.keys(wanted)) wanted[name] = words.get(name) ?? "";
      most = step;
      sort(words.get("sort") ?? "");
      show();
      return true;
    };

    // --- order ---
    const { compare } = new Intl.Collator("en", { numeric: true });
    const sort = (by) => {
      if (by === order) return;
      order = by;
      const descending = by.startsWith("-");
      const column = headers.findIndex((header) => header.dataset.sort === by.replace("-", ""));
      for (const header of headers) header.removeAttribute("aria-sort");
      if (column < 0) {
        order = "";
        rows = all;
        headers.find((header) => header.dataset.sort === "state").setAttribute("aria-sort", "ascending");
      } else {
        headers[column].setAttribute("aria-sort", descending ? "descending" : "ascending");
        const keyed = all.map((row) => {
          const cell = row.children[column];
          const key = by.endsWith("state") ? ranks.get(row) : (cell.querySelector("a") ?? cell).textContent.trim();
          return [String(key), row];
        });
        keyed.sort(([a], [b]) => {
          if (a === "" || b === "") return (a === "") - (b === ""); // What is not known comes last.
          return descending ? compare(b, a) : compare(a, b);
        });
        rows = keyed.map(([, row]) => row);
      }
    };
    for (const header of headers) {
      if (!header.dataset.sort) continue;
      const button = document.createElement("button");
      button.type = "button";
      button.append(...header.childNodes);
      button.addEventListener("click", () => {
        const by = header.dataset.sort;
        sort(header.getAttribute("aria-sort") === "ascending" ? `-${by}` : by);
        write();
        show();
      });
      header.append(button);
    }

    // --- what a person does ---
    q.addEventListener("input", () => change("q", q.value));
    host.addEventListener("input", () => change("host", host.value.trim().toLowerCase()));
    host.addEventListener("focus", () => {
      const names = [...new Set(all.map(hostOf))].filter(Boolean).sort();
      id("hosts").replaceChildren(...names.map((name) => new Option(name)));
    }, { once: true });
    category.addEventListener("input", () => change("category", category.value));
    for (const chip of chips) {
      chip.addEventListener("click", () => {
        change("state", wanted.state === chip.className ? "" : chip.className);
      });
    }
    id("clear").addEventListener("click", () => {
      wanted = { state: "", category: "", host: "", q: "" };
      most = step;
      write();
      show();
      q.focus();
    });
    id("next").addEventListener("click", () => {
      most += step;
      show();
    });
    id("every").addEventListener("click", () => {
      most = Infinity;
      show();
    });

    // A story that stands under To do is shown in the table, too, when it is unfolded there.
    body.addEventListener("toggle", (event) => {
      const see = event.target.querySelector(".see a");
      if (event.target.open && see) {
        const task = id(see.hash.slice(1)).closest("li");
        const parts = task.querySelectorAll(".was, .what dl, .step, details > div > *");
        see.parentElement.replaceWith(...[...parts].map((part) => part.cloneNode(true)));
        for (const button of event.target.querySelectorAll("code button")) button.remove();
      }
      if (event.target.open) addCopyButtons(event.target);
    }, true);
    body.addEventListener("click", (event) => {
      const row = event.target.closest("tr");
      const own = event.target.closest("a, button, details");
      if (row && !own && !String(getSelection())) {
        const details = row.querySelector("details");
        details.open = !details.open;
      }
    });

    // The next Tab goes on from the table, not from the link above that filters it.
    const heading = id("all").firstElementChild;
    heading.tabIndex = -1;
    const follow = () => {
      if (!read()) return;
      id("all").scrollIntoView();
      heading.focus({ preventScroll: true });
    };
    addEventListener("hashchange", follow);
    // A link to the filters that are set already changes no hash.
    document.addEventListener("click", (event) => {
      const hash = event.target.closest("a")?.getAttribute("href");
      if (hash?.startsWith("#") && hash === location.hash) follow();
    });
    document.querySelector(".controls").hidden = false;
    if (!read()) show();
  });
})();
