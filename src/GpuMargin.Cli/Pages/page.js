"use strict";
(() => {
  const FIRST = 100;
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const byId = id => document.getElementById(id);

  // Cells as numbers where they are ones; empty cells come last.
  const value = cell => {
    const text = cell.textContent.trim();
    const number = Number(text.replace(/[,%\s±+]/g, ""));
    return { text, number: text !== "" && !Number.isNaN(number) ? number : null };
  };
  const collator = new Intl.Collator("en", { numeric: true });
  const compare = (a, b, sign) => {
    if (a.text === "" || b.text === "") return (a.text === "") - (b.text === "");
    if (a.number !== null && b.number !== null) return sign * (a.number - b.number);
    if (a.number !== null || b.number !== null) return a.number !== null ? -1 : 1;
    return sign * collator.compare(a.text, b.text);
  };

  const sort = (table, column, heading) => {
    const descending = heading.getAttribute("aria-sort") === "none" ? !heading.classList.contains("t") : heading.getAttribute("aria-sort") === "ascending";
    for (const other of all("thead th[aria-sort]", table)) other.setAttribute("aria-sort", "none");
    heading.setAttribute("aria-sort", descending ? "descending" : "ascending");
    const body = table.tBodies[0];
    const rows = [...body.rows].map(row => [value(row.cells[column]), row]);
    rows.sort((a, b) => compare(a[0], b[0], descending ? -1 : 1));
    body.append(...rows.map(pair => pair[1]));
    if (table.id === "all-accounts") show();
  };

  for (const table of all("table[data-sort]")) {
    all("thead th", table).forEach((heading, column) => {
      if (all("td.bar", table).some(cell => cell.cellIndex === column)) return;
      const button = document.createElement("button");
      button.type = "button";
      heading.dataset.heading = heading.textContent; // printed in place of the button
      button.append(...heading.childNodes);
      heading.append(button);
      heading.setAttribute("aria-sort", "none");
      button.addEventListener("click", () => sort(table, column, heading));
    });
  }

  // The table of accounts shows what is asked for, and of that the first rows until all are wanted.
  const accounts = byId("all-accounts");
  const words = new Map([...accounts.tBodies[0].rows].map(row => [row, (row.cells[0].textContent + "\n" + (row.cells[2].className === "t" ? row.cells[2].textContent : "")).toLowerCase()]));
  let wantsAll = false;
  const show = () => {
    const wanted = byId("search").value.trim().toLowerCase(), kept = byId("filter").value;
    let found = 0, shown = 0;
    for (const row of accounts.tBodies[0].rows) {
      const isWanted = words.get(row).includes(wanted) && (kept === "" || row.cells[1].textContent.includes(kept));
      found += isWanted;
      const isShown = isWanted && (wantsAll || found <= FIRST);
      shown += isShown;
      row.hidden = !isShown;
    }
    byId("count").textContent = `${found.toLocaleString("en")} of ${words.size.toLocaleString("en")} accounts${shown < found ? `, the first ${shown} shown` : ""}`;
    byId("more").parentElement.hidden = shown === found;
  };
  for (const part of all(".only-script")) part.hidden = false;
  byId("search").addEventListener("input", show);
  byId("filter").addEventListener("change", show);
  byId("search").form.addEventListener("submit", event => event.preventDefault());
  byId("more").addEventListener("click", () => { wantsAll = true; show(); });
  show();

  // What scrolls can be reached by the keyboard and has a name.
  const reach = part => {
    const scrolls = part.scrollWidth > part.clientWidth;
    if (scrolls === part.hasAttribute("tabindex")) return;
    if (scrolls) {
      part.tabIndex = 0;
      part.setAttribute("role", "region");
      part.setAttribute("aria-label", part.querySelector("caption, title").textContent);
    } else for (const name of ["tabindex", "role", "aria-label"]) part.removeAttribute(name);
  };
  const sizes = new ResizeObserver(entries => entries.forEach(entry => reach(entry.target)));
  for (const part of all(".scroll")) sizes.observe(part);

  const fold = open => () => { for (const part of all("details.account")) part.open = open; };
  byId("unfold")?.addEventListener("click", fold(true));
  byId("fold")?.addEventListener("click", fold(false));
  const unfoldTarget = () => {
    const target = location.hash.startsWith("#d") ? byId(location.hash.slice(1)) : null;
    if (target instanceof HTMLDetailsElement) {
      target.open = true;
      target.firstElementChild.focus();
      target.scrollIntoView();
    }
  };
  addEventListener("hashchange", unfoldTarget);
  unfoldTarget();
})();
