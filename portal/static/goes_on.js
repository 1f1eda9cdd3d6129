// A list on its way in, or a file on its way out, goes on by itself. Without this script its button does the same.
document.querySelector("form[data-goes-on]")?.requestSubmit();
