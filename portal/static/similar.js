/* Shows cases like the difficulty being filed, while its title and account are typed. */
"use strict";
{
  const title = document.querySelector("[data-similar]");
  const account = document.querySelector("[name=account]");
  if (title && account) {
    const form = title.form;
    const region = document.createElement("div");
    region.className = "similar";
    region.setAttribute("aria-live", "polite");
    account.closest(".form-row").after(region);

    const element = (name, text, attributes = {}) => {
      const made = document.createElement(name);
      made.textContent = text;
      Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
      return made;
    };
    const link = (text, about, attributes) => element("a", text, { "aria-label": `${text}: ${about}`, ...attributes });
    const button = (text, about, press) => {
      const made = element("button", text, { type: "button", class: "button", "aria-label": `${text}: ${about}` });
      made.addEventListener("click", () => press(made));
      return made;
    };
    // What was typed goes along to the form of the step that adds it to the difficulty filed already.
    const step = (text, about, address) =>
      button(text, about, () => {
        const send = element("button", "", { formaction: address, formnovalidate: "", hidden: "" });
        form.append(send);
        form.requestSubmit(send);
        send.remove();
      });
    const similar = form.elements.similar;
    const isLinked = (key) => [...similar.selectedOptions].some((option) => option.value === `${key}`);
    const linked = (text) => element("strong", text, { class: "quiet", tabindex: "-1" });
    const linking = (found, about, answer) =>
      button(answer.link, about, (pressed) => {
        if (!isLinked(found.link)) similar.add(new Option(about, found.link, true, true));
        similar.dispatchEvent(new Event("change", { bubbles: true }));
        similar.closest("details")?.setAttribute("open", "");
        const said = linked(answer.linked);
        pressed.replaceWith(said);
        said.focus();
      });
    const line = (found, answer) => {
      const item = element("li", "");
      const about = `${found.reference} ${found.title}`.trim();
      item.append(
        element("strong", about),
        element("span", [found.country, found.standing].filter(Boolean).join(" · "), { class: "quiet" }),
        link(answer.open, about, { href: found.url, target: "_blank", rel: "noopener" }),
      );
      if (found.same) item.append(step(answer.same, about, found.same));
      if (found.reopen) item.append(step(answer.reopen, about, found.reopen));
      if (found.link && similar) {
        item.append(isLinked(found.link) ? linked(answer.linked) : linking(found, about, answer));
      }
      return item;
    };
    const show = (answer) => {
      region.replaceChildren();
      for (const [heading, found] of [
        [answer.heading, answer.cases],
        [answer.earlier_heading, answer.earlier],
      ]) {
        if (!found.length) continue;
        const list = element("ul", "");
        list.append(...found.map((one) => line(one, answer)));
        region.append(element("p", heading), list);
      }
    };

    let asked = "";
    let waiting;
    let asking;
    const ask = async () => {
      const text = `${title.value.trim()}\n${account.value.trim().slice(0, 300)}`.trim();
      if (text === asked) return;
      asked = text;
      asking?.abort();
      asking = new AbortController();
      if (text.length < 2) return show({ cases: [], earlier: [] });
      const body = new URLSearchParams({ text });
      for (const name of ["country", "type"]) body.set(name, form.elements[name]?.value ?? "");
      const headers = { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value };
      try {
        const response = await fetch(title.dataset.similar, { method: "POST", body, headers, signal: asking.signal });
        if (response.ok) show(await response.json());
      } catch (error) {
        if (error.name !== "AbortError") show({ cases: [], earlier: [] });
      }
    };
    const later = () => {
      clearTimeout(waiting);
      waiting = setTimeout(ask, 400);
    };
    [title, account].forEach((field) => field.addEventListener("input", later));
    if (title.value || account.value) later();
  }
}
