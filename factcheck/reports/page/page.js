"use strict";
(() => {
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
