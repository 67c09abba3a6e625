"use strict";
(() => {
  // A link into a fold opens it.
  const open = () => {
    const place = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    if (!place) return;
    for (let fold = place.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    place.scrollIntoView();
  };
  addEventListener("hashchange", open);
  open();

  // Columns sort by a click on their heads.
  const collator = new Intl.Collator(undefined, { numeric: true });
  for (const table of document.querySelectorAll("table.sortable")) {
    const body = table.tBodies[0];
    const original = [...body.rows];
    for (const [column, head] of [...table.tHead.rows[0].cells].entries()) {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const next = { ascending: "descending", descending: "" }[head.getAttribute("aria-sort")] ?? "ascending";
        for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
        if (next) head.setAttribute("aria-sort", next);
        const key = (row) => row.cells[column].textContent.trim();
        const rows = [...original];
        if (next) rows.sort((a, b) => (next === "ascending" ? 1 : -1) * collator.compare(key(a), key(b)));
        body.append(...rows);
      });
    }
  }

  const form = document.getElementById("filter");
  if (!form) return;
  const items = [...document.querySelectorAll("[data-status]")];
  const rows = new Map([...document.querySelectorAll("[data-row]")].map((row) => [row.dataset.row, row]));
  const sections = [...document.querySelectorAll("[data-section]")];
  const boxes = [...form.querySelectorAll("[name=status]")];
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const texts = new Map();
  // Passages are left out: they tell of other statements, too.
  const words = (item) => {
    if (!texts.has(item)) {
      const parts = [...item.children].filter((part) => part.tagName !== "DETAILS");
      texts.set(item, fold(parts.map((part) => part.textContent).join(" ")));
    }
    return texts.get(item);
  };
  // What is sought is marked where it stands, without a change to the document.
  const mark = (sought) => {
    if (!globalThis.Highlight || !CSS.highlights) return;
    CSS.highlights.delete("found");
    if (!sought.length) return;
    const ranges = [];
    for (const item of items) {
      if (item.hidden) continue;
      const walk = document.createTreeWalker(item, NodeFilter.SHOW_TEXT);
      while (walk.nextNode()) {
        const node = walk.currentNode;
        const at = [];
        let folded = "";
        for (let index = 0; index < node.data.length; index += 1) {
          const letter = fold(node.data[index]);
          folded += letter;
          for (let count = 0; count < letter.length; count += 1) at.push(index);
        }
        for (const word of sought) {
          for (let from = folded.indexOf(word); from >= 0; from = folded.indexOf(word, from + word.length)) {
            const range = new Range();
            range.setStart(node, at[from]);
            range.setEnd(node, at[from + word.length - 1] + 1);
            ranges.push(range);
          }
        }
      }
    }
    CSS.highlights.set("found", new Highlight(...ranges));
  };
  const holds = (list, wanted) => !wanted || (list || "").split(" ").includes(wanted);

  const apply = () => {
    const sought = fold(form.q.value).split(/\s+/).filter(Boolean);
    const statuses = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    let shown = 0;
    for (const item of items) {
      item.hidden = !(
        statuses.has(item.dataset.status) &&
        holds(item.dataset.outlets, form.outlet.value) &&
        holds(item.dataset.speakers, form.speaker.value) &&
        sought.every((word) => words(item).includes(word))
      );
      if (!item.hidden) shown += 1;
      const row = rows.get(item.id);
      if (row) row.hidden = item.hidden;
    }
    mark(sought);
    const narrowed = shown < items.length;
    for (const section of sections) {
      const found = section.querySelector("[data-status]:not([hidden])");
      section.hidden = !found;
      const fold = section.querySelector("details.alone");
      if (fold && found && narrowed) fold.open = true;
    }
    form.querySelector("output").textContent = narrowed
      ? `${shown} of ${items.length} statements shown`
      : `${items.length} statements`;
  };

  // The choice stands in the address, so that it can be kept and sent on.
  const remember = () => {
    const chosen = new URLSearchParams();
    for (const name of ["q", "outlet", "speaker"]) {
      if (form[name].value) chosen.set(name, form[name].value);
    }
    if (!boxes.every((box) => box.checked)) {
      chosen.set("status", boxes.filter((box) => box.checked).map((box) => box.value).join(","));
    }
    history.replaceState(null, "", chosen.size ? `#?${chosen}` : location.href.split("#")[0]);
  };
  const recall = () => {
    if (!location.hash.startsWith("#?")) return;
    const chosen = new URLSearchParams(location.hash.slice(2));
    for (const name of ["q", "outlet", "speaker"]) form[name].value = chosen.get(name) || "";
    const statuses = chosen.get("status");
    for (const box of boxes) box.checked = statuses === null || statuses.split(",").includes(box.value);
  };

  form.addEventListener("input", () => { apply(); remember(); });
  form.addEventListener("reset", () => setTimeout(() => { apply(); remember(); }));
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("hashchange", () => { recall(); apply(); });
  form.hidden = false;
  recall();
  apply();
})();
