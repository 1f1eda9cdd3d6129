// A list on its way in goes on by itself. Without this script its button does the same.
document.querySelector("form[data-goes-on]")?.requestSubmit();
