"use strict";

// Says when the page is old; sorts and filters the table of all links. The page is complete without it.
(() => {
  // The page cannot be written again where nothing runs any more.
  const old = document.getElementById("old");
  const age = old === null ? 0 : (Date.now() - Date.parse(old.dataset.from)) / 1000;
  if (old !== null) old.hidden = age <= Number(old.dataset.seconds);

  const table = document.getElementById("links");
  const headers = [...table.tHead.rows[0].cells];
  const rows = [...table.tBodies[0].rows];
  const filter = document.getElementById("filter");
  const state = document.getElementById("state");
  const shown = document.getElementById("shown");

  // Numbers within texts count as numbers, which puts dates in order too.
  const { compare } = new Intl.Collator("en", { numeric: true });
  const addresses = (row) => [...row.querySelectorAll("a")].map((link) => link.href).join(" ");
  const texts = new Map(
    rows.map((row) => [row, `${row.textContent} ${addresses(row)}`.toLowerCase()]),
  );

  const sort = (column) => {
    const ascending = headers[column].getAttribute("aria-sort") !== "ascending";
    const key = (row) => row.cells[column].dataset.rank ?? row.cells[column].textContent.trim();
    const keys = new Map(rows.map((row) => [row, key(row)]));
    const order = (one, other) => {
      const [a, b] = [keys.get(one), keys.get(other)];
      if (a === "" || b === "") return (a === "") - (b === ""); // What is not known comes last.
      return ascending ? compare(a, b) : compare(b, a);
    };
    for (const header of headers) header.removeAttribute("aria-sort");
    headers[column].setAttribute("aria-sort", ascending ? "ascending" : "descending");
    table.tBodies[0].append(...[...rows].sort(order));
  };

  const choose = () => {
    const wanted = filter.value.toLowerCase().split(/\s+/);
    for (const row of rows) {
      const named = wanted.every((word) => texts.get(row).includes(word));
      row.hidden = !named || (state.value !== "" && row.dataset.state !== state.value);
    }
    const count = rows.filter((row) => !row.hidden).length;
    shown.textContent = `${count} of ${rows.length} shown`;
  };

  for (const [column, header] of headers.entries()) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...header.childNodes);
    button.addEventListener("click", () => sort(column));
    header.append(button);
  }
  filter.addEventListener("input", choose);
  state.addEventListener("input", choose);
  document.querySelector(".controls").hidden = false;
  choose();
})();
