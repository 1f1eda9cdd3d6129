/* Asks before a form with unsaved entries is left. Entries are compared as they would be posted,
   so that choosers, added parts and undone changes count as what they are. */
"use strict";
{
  const base = document.querySelector("input[name=_base], input[data-watch]");
  const form = base && base.form;
  if (form) {
    const entries = () => new URLSearchParams(new FormData(form)).toString();
    const before = "unsaved" in base.dataset ? null : entries();
    let submitting = false;
    form.addEventListener("submit", (event) => { submitting = !event.defaultPrevented; });
    window.addEventListener("pageshow", () => { submitting = false; });
    window.addEventListener("beforeunload", (event) => {
      if (submitting || entries() === before) return;
      event.preventDefault();
      event.returnValue = "";
    });
  }
}
