// A receipt's QR code brings number and code behind #, where no server sees them: they go into the form, and
// out of the address and the history.

const [number, code] = decodeURIComponent(window.location.hash.slice(1)).split(".");
if (number && code) {
  const form = document.querySelector("[data-follow]");
  form.elements.namedItem("number").value = number;
  form.elements.namedItem("code").value = code;
  window.history.replaceState(null, "", window.location.pathname);
  form.querySelector("button").focus();
}
