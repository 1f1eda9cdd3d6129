/* Warns before a session ends, and lets it go on. Whoever types is not idle, although nothing is sent meanwhile. */
"use strict";
{
  const box = document.getElementById("session-end");
  const form = box.querySelector("form");
  const [soon, over] = box.querySelectorAll("[data-says]");
  let until, warn, timer, isTyping = false, isOver = false;

  const show = (says, text) => {
    box.hidden = false;
    soon.hidden = says !== soon;
    over.hidden = says !== over;
    form.hidden = says === over;
    const words = text || says.dataset.says;
    if (says.textContent !== words) says.textContent = words;
  };
  const take = (left) => {
    until = Date.now() + left * 1000;
    warn = Math.min(Number(box.dataset.warn), left / 2) * 1000;
    box.hidden = true;
    watch();
  };
  const ask = async (method) => {
    try {
      const options = { method, headers: { Accept: "application/json" }, redirect: "error" };
      if (method === "POST") options.body = new FormData(form);
      const answer = await fetch(form.action, options);
      return (await answer.json()).left;
    } catch {
      return null;
    }
  };
  const remind = () => {
    const left = until - Date.now();
    if (left <= 0) {
      isOver = true;
      show(over);
      return;
    }
    const minutes = Math.ceil(left / 60_000);
    show(soon, (minutes === 1 ? soon.dataset.one : soon.dataset.says).replace("#", minutes));
    watch();
  };
  /* Another tab may have been used, or somebody typed here: then the session has longer. */
  const look = async () => {
    const method = isTyping ? "POST" : "GET";
    isTyping = false;
    const left = await ask(method);
    if (left !== null && left * 1000 > warn + 1000) take(left);
    else remind();
  };
  function watch() {
    clearTimeout(timer);
    if (isOver) return;
    const left = until - Date.now() - warn;
    timer = setTimeout(left > 0 ? watch : look, left > 0 ? Math.min(left, 30_000) : 0);
    if (left <= 0 && !box.hidden) {
      clearTimeout(timer);
      timer = setTimeout(isTyping ? look : remind, Math.min(15_000, Math.max(200, until - Date.now())));
    }
  }
  document.addEventListener("input", () => { isTyping = true; });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const left = await ask("POST");
    if (left) take(left);
    else {
      until = Date.now();
      remind();
    }
  });
  take(Number(box.dataset.left));
}
