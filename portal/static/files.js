/* Says at once which chosen files are too large to be sent, and does not send them. */
"use strict";
{
  const input = document.querySelector("input[type=file][data-most]");
  if (input) {
    const said = document.createElement("p");
    said.className = "errornote";
    said.setAttribute("role", "alert");
    const tooLarge = () => {
      const files = [...input.files];
      const single = files.filter((file) => file.size > Number(input.dataset.most));
      const all = files.reduce((sum, file) => sum + file.size, 0);
      return single.length || all <= Number(input.dataset.all) * 0.98 ? single : files;
    };
    const tell = () => {
      const files = tooLarge();
      said.textContent = `${input.dataset.said} ${files.map((file) => file.name).join(", ")}`;
      if (files.length) input.after(said);
      else said.remove();
      return files.length;
    };
    input.addEventListener("change", tell);
    input.form.addEventListener("submit", (event) => { if (tell()) event.preventDefault(); });
  }
}
