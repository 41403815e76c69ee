// The form that begins a turn: the crew stands where this device is, if the officer says so.

const form = document.querySelector("[data-standing]");
const button = form?.querySelector("[data-stand-here]");
if (button && navigator.geolocation) {
  button.hidden = false;
  button.addEventListener("click", () => {
    navigator.geolocation.getCurrentPosition((found) => {
      form.elements.namedItem("lat").value = found.coords.latitude.toFixed(5);
      form.elements.namedItem("lon").value = found.coords.longitude.toFixed(5);
      button.textContent = button.dataset.wordDone;
    }, () => { button.textContent = button.dataset.wordFailed; }, { enableHighAccuracy: true, timeout: 15_000 });
  });
}
