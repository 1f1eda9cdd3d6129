/* Names the choosers that select2 draws: it leaves an empty one without a name for screen readers. */
"use strict";
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
