/* Says in words what went wrong with a passkey, and shows its buttons only where the browser knows passkeys. */
"use strict";
{
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    const problem = document.getElementById("passkey-problem");
    problem.hidden = true;
    problem.hidden = false;
    problem.scrollIntoView({ block: "nearest" });
  });
  if (window.PublicKeyCredential) document.documentElement.classList.add("has-passkeys");
}
