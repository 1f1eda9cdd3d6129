/* Names what Django and select2 draw without a name. */
"use strict";
/* An empty chooser has no name for screen readers. */
{
  const name = (container) => {
    const select = container.previousElementSibling;
    const label = select && select.id && document.querySelector(`label[for="${CSS.escape(select.id)}"]`);
    if (!label) return;
    const text = label.textContent.trim().replace(/:$/, "");
    const box = container.querySelector("[role=combobox]");
    const chosen = box.querySelector(".select2-selection__rendered");
    if (select.multiple) {
      container.querySelectorAll("input").forEach((input) => input.setAttribute("aria-label", text));
      box.setAttribute("aria-label", text);
      return;
    }
    label.id ||= `label-${select.id}`;
    box.setAttribute("aria-labelledby", `${label.id} ${chosen.id}`);
    chosen.setAttribute("aria-labelledby", label.id);
  };
  const nameAll = () => document.querySelectorAll(".select2-container").forEach(name);
  nameAll();
  new MutationObserver(nameAll).observe(document.body, { childList: true, subtree: true });
}
/* Names each cell of a list by its column: on a phone a row is a block of labelled values. */
{
  const table = document.getElementById("result_list");
  const heads = table ? [...table.tHead.rows[0].cells] : [];
  const names = heads.map((cell) => cell.querySelector(".text")?.textContent.trim());
  for (const row of table ? table.tBodies[0].rows : []) {
    [...row.cells].forEach((cell, at) => {
      if (names[at]) cell.dataset.label = names[at];
      if (["", "–"].includes(cell.textContent.trim()) && !cell.querySelector("img, input")) cell.dataset.blank = "";
    });
  }
}
/* “Today” beside an input is the day where the reader works; Django asks the body for the distance of these clocks. */
{
  const place = document.querySelector("[data-utc-offset]");
  if (place) document.body.dataset.adminUtcOffset = place.dataset.utcOffset;
}
