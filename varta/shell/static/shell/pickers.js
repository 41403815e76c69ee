// Suggestions under a field for a place or a unit. Without them the server finds the place by its name.

const ADDRESSES = { places: "/places/suggest", units: "/places/units/suggest" };
const DELAY = 180;

class Picker {
  constructor(input) {
    this.input = input;
    this.code = input.form.elements.namedItem(`${input.name}_code`);
    this.list = document.createElement("ul");
    this.list.className = "suggestions";
    this.list.id = `${input.id}_list`;
    this.list.setAttribute("role", "listbox");
    this.list.hidden = true;
    const around = document.createElement("div");
    around.className = "picker";
    input.replaceWith(around);
    around.append(input, this.list);
    for (const [name, value] of Object.entries({
      role: "combobox", "aria-expanded": "false", "aria-controls": this.list.id, "aria-autocomplete": "list",
    })) input.setAttribute(name, value);
    input.addEventListener("input", () => this.typed());
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => setTimeout(() => this.close(), 150));
    this.asked = 0;
  }

  typed() {
    this.setCode("");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), DELAY);
  }

  setCode(value) {
    if (this.code instanceof HTMLInputElement) this.code.value = value;
  }

  async ask() {
    const words = this.input.value.trim();
    const mine = ++this.asked;
    if (words.length < 2) return this.close();
    const address = `${ADDRESSES[this.input.dataset.picker]}?q=${encodeURIComponent(words)}&within=${this.input.dataset.within ?? ""}`;
    const answer = await fetch(address).catch(() => null);
    if (mine !== this.asked || !answer?.ok || document.activeElement !== this.input) return;
    this.show((await answer.json()).results);
  }

  show(found) {
    this.found = found;
    this.at = -1;
    this.list.replaceChildren(...found.map((one, place) => {
      const line = document.createElement("li");
      line.id = `${this.list.id}_${place}`;
      line.setAttribute("role", "option");
      line.textContent = one.name;
      const where = document.createElement("small");
      where.textContent = one.path ?? one.branch ?? one.code;
      line.append(where);
      line.addEventListener("pointerdown", (event) => { event.preventDefault(); this.take(place); });
      return line;
    }));
    this.list.hidden = !found.length;
    this.input.setAttribute("aria-expanded", String(!this.list.hidden));
  }

  key(event) {
    if (this.list.hidden) return;
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps) this.mark((this.at + steps[event.key] + this.found.length) % this.found.length);
    else if (event.key === "Enter" && this.found.length) this.take(Math.max(this.at, 0));
    else if (event.key === "Escape") { this.close(); event.stopPropagation(); }
    else return;
    event.preventDefault();
  }

  mark(place) {
    this.at = place;
    [...this.list.children].forEach((line, nth) => line.setAttribute("aria-selected", String(nth === place)));
    this.list.children[place].scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", this.list.children[place].id);
  }

  take(place) {
    this.asked++;
    this.input.value = this.found[place].name;
    this.setCode(this.found[place].code);
    this.close();
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}

document.querySelectorAll("input[data-picker]").forEach((input) => new Picker(input));
