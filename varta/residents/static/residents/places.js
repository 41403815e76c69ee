// Suggests places while a name is typed, and finds the nearest one to where the device is.

const DELAY_MS = 250;

for (const field of document.querySelectorAll("[data-places]")) {
  const input = field.querySelector("[name=place]");
  const list = field.querySelector("[data-found]");
  const find = field.querySelector("[data-find]");
  let timer = 0;
  let asked = 0;

  find.hidden = true;
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(suggest, DELAY_MS);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    clearTimeout(timer);
    suggest();
  });

  async function suggest() {
    const mine = ++asked;
    const words = input.value.trim();
    point();
    if (!words) return list.replaceChildren();
    try {
      const response = await fetch(`${field.dataset.places}?q=${encodeURIComponent(words)}`);
      const { found } = await response.json();
      if (mine === asked) list.replaceChildren(...found.map(choice));
    } catch {
      find.hidden = false; // the server finds it when the form is sent
    }
  }

  /** Return a choice for one place. */
  function choice({ code, title, path }, index, all) {
    const label = document.createElement("label");
    label.className = "choice";
    const radio = Object.assign(document.createElement("input"), { type: "radio", name: "place_code", value: code });
    radio.checked = all.length === 1;
    const text = document.createElement("span");
    text.textContent = title;
    const small = Object.assign(document.createElement("small"), { className: "muted", textContent: path });
    text.append(small);
    label.append(radio, text);
    return label;
  }

  const locate = field.querySelector("[data-locate]");
  const said = field.querySelector("[data-where]");
  if (!navigator.geolocation || !window.isSecureContext) continue;
  locate.hidden = false;
  locate.addEventListener("click", () => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        point(coords.latitude.toFixed(5), coords.longitude.toFixed(5));
        list.replaceChildren();
        input.value = "";
        said.textContent = `${locate.textContent}: ${coords.latitude.toFixed(3)}, ${coords.longitude.toFixed(3)}`;
      },
      () => { locate.hidden = true; },
      { timeout: 15_000 },
    );
  });

  function point(lat = "", lon = "") {
    field.querySelector("[name=lat]").value = lat;
    field.querySelector("[name=lon]").value = lon;
    said.textContent = "";
  }
}
