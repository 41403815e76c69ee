// The field for the place: what the words may mean, offered below it; chosen by arrows and Enter, or taken where only one
// place of the officer's area can be meant. What was taken, and why, is always shown.

const DELAY_MS = 160;
const nothing = () => ({ spots: [], chosen: null, note: "", exact: true });

export class PlaceField extends EventTarget {
  /**
   * @param {HTMLFormElement} form @param {HTMLElement} shown where the choice is told
   * @param {(words: string) => Promise<object>} look @param {Record<string, any>} texts
   */
  constructor(form, shown, look, texts) {
    super();
    [this.form, this.shown, this.look, this.texts] = [form, shown, look, texts];
    this.input = form.elements.namedItem("place");
    this.found = nothing();
    this.pending = false; // what was typed last is still being looked for
    this.spot = null;
    this.at = -1;
    this.asked = 0;
    this.settled = Promise.resolve();
    this.list = document.createElement("ul");
    Object.assign(this.list, { className: "suggestions", id: "place_list", hidden: true });
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", form.querySelector("label[for=id_place]").textContent);
    const around = document.createElement("div");
    around.className = "picker";
    this.input.replaceWith(around);
    around.append(this.input, this.list);
    for (const [name, value] of Object.entries({ role: "combobox", "aria-expanded": "false", "aria-controls": "place_list", "aria-autocomplete": "list" })) {
      this.input.setAttribute(name, value);
    }
    form.querySelector("fieldset.candidates")?.remove(); // those of the page; the same are offered below
    if (this.input.value) this.settled = this.ask();
    this.input.addEventListener("input", () => this.typed());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => this.left());
  }

  typed() {
    this.forget();
    this.open(false);
    [this.found, this.at, this.pending] = [nothing(), -1, true];
    clearTimeout(this.timer);
    this.settled = new Promise((resolve) => {
      this.timer = setTimeout(() => this.ask().then(resolve), DELAY_MS);
    });
  }

  /** Nothing is chosen any more. */
  forget() {
    this.spot = null;
    this.set({ place_code: "", point: "", address: "" });
    this.form.elements.namedItem("here").checked = false;
    this.shown.replaceChildren();
  }

  set(values) {
    for (const [name, value] of Object.entries(values)) this.form.elements.namedItem(name).value = value;
  }

  async ask() {
    const words = this.input.value.trim();
    const mine = ++this.asked;
    const found = words.length < 2 ? nothing() : await this.look(words);
    if (mine !== this.asked) return;
    [this.found, this.pending] = [found, false];
    if (document.activeElement === this.input) this.show();
    else this.settle();
  }

  show() {
    const { spots, chosen } = this.found;
    this.at = chosen ?? -1;
    this.list.replaceChildren(...spots.map((spot, nth) => this.line(spot, nth)));
    this.mark();
    this.open(spots.length > 0);
  }

  line(spot, nth) {
    const line = document.createElement("li");
    line.id = `place_${nth}`;
    line.setAttribute("role", "option");
    const where = document.createElement("small");
    where.textContent = [spot.path, spot.address].filter(Boolean).join(" · ");
    line.append(spot.name, where);
    line.classList.toggle("foreign", !spot.own);
    line.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      this.take(nth);
    });
    return line;
  }

  open(yes) {
    this.list.hidden = !yes;
    this.input.setAttribute("aria-expanded", String(yes));
    if (!yes) this.input.removeAttribute("aria-activedescendant");
  }

  mark() {
    [...this.list.children].forEach((line, nth) => line.setAttribute("aria-selected", String(nth === this.at)));
    const line = this.list.children[this.at];
    line?.scrollIntoView({ block: "nearest" });
    if (line) this.input.setAttribute("aria-activedescendant", line.id);
    else this.input.removeAttribute("aria-activedescendant");
  }

  key(event) {
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    const count = this.found.spots.length;
    if (event.key in steps && count && !this.list.hidden) {
      this.at = (this.at + steps[event.key] + count) % count;
      this.mark();
      event.preventDefault();
    } else if (event.key === "Enter" && !this.list.hidden && this.at >= 0 && !event.ctrlKey) {
      this.take(this.at);
    } else if (event.key === "Escape" && !this.list.hidden) {
      this.open(false);
      event.stopPropagation();
    }
  }

  left() {
    if (!this.list.hidden && this.at >= 0 && !this.spot) this.take(this.at);
    this.open(false);
    if (!this.spot) this.settle();
  }

  /** Take what can be taken without a choice; show what has to be chosen. */
  settle() {
    if (this.spot || this.pending || !this.input.value.trim()) return;
    if (this.found.chosen !== null) this.take(this.found.chosen);
    else this.tellOpen();
  }

  take(nth) {
    const spot = this.found.spots[nth];
    this.asked++;
    this.pending = false;
    this.open(false);
    this.restore(spot, spot === this.found.spots[this.found.chosen] ? this.found.note : "");
    this.dispatchEvent(new Event("chosen"));
  }

  /** Another draft stands in the form: nothing is known of its words yet. */
  clear() {
    clearTimeout(this.timer);
    this.asked++;
    [this.found, this.pending] = [nothing(), false];
    this.open(false);
  }

  /** Show a spot as the chosen one, for example that of a draft. */
  restore(spot, note = "") {
    this.spot = spot;
    if (!spot) return this.shown.replaceChildren();
    this.set({ place_code: spot.own ? spot.code : "", address: spot.address, point: spot.point ? spot.point.join(", ") : this.form.elements.namedItem("point").value });
    if (!spot.own) return this.tellForeign(spot);
    this.shown.replaceChildren(this.told(spot, note));
  }

  /** A point was clicked: it belongs to the place that was chosen, or leads to the nearest one. */
  async fromPoint(point) {
    const written = point.join(", ");
    if (this.spot?.own) {
      this.restore({ ...this.spot, point });
    } else {
      this.found = await this.look(written);
      this.set({ point: written });
      if (this.found.chosen === null) this.tellOpen();
      else this.restore(this.found.spots[this.found.chosen], this.found.note);
    }
    this.dispatchEvent(new Event("chosen"));
  }

  told(spot, note) {
    const box = document.createElement("div");
    const line = (...parts) => {
      const said = document.createElement("p");
      said.className = "small";
      said.append(...parts);
      if (said.textContent) box.append(said);
    };
    const name = document.createElement("strong");
    name.textContent = spot.name;
    line(name, [spot.path && ` ${spot.path}`, spot.address, spot.point?.join(", ")].filter(Boolean).join(" · "));
    const facts = [
      [this.texts.answersHere, spot.unit],
      [this.texts.officer, spot.officers.join("; ")],
      [this.texts.zone, this.texts.zones[spot.zone]],
    ];
    line(facts.filter(([, value]) => value).map((pair) => pair.join(" ")).join(" · "));
    if (note) {
      line(note);
      box.lastElementChild.classList.add("said");
    }
    return box;
  }

  tellForeign(spot) {
    const said = document.createElement("div");
    said.className = "notice warning";
    const words = document.createElement("p");
    words.textContent = this.found.note || `${spot.name}, ${spot.path}`;
    const here = document.createElement("button");
    Object.assign(here, { type: "button", className: "button", textContent: this.texts.outside });
    here.addEventListener("click", () => {
      this.set({ place_words: `${spot.name}, ${spot.path}${spot.address ? `, ${spot.address}` : ""}`.slice(0, 200) });
      this.form.elements.namedItem("here").checked = true;
      this.shown.replaceChildren();
      this.dispatchEvent(new Event("chosen"));
      this.dispatchEvent(new Event("onward"));
    });
    said.append(words, here);
    this.shown.replaceChildren(said);
  }

  tellOpen() {
    const said = document.createElement("div");
    said.className = this.found.exact ? "notice warning" : "notice";
    const words = document.createElement("p");
    words.textContent = this.found.note || this.texts.landmark;
    const choices = document.createElement("div");
    choices.className = "chips";
    this.found.spots.forEach((spot, nth) => {
      const choice = document.createElement("button");
      Object.assign(choice, { type: "button", className: "chip", textContent: `${spot.name} — ${spot.path}` });
      choice.addEventListener("click", () => {
        this.take(nth);
        this.dispatchEvent(new Event("onward"));
      });
      choices.append(choice);
    });
    said.append(words, choices);
    this.shown.replaceChildren(said);
  }

  /** Return what still has to be said before the call can be registered, or "". */
  lacks() {
    const here = this.form.elements.namedItem("here").checked;
    const words = this.input.value.trim() || this.form.elements.namedItem("place_words").value.trim();
    if (here || this.spot?.own) return "";
    if (this.spot || (this.found.exact && this.found.spots.length)) return this.found.note || this.texts.choosePlace;
    return words || this.form.elements.namedItem("point").value ? "" : this.texts.noPlace;
  }
}
